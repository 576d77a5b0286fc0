"""The tables of the index file.

    entry   one service at one location: place and filters as narrow columns, for quick scans;
            the place is a vector on the unit sphere
    told    its tokens (the content of the FTS5 table `word_of`) and its card
    number  its rowid: Morton(place) << 24 | number, or -number - 1 without a place
    word    every token and how many entries hold it: prefixes, slips, and what to ask first
    code    which bit of a column stands for which code
    hours   each kind of opening hours once
    state   one row: what is in the file, and whether it is whole

Tokens are folded before they come here (`words`), so FTS5's plain `ascii` tokenizer, for which
every byte above 127 is a letter, leaves them as they are. Codes stand among them as hidden tokens,
and so do the areas that help without a place serves.
"""

from __future__ import annotations

APPLICATION = 0x4C656577  # "Leew"
FORMAT = 3

TABLES = f"""
PRAGMA application_id = {APPLICATION};
PRAGMA user_version = {FORMAT};
CREATE TABLE state (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    is_whole INTEGER NOT NULL, sequence INTEGER NOT NULL, total INTEGER NOT NULL,
    codes_stamp INTEGER NOT NULL, words_stamp INTEGER NOT NULL
);
INSERT INTO state VALUES (1, 0, 0, 0, 0, 0);
CREATE TABLE code (
    kind TEXT NOT NULL, code TEXT NOT NULL, bit INTEGER NOT NULL, PRIMARY KEY (kind, code)
) WITHOUT ROWID;
CREATE TABLE hours (id INTEGER PRIMARY KEY, compiled BLOB NOT NULL UNIQUE);
CREATE TABLE entry (
    id INTEGER PRIMARY KEY, x REAL, y REAL, z REAL, needs INTEGER NOT NULL,
    yes INTEGER NOT NULL, no INTEGER NOT NULL, languages INTEGER NOT NULL, boys INTEGER,
    hours INTEGER NOT NULL, beds INTEGER NOT NULL, due INTEGER NOT NULL
);
CREATE TABLE told (id INTEGER PRIMARY KEY, tokens TEXT NOT NULL, card BLOB NOT NULL);
CREATE TABLE number (number INTEGER PRIMARY KEY, id INTEGER NOT NULL);
CREATE TABLE word (word TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
CREATE VIRTUAL TABLE word_of USING fts5(
    tokens, content = 'told', content_rowid = 'id', tokenize = 'ascii', detail = none,
    columnsize = 0
);
"""  # noqa: S608  -- two numbers of ours
