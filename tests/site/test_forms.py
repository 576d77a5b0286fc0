"""Forms that visitors type into: the browser's own file of open tabs must not hold the words.

Chromium writes the fields of each open page into the file that it restores tabs from, unless the
form has a password field. `design/unkept.html` is one that is never sent, shown or filled in.
"""

from __future__ import annotations

import re

from tests.site.words import PACKAGE

FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)
UNKEPT = '{% include "design/unkept.html" %}'
OF_STAFF = re.compile(r"/(desk|people|staff|wagtailadmin)/")


def visitor_forms() -> list[tuple[str, str]]:
    """Return (template, form) of every form that visitors get; hidden fields carry words, too."""
    files = {file: str(file.relative_to(PACKAGE)) for file in PACKAGE.glob("*/templates/**/*.html")}
    return [
        (name, form)
        for file, name in sorted(files.items())
        if not OF_STAFF.search(f"/{name}")
        for form in FORM.findall(file.read_text(encoding="utf-8"))
    ]


def test_every_form_that_visitors_get_is_kept_out_of_the_browsers_file() -> None:
    forms = visitor_forms()

    careless = [name for name, form in forms if UNKEPT not in form]

    assert len(forms) > 20
    assert careless == []
