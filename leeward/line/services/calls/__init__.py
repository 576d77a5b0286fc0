"""Requests for a call."""
