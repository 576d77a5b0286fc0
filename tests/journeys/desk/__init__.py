"""Journeys at the advocates' desk, each on a site of its own."""
