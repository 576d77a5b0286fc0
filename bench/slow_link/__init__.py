"""Bytes and time to first paint over a slow link, beside two well-known front ends."""
