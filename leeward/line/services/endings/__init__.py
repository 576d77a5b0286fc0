"""How a talk ends, is kept, or is destroyed, down to the bytes on the disk."""
