"""What may be sent to the directory."""
