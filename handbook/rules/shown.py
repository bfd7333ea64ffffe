"""What pages of their own must show, so that a reader gets to every record."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base import Base, place_in
from handbook.calls import CALLS, OF_MANY, PLACES, written
from handbook.load import DOCS
from handbook.problem import Place, Problem, Rule

NOT_SHOWN = Rule("call-missing", "this page must show {call}, and it does not", "put {call} on a line of its own")
MISPLACED = Rule("call-misplaced", "'{name}' belongs on the page {page} and on no other", "remove it here")
AGAIN = Rule("call-twice", "the page shows {call} twice", "remove one of the two")

BY_FIELD = "lessons"
"""The call that stands on its page once for each of the report's fields."""


def calls_stand_on_their_pages(base: Base) -> Iterator[Problem]:
    """What shows many records stands on the page that is meant for it, and there once."""
    for path, calls in base.calls.items():
        seen: set[tuple[str, ...]] = set()
        for call in calls:
            if call.name not in OF_MANY:
                continue
            page, key = base.files.pages[path], (call.name, *call.arguments)
            belongs = PLACES.get(call.name)
            if belongs and path != f"{DOCS}/{belongs}":
                yield MISPLACED.at(place_in(page, call.start), name=call.name, page=f"{DOCS}/{belongs}")
            elif key in seen:
                yield AGAIN.at(place_in(page, call.start), call=written(*key))
            seen.add(key)


def pages_show_what_they_must(base: Base) -> Iterator[Problem]:
    """Each page that is meant for calls that show many records shows them."""
    elsewhere = {call.name for path, calls in base.calls.items() for call in calls if path != f"{DOCS}/{PLACES.get(call.name)}"}
    for name, wanted in _wanted(base):
        path = f"{DOCS}/{PLACES[name]}"
        page = base.files.pages.get(path)
        if page is None or not page.readable or name in elsewhere or _is_garbled(base, path):
            continue
        if not any(call.name == name and call.arguments == wanted for call in base.calls[path]):
            yield NOT_SHOWN.at(Place(path, page.body_line, 1), call=written(name, *wanted))


def _wanted(base: Base) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name in PLACES:
        if name != BY_FIELD:
            yield name, ()
        else:
            group = CALLS[name][0].kind.removeprefix("tag:")
            yield from ((name, (tag,)) for tag in base.vocabulary.get(group, ()))


def _is_garbled(base: Base, path: str) -> bool:
    """Whether something on the page may have been meant as a call."""
    return any(base.says(path, family) for family in ("call-shape", "call-unknown", "call-argument"))


PRESENT = (calls_stand_on_their_pages,)
ABSENT = (pages_show_what_they_must,)
