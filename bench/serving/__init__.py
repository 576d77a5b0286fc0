"""How fast pages are served, beside nginx and a bare handler that send the same bytes."""
