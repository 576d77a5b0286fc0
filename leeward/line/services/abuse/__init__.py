"""Slowing down floods and guessing, without storing an address."""
