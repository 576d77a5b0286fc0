"""What visitors see (`pages`), and the staff's screens about consent (`consents`)."""
