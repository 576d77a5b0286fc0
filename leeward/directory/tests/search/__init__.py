"""Tests of the index: an oracle judges, and things are broken on purpose."""
