"""Ask the search box of a served site what readers ask it, as readers do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

QUERIES = Path(__file__).parent / "queries.yaml"
AMONG = 3
"""A reader looks at the first three results."""

LINKS = "links => links.map(a => { const u = new URL(a.href); return u.pathname.slice(1) + decodeURIComponent(u.hash) })"

LEADING = ".hb-found:first-child a.md-search-result__link, .md-search-result__item:nth-child(-n + 2) a.md-search-result__link"


@dataclass(frozen=True)
class Question:
    """What a reader types, in which language, and the places that answer."""

    ask: str
    lang: str
    answers: tuple[str, ...]
    held_out: bool = False

    def answered_by(self, found: list[str]) -> bool:
        """Whether a place that answers is among the first of ``found``."""
        return any(place in self.answers for place in found[:AMONG])


def questions() -> list[Question]:
    """All questions, in the order of the file."""
    rows = yaml.safe_load(QUERIES.read_text(encoding="utf-8"))
    return [Question(row["ask"], row["lang"], tuple(row["answers"]), row.get("held_out", False)) for row in rows]


def ready(page: Any, address: str) -> None:
    """Open ``address`` and wait until the search looks through all there is."""
    page.goto(address)
    page.locator("input.md-search__input").focus()
    page.locator(".hb-search[data-complete]").wait_for(state="attached")


def found(page: Any) -> list[str]:
    """The addresses of the results, once the search has answered."""
    page.locator(".hb-results:not([aria-busy])").wait_for(state="attached")
    addresses: list[str] = page.locator("a.md-search-result__link").evaluate_all(LINKS)
    return addresses


def leading(page: Any) -> list[str]:
    """Of the results in the page, what a reader's eye meets first: the best, and the first two of each kind."""
    addresses: list[str] = page.locator(LEADING).evaluate_all(LINKS)
    return addresses


def typed(page: Any, question: str) -> list[str]:
    """What the search finds when ``question`` is typed, key by key."""
    _empty(page)
    page.locator("input.md-search__input").press_sequentially(question)
    return found(page)


def put(page: Any, question: str) -> list[str]:
    """What the search finds when ``question`` comes into the box at once, as from a clipboard; for long lists of questions."""
    _empty(page)
    page.keyboard.insert_text(question)
    return found(page)


def _empty(page: Any) -> None:
    page.locator("input.md-search__input").press("Control+a")
    page.keyboard.press("Delete")


def rate(asked: Iterable[tuple[Question, bool]]) -> str:
    """How many were answered, in words."""
    answers = [answered for _, answered in asked]
    return f"{sum(answers)} of {len(answers)} ({100 * sum(answers) / max(len(answers), 1):.0f} %)"
