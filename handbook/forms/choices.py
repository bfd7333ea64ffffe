"""What a question offers to choose from."""

from __future__ import annotations

from collections.abc import Iterable

from handbook.base import Base
from handbook.model import FormQuestion

UNCHOSEN = "Please choose"
"""The first choice of the host’s menus. The host shows the first as chosen from the beginning, so it must be none."""

OTHER = ""
"""What is chosen by the words that stand for anything that is not on the list."""


def offered(base: Base, question: FormQuestion) -> dict[str, str]:
    """The words of each thing to choose, by its tag or id, in the order of the data; of ticks by their id."""
    if question.tags:
        found = {tag: entry.label for tag, entry in base.vocabulary[question.tags].items()}
    elif question.records:
        found = {key: record.title for key, record in base.records[question.records].items()}
    else:
        found = {tick.id: tick.says for tick in question.ticks}
    return {**found, **({OTHER: question.other} if question.other else {})}


def together(words: Iterable[str]) -> str:
    """The words of choices of several questions in one line, as the link from a cell of the matrix fills it in."""
    return ": ".join(words)


def key(words: str) -> str:
    """``words`` without what a person or a word processor changes in passing: capitals, blanks, quotation marks, a final sign."""
    return " ".join(words.casefold().translate(_SIGNS).split()).strip(" *_:?.!")


_SIGNS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "\xa0": " "})
