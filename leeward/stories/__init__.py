"""What editors write: stories, guides, lessons, notices and the pages that lead to them."""
