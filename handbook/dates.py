"""Dates as people write them, as the handbook writes them: ``7.11.2018`` is ``2018-11-07``."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

_YEAR, _MONTH, _DAY = r"(?P<year>[12][0-9]{3})", r"(?P<month>[0-9]{1,2})", r"(?P<day>[0-9]{1,2})"
_NAME = r"(?P<name>[^\W\d_]{3,9})\.?"
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        _YEAR,
        rf"{_YEAR}[-/.]{_MONTH}(?:[-/.]{_DAY})?",
        rf"(?:{_DAY}\. ?)?{_MONTH}\. ?{_YEAR}",
        rf"{_MONTH}[/-]{_YEAR}",
        rf"(?:{_DAY}(?:\.|st|nd|rd|th)? )?{_NAME},? {_YEAR}",
        rf"{_NAME} {_DAY}(?:st|nd|rd|th)?,? {_YEAR}",
    )
)
"""What can be read in one way only. ``3/4/2018`` is not among them: it is April to some and March to others."""

_NAMES = (
    "january february march april may june july august september october november december",
    "januar februar marts april maj juni juli august september oktober november december",
    "januari februari maart april mei juni juli augustus september oktober november december",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "januar februar mars april mai juni juli august september oktober november desember",
    "januari februari mars april maj juni juli augusti september oktober november december",
)
"""The months in the languages in which people write to the handbook: English, Danish, Dutch, German, Norwegian, Swedish."""

_MONTHS = tuple(zip(*(names.split() for names in _NAMES), strict=True))


def iso(text: str) -> str | None:
    """The year, month or day that ``text`` names, as ``2018``, ``2018-11`` or ``2018-11-07``; None if it cannot be read or is none."""
    words = " ".join(unicodedata.normalize("NFC", text).split()).rstrip(".")
    for shape in _SHAPES:
        if found := shape.fullmatch(words):
            return _whole(found.groupdict())
    return None


def _whole(found: dict[str, str | None]) -> str | None:
    year, day = str(found["year"]), found.get("day")
    name = found.get("name")
    month = _number(name) if name else found.get("month")
    if month is None:
        return None if name else year
    try:
        dt.date(int(year), int(month), int(day or 1))
    except ValueError:
        return None
    return "-".join([year, f"{int(month):02}", *([f"{int(day):02}"] if day else [])])


def _number(name: str) -> int | None:
    """The number of a month, written in full or with its first letters."""
    return next((number for number, names in enumerate(_MONTHS, 1) if any(month.startswith(name.lower()) for month in names)), None)
