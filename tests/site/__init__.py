"""Promises that hold for the whole site, checked over every address."""
