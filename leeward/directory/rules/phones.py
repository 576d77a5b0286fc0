"""What a phone dials for a number as people write it."""

from __future__ import annotations

import re

import phonenumbers

_AMERICAN = re.compile(r"^\s*(?:\+?1[\s.-]*)?\(?([2-9]\d\d)\)?[\s.-]*([2-9]\d\d)[\s.-]*(\d{4})\s*$")


def dial_of(number: str, country: str = "US") -> str:
    """Return `number` as dialled, such as +17185551234 or 988; "" when that is not sure.

    country: two letters, where a number without a country's prefix is dialled. Short numbers of
    three to six figures are dialled as they stand. Numbers with words in them are not sure.
    """
    if country in {"US", "CA", "PR", ""} and (found := _AMERICAN.match(number)):
        return "+1" + "".join(found.groups())
    plain = number.strip()
    if re.fullmatch(r"\d{3,6}", plain):
        return plain
    if re.search(r"[^\d\s().+/-]", plain):
        return ""
    try:
        read = phonenumbers.parse(plain, country or "US")
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(read):
        return ""
    return phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.E164)
