"""The visitor's side: opening, coming back, with scripts and without."""
