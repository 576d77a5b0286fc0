"""Leeward: a site that a watched person can read quietly. `docs/map.md` shows the way around."""
