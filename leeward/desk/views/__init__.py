"""The console's page and what it asks."""
