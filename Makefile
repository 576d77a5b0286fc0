up:
	.venv/bin/leeward up
