"""Journeys of the support line: a visitor in one browser, the desk in another."""
