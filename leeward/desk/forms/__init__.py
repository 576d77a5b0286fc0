"""What coordinators may send."""
