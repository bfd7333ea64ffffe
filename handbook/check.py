"""Judge the files: every fault of every file, in one run.

Nothing is built from data with a problem in it. The command line, the builder
and the tests all come through :func:`check`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from handbook import rules
from handbook.base import Base
from handbook.load import VOCABULARY, Files, load
from handbook.model import KINDS, Entry, Known
from handbook.problem import Place, Problem
from handbook.records import validate
from handbook.rules.reach import TAG_SHAPE
from handbook.yamlread import Map


@dataclass(frozen=True)
class Checked:
    """The outcome of a check: the base, and every problem in the order of the files."""

    base: Base
    problems: tuple[Problem, ...]


def check(root: Path) -> Checked:
    """Read and judge all data and pages below ``root``.

    Returns what was read and every problem found. Never raises for what the
    files hold.
    """
    files = load(root)
    problems = list(files.problems)
    vocabulary = dict(_vocabulary(files, problems))
    base = Base(files, Known(vocabulary, files.records), vocabulary, {name: {} for name in KINDS})
    for kind, raws in files.records.items():
        for record_id, raw in raws.items():
            record, faults = validate(raw, base.known)
            problems.extend(faults)
            if record is not None:
                base.records[kind][record_id] = record
    for rule in rules.ALL:
        problems.extend(rule(base))
    return Checked(base, tuple(sorted(set(problems))))


def _vocabulary(files: Files, problems: list[Problem]) -> Iterator[tuple[str, dict[str, Entry]]]:
    raw = files.vocabulary
    for group, tags in raw.items():
        if not isinstance(tags, Map):
            problems.append(TAG_SHAPE.at(Place(VOCABULARY, *raw.keys_at[group]), group))
            continue
        entries: dict[str, Entry] = {}
        for tag, entry in tags.items():
            try:
                entries[tag] = Entry.model_validate(entry)
            except ValidationError:
                problems.append(TAG_SHAPE.at(Place(VOCABULARY, *tags.keys_at[tag]), f"{group} {tag}"))
        yield group, entries


def counts(base: Base) -> str:
    """One line that says what was checked."""
    numbers = [f"{len(base.records[name])} {kind.plural}" for name, kind in KINDS.items() if base.records[name]]
    return f"{len(base.files.checked)} files in order: {', '.join(numbers)}"
