"""How to clear what a browser keeps, step by step, for the browsers people have."""

from __future__ import annotations

BROWSERS: tuple[()] = ()
