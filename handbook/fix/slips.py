"""Slips that the check names and that can be mended in one way only: names of fields, dates, capitals in tags."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable

from handbook import records
from handbook.dates import iso
from handbook.load import RawRecord
from handbook.model import Known
from handbook.problem import Guess, Problem
from handbook.records import validate

LIKE = 0.8
"""How alike two names must be, by :mod:`difflib`, that one is surely meant by the other."""

DATES = (records.BAD_DAY, records.BAD_WHEN)


def mend(text: str, raws: Iterable[RawRecord], known: Known) -> str:
    """``text`` with one slip of each kind at each place mended; its records are ``raws``, with their places in it."""
    lines = text.split("\n")
    found = [problem for raw in raws for problem in validate(raw, known)[1]]
    for problem in sorted(found, reverse=True):  # from the end, so that places stay right
        if meant := _meant(problem, known):
            _replace(lines, problem, *meant)
    return "\n".join(lines)


def _meant(problem: Problem, known: Known) -> tuple[str, str] | None:
    """What is written and what is meant."""
    value = str(problem.values.get("value", ""))
    if problem.rule is records.UNKNOWN:
        guess = problem.values["nearest"]
        name = str(guess)
        return (guess.word, name) if isinstance(guess, Guess) and name and _surely(guess.word, name) else None
    if problem.rule in DATES:
        day = iso(value)
        whole = day is not None and (problem.rule is records.BAD_WHEN or len(day) == len("2018-11-07"))
        return (value, day) if day and whole else None
    if problem.rule is records.UNKNOWN_TAG:
        same = [tag for tag in known.tags[str(problem.values["group"])] if _plain(tag) == _plain(value)]
        return (value, same[0]) if len(same) == 1 else None
    return None


def _surely(written: str, name: str) -> bool:
    return _plain(written) == _plain(name) or difflib.SequenceMatcher(None, written.lower(), name).ratio() >= LIKE


def _plain(word: str) -> str:
    return re.sub(r"[\s_-]+", "-", word.casefold().strip())


def _replace(lines: list[str], problem: Problem, written: str, meant: str) -> None:
    """Put what is meant where it stands, if it really stands there; quotation marks around it stay."""
    line, at = lines[problem.place.line - 1], problem.place.column - 1
    at += line[at : at + 1] in {"'", '"'}
    if line[at:].startswith(written):
        lines[problem.place.line - 1] = line[:at] + meant + line[at + len(written) :]
