"""In and out: files of services read, checked, written to the records, and given out again."""
