"""A talk while it runs: its place in the queue, who sits in it, its days, its messages."""
