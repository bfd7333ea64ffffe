"""What the rule of :mod:`handbook.fit` works on, taken from the handbook, and what the page of the fit check needs beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from handbook.fit import Advice, Base, Builder
from handbook.model import Claim
from handbook.relate import Handbook, Item

BUILDERS = ("tool", "lesson")
"""Tools first: where both ask for as little, a method is the more definite thing to do."""

Address = Callable[[str, str], str]
"""The address of a record, by kind and id."""

RULED_OUT = "does-not-apply"


def base(book: Handbook) -> Base:
    """The handbook's conditions, builders and recommendations as the rule knows them."""
    return Base(
        {item.id: tuple(_builders(book, item)) for item in book.all("condition")},
        {item.id: _advice(book, item) for item in book.all("recommendation")},
    )


def _builders(book: Handbook, condition: Item) -> Iterator[Builder]:
    for kind in BUILDERS:
        for record_id in condition.back.get(f"built_by_{kind}s", ()):
            found = book.get(kind, record_id)
            yield Builder(f"{kind}.{record_id}", _required(found, "must"), _required(found, "helps"))


def _advice(book: Handbook, item: Item) -> Advice:
    ruled_out = (entry.sector for entry in item.record.does_not_apply)
    return Advice(
        must=_required(item, "must"),
        helps=_required(item, "helps"),
        needs=item.record.needs,
        not_in=frozenset(sector for sector in ruled_out if book.state(item.id, sector).state == RULED_OUT),
    )


def _required(item: Item, strength: str) -> tuple[str, ...]:
    return tuple(requirement.condition for requirement in item.record.requires if requirement.strength == strength)


def content(book: Handbook, address: Address, as_data: Callable[[Claim], Any]) -> dict[str, Any]:
    """``data/fit.json``: the rule's base with titles, addresses, old ids, and the states by sector.

    The texts of the questions are in ``data/conditions.json``, the words for
    answers and states in ``data/vocabulary.json``.
    """
    known = base(book)
    used = {builder.id: builder for builders in known.builders.values() for builder in builders}

    def named(item: Item) -> dict[str, Any]:
        old = {"aliases": list(item.record.aliases)} if item.record.aliases else {}
        return {"id": item.id, "title": item.title, "url": address(item.kind, item.id), **old}

    return {
        "conditions": [
            {**named(item), "builders": [{"id": b.id, "must": list(b.must), "helps": list(b.helps)} for b in known.builders[item.id]]}
            for item in book.all("condition")
        ],
        "builders": {key: named(book.get(*key.split(".", 1))) for key in used},
        "recommendations": [_recommendation(book, item, known.advice[item.id], as_data) | named(item) for item in book.all("recommendation")],
        "sectors": [{**named(item), "home": item.record.home} for item in book.all("sector")],
    }


def _recommendation(book: Handbook, item: Item, advice: Advice, as_data: Callable[[Claim], Any]) -> dict[str, Any]:
    return {
        "must": list(advice.must),
        "helps": list(advice.helps),
        "needs": list(advice.needs),
        "not_in": [
            {"sector": entry.sector, "why": as_data(entry.why)} for entry in item.record.does_not_apply if entry.sector in advice.not_in
        ],
        "states": {sector.id: book.state(item.id, sector.id).state for sector in book.all("sector")},
    }
