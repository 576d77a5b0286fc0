"""Python's garbage collector at start: nearly all that is loaded then stays for good.

Left alone it walks what is loaded again and again while more is loaded, 0.3 to 0.4 s of each start,
and later now and then in the middle of an answer, 0.15 s each time.
"""

from __future__ import annotations

import gc


def rest() -> None:
    """Look for no garbage until `keep_all`."""
    gc.disable()


def keep_all() -> None:
    """Look for garbage again, but never among what is loaded by now."""
    gc.freeze()
    gc.enable()
