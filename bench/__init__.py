"""Programs that measure Leeward. They print and write figures; they never fail a build."""
