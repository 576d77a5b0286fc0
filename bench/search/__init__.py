"""The directory's index at a million services, and a page of results on the server."""
