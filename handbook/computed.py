"""What is computed for a record and published beside its own fields; see :mod:`handbook.published`.

The pages of the comparison and of the questions show the same pieces, made by
the same views, with JavaScript or without.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from handbook.relate import Handbook, Item
from handbook.views import Views
from handbook.views.comparison import ASPECTS, Piece
from handbook.views.inquiries import Asked, Inquiry, Question, Reason
from handbook.views.parts import Badge, Link, SourceLink, Statement

SIDE_BY_SIDE = ("lesson", "tool", "recommendation")
"""Kinds of record that a reader can put on the shortlist."""

Address = Callable[[str], str]
"""Turns a path below docs/, with or without an anchor, into the address on the site."""


def computed(item: Item, book: Handbook) -> dict[str, Any]:
    """What is computed of ``item`` and read with it; nothing for kinds of which nothing is.

    ``dissenting`` has the ids of the lessons behind a recommendation whose
    source reports that not all agreed.
    """
    if item.kind != "recommendation":
        return {}
    return {"dissenting": [lesson for lesson in item.record.lessons if book.get("lesson", lesson).record.dissent]}


def apart(item: Item, views: Views, address: Address) -> dict[str, Any]:
    """What is computed of ``item`` for one page each, as JSON knows it; nothing for kinds of which nothing is.

    ``comparison`` has the pieces of each aspect by part, in order, ``inquiries``
    the questions by whom to ask. ``views`` are those of the site's first page.
    """
    if item.kind not in SIDE_BY_SIDE:
        return {}
    return {
        "comparison": _by_part(views.compared(item), address),
        "inquiries": _list(views.inquiries(item), address),
    }


def _by_part(cells: Mapping[str, Iterable[Piece]], address: Address) -> dict[str, dict[str, Any]]:
    return {part: {aspect: _list(cells[aspect], address) for aspect in aspects if aspect in cells} for part, aspects in ASPECTS.items()}


def _list(values: Iterable[Any], address: Address) -> list[Any]:
    return [_plain(value, address) for value in values]


def _plain(value: Any, address: Address) -> Any:
    """A piece of a page as JSON knows it. What is missing is left out."""
    if isinstance(value, Badge):
        return {"group": value.group, "id": value.id, "label": value.label}
    if isinstance(value, Statement):
        return {"text": value.text, "basis": value.basis.id, "sources": _list(value.sources, address)}
    if isinstance(value, Link):
        return {"label": value.label, "url": address(str(value.href))}
    if isinstance(value, SourceLink):
        place = {"place": value.place} if value.place else {}
        return {"label": value.label, **place, "url": address(str(value.href))}
    if isinstance(value, Piece | Question | Reason | Asked | Inquiry):
        return {name: _plain(content, address) for name, content in vars(value).items() if content is not None and content != ()}
    return _list(value, address) if isinstance(value, tuple) else value
