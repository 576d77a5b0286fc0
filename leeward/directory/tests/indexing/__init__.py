"""Tests of what feeds the index."""
