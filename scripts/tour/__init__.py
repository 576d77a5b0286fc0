"""Takes the pictures under docs/tour/: `make tour`.

A server with demonstration content is started in a throw-away folder, looked at with the
system's Chromium as visitors and staff do, and stopped.
"""
