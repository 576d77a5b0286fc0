"""What the support line does; every write."""
