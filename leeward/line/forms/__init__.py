"""What visitors may send to the line: read, bounded, nothing refused that can be meant."""
