"""Demonstration content: runs each feature's own `demo.load()`."""
