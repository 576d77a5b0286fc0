"""Finding: a small index of what the public may see. Plain Python; knows nothing of Django."""
