"""The advocates' console: one page that stays open, and what it asks the line to do."""
