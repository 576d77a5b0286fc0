"""How often one address may try, counted in memory under a key of the day (`safety.limits`)."""

from __future__ import annotations

from leeward.safety.limits import FloodLimit, Rate

# Somebody who types her six words again and again, or an office of people opening talks; never a
# program that guesses: at one try a minute 77 bits last for longer than there are days.
OPENING = FloodLimit(Rate(burst=12, per_minute=1))
WORDS = FloodLimit(Rate(burst=8, per_minute=1))
