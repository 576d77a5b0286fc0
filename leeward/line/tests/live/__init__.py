"""The live half, tested in process and as a running server."""
