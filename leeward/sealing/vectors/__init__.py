"""Test vectors that Python and the browser share: `python -m leeward.sealing.vectors` writes them.

Boxes, pads and shares are put together by hand from the written format, not by the code that they
test. Keys and nonces are fixed, so the file comes out the same each time. Envelopes do not (HPKE
draws its own randomness): one that still opens is kept as it was. What the browser's side made,
under "from_javascript", is kept as well.
"""
