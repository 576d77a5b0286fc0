"""In and out: files of services read, checked, planned and written; and the records given out."""
