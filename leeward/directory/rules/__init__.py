"""Decisions of the directory, as plain Python: hours, trust, visibility, beds, who may come."""
