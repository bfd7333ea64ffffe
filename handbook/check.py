"""Judge the files: every fault of every file, in one run.

Nothing is built from data with a problem in it. The command line, the builder
and the tests all come through :func:`check`.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from pydantic import ValidationError

from handbook import rules
from handbook.base import Base
from handbook.load import VOCABULARY, Files, load
from handbook.model import ALL_KINDS, KINDS, Entry, Known
from handbook.problem import MOST, Place, Problem, Rule
from handbook.records import validate
from handbook.refused import Refused
from handbook.rules.reach import TAG_SHAPE
from handbook.yamlread import Map, Seq

MORE = Rule("file-more", "this file has more problems than are listed", "mend those above first, and check again")


@dataclass(frozen=True)
class Checked:
    """The outcome of a check: the base, and the problems in the order of the files."""

    base: Base
    problems: tuple[Problem, ...]


def check(root: Path) -> Checked:
    """Read and judge all data and pages below ``root``.

    Returns what was read and every problem found, of a file with very many
    the first ones. Never raises for what the files hold.

    One fault is to be one problem. So what is missing is said last, and not
    where it may be there without having been read; see :mod:`handbook.doubt`.
    """
    with _garbage_left_alone():
        return _check(root)


@contextmanager
def _garbage_left_alone() -> Iterator[None]:
    """Keep Python from looking for garbage in what is being read: there is none, and it would take a third of the time.

    What was read is set aside afterwards, until the next check, for the same reason.
    """
    before = gc.isenabled()
    gc.disable()
    gc.unfreeze()
    try:
        yield
    finally:
        gc.freeze()
        if before:
            gc.enable()


def _check(root: Path) -> Checked:
    files = load(root)
    problems = list(files.problems)
    known = _known(files)
    base = Base(files, known, dict(_vocabulary(files, problems)), {name: {} for name in ALL_KINDS})
    refused = Refused(files)
    problems.extend(_first(_misfits(base, refused)))
    problems = [problem for problem in problems if problem not in refused.better_said]
    for rule in rules.PRESENT:
        problems.extend(_first(rule(base)))
    base.heard(problems)
    for rule in rules.ABSENT:
        problems.extend(_first(rule(base)))
    return Checked(base, tuple(_listed(sorted(set(problems), key=attrgetter("order")))))


def _misfits(base: Base, refused: Refused) -> Iterator[Problem]:
    """Put what holds up as a record into the base; of the rest, what the models have against it."""
    said: Counter[str] = Counter()
    for kind, raws in base.files.records.items():
        for record_id, raw in raws.items():
            record, faults = validate(raw, base.known, max(MOST + 1 - said[raw.place.path], 1))
            left = [fault for fault in faults if not refused.explains(fault, raw)]
            said[raw.place.path] += len(left)
            yield from left
            if record is not None:
                base.records[kind][record_id] = record


def _first(problems: Iterable[Problem]) -> Iterator[Problem]:
    """As many problems of each file as are ever listed, and one more."""
    kept: Counter[str] = Counter()
    for problem in problems:
        kept[problem.place.path] += 1
        if kept[problem.place.path] <= MOST + 1:
            yield problem


def _listed(problems: list[Problem]) -> Iterator[Problem]:
    """The first problems of each file, and that there are more."""
    for _, group in groupby(problems, key=lambda problem: problem.place.path):
        found = list(group)
        yield from found[:MOST]
        if len(found) > MOST:
            yield MORE.at(found[MOST].place)


def _known(files: Files) -> Known:
    """The tags and ids there are, of groups and kinds that could be read."""
    unread = {name for name, kind in ALL_KINDS.items() if any(f"{kind.home}/".startswith(f"{path}/") for path in files.unread)}
    renamed: dict[str, dict[str, str]] = {name: {} for name in ALL_KINDS}
    for name, raws in files.records.items():
        for record_id, raw in raws.items():
            old = raw.values.get("aliases")
            if isinstance(old, Seq):
                renamed[name].update((alias, record_id) for alias in old if isinstance(alias, str))
    return Known(
        {group: tags for group, tags in files.vocabulary.items() if isinstance(tags, Map)},
        {name: ids for name, ids in files.ids.items() if name not in unread},
        renamed,
    )


def _vocabulary(files: Files, problems: list[Problem]) -> Iterator[tuple[str, dict[str, Entry]]]:
    """The groups of tags that are as they should be; for each of the rest, a problem."""
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
