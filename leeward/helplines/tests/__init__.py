"""Tests of the lines."""
