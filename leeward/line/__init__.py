"""The support line: what a visitor does there, and the sealed storage behind it."""
