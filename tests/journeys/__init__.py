"""What people do here, in real browsers, with and without scripts."""
