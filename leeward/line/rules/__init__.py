"""Decisions of the support line: plain values in, plain values out."""
