"""Who is on: planned, there now, counted, and the figures of it."""
