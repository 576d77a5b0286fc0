"""What the directory does: every write to its records, and what keeps the index true."""
