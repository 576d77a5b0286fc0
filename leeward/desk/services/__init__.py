"""What the desk puts together from several features."""
