"""Journeys of the support line: visitors who write, and a stand-in for the advocate's desk."""
