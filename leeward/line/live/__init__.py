"""The live half: open streams and the wakes between them; raw ASGI beside Django."""
