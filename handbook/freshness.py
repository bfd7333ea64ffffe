"""Which pages are due for another check.

A record says when somebody last checked it (``reviewed``) and perhaps after how
many months it is due again (``review_in``); the usual number is a setting. A
page that is past its day says so, and editors get a list. Neither stops a
build.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from handbook.relate import Handbook, Item

KINDS_REVIEWED = ("lesson", "tool", "recommendation", "sector")
"""Kinds of record that say when they were checked."""

USUAL = "review-in"
"""The setting for records that do not say when they are due again."""


@dataclass(frozen=True)
class Overdue:
    """A record that should have been checked again, or that nobody has checked."""

    item: Item
    reviewed: dt.date | None
    due: dt.date | None


def today(environ: Mapping[str, str]) -> dt.date:
    """The day of a build: that of ``SOURCE_DATE_EPOCH`` if it is set, so that the same sources give the same pages."""
    epoch = environ.get("SOURCE_DATE_EPOCH", "")
    return dt.datetime.fromtimestamp(int(epoch), dt.UTC).date() if epoch.isdecimal() else dt.datetime.now(dt.UTC).date()


def due(book: Handbook, item: Item) -> dt.date | None:
    """The day on which a record is due for another check, or None if it was never checked."""
    if item.record.reviewed is None:
        return None
    usual: int = book.get("setting", USUAL).record.months
    return later(item.record.reviewed, item.record.review_in or usual)


def later(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or the first of the month after it where there is none."""
    years, month = divmod(day.month - 1 + months, 12)
    try:
        return day.replace(year=day.year + years, month=month + 1)
    except ValueError:  # 31 January and a month
        return dt.date(day.year + years, month + 2, 1)


def is_overdue(book: Handbook, item: Item) -> bool:
    """Whether the day has passed on which the handbook is made; a handbook without a day is never late."""
    day = due(book, item)
    return book.day is not None and day is not None and day < book.day


def overdue(book: Handbook) -> Iterator[Overdue]:
    """Every record that is overdue or was never checked, by kind, the longest overdue first."""
    for kind in KINDS_REVIEWED:
        late = (item for item in book.all(kind) if item.record.reviewed is None or is_overdue(book, item))
        found = [Overdue(item, item.record.reviewed, due(book, item)) for item in late]
        yield from sorted(found, key=lambda one: (one.due is None, one.due or dt.date.max, one.item.id))
