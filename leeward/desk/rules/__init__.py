"""Decisions and drawing for the desk: plain values in, plain values out."""
