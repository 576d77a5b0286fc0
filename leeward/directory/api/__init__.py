"""The open data interface `/api/hsds/`: HSDS 3.1, public rows only."""
