"""Readers: each turns one kind of file into packages of HSDS 3.1 rows."""
