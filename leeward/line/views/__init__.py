"""The visitors' pages of the support line, which work without scripts."""
