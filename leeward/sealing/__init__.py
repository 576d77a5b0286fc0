"""Sealing: encrypt and open text. Plain Python, no Django."""
