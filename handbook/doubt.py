"""What may be there all the same: in a file that could not be read, or mistyped where something is wrong.

To say that something is missing, one must have been able to see it. So before
a rule says that nothing names a record, it asks here whether a file that was
not read holds the record's id, or whether a word like it stands at the place
of another problem. Anything more would hide faults that have nothing to do
with each other.
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from handbook import frontmatter, load, yamlread
from handbook.load import Files, RawRecord, plain, slug
from handbook.problem import Problem, Rule
from handbook.yamlread import MAX_BYTES, Map, Seq, Value

BEFORE, AFTER = 100, 200
"""Characters around the place of a problem in which a mistyped word may stand."""

MOST_WORDS = 2_000
"""Words near problems that are compared letter by letter. Where there are more, everything is spoilt anyway."""

MISNAMES = (
    *("reference-", "passage-", "call-", "id-", "record-id", "heading-", "field-unknown", "facet-", "vocabulary-", "page-without"),
    *("yaml-", "front-"),
)
"""Rules that are broken by a mistyped name, or by what keeps a name from being read."""

LIKENESS = 0.7
LONGER = 3

NOT_KEPT = (load.BAD_ID, load.RESERVED_ID, load.ENTRY_NOT_MAPPING)
"""What is wrong with an entry of a list file of which nothing was kept."""

ALL_LOST = (frontmatter.MISSING, frontmatter.EMPTY, yamlread.EMPTY)
"""What is wrong with a file that may have had data, and has none now."""

_WORD = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")


@dataclass(frozen=True)
class Doubt:
    """What the files may hold besides what was read from them.

    ``problems`` are those found so far, by the path of their file; ``spoilt``
    are the raw records that are no records because something in them is wrong.
    What stands in the right fields of these is known all the same.
    """

    files: Files
    problems: Mapping[str, Sequence[Problem]]
    spoilt: Sequence[RawRecord]

    def covers(self, word: str, *homes: str) -> bool:
        """Whether ``word`` may be named in one of these files or folders, where nobody could read it."""
        return any(self._of(home).covers(word) for home in homes)

    def _of(self, home: str) -> _Words:
        if home not in self._homes:
            self._homes[home] = self._words(home)
        return self._homes[home]

    @cached_property
    def _homes(self) -> dict[str, _Words]:
        return {}

    def _words(self, home: str) -> _Words:
        exact: set[str] = set()
        for path in self._unread(home):
            if (text := self._text(path)) is not None:
                exact.update(word.lower() for word in _WORD.findall(text))
        for raw in self.spoilt:
            if _below(raw.place.path, home):
                exact.update(_misnamed(raw))
        near = {word for path, found in self.problems.items() if _below(path, home) for word in self._around(path, found)}
        return _Words(exact | near, near.difference(self._ids), lost=self._lost(home))

    def _unread(self, home: str) -> Iterator[str]:
        """The files of which something was not read."""
        yield from (path for path in self.files.unread if _below(path, home))
        yield from (page.path for page in self.files.pages.values() if _below(page.path, home) and (page.front is None or not page.readable))
        yield from (path for path in self.problems if _below(path, home) and self._breaks(path, *NOT_KEPT))

    def _lost(self, home: str) -> bool:
        """Whether nothing is known of a file or folder, or of a file in it: it is not there, was refused, or has lost all its data."""
        wanted = PurePosixPath(plain(home))
        above = {str(part) for part in (wanted, *wanted.parents)}
        silent = (path for path in self.files.unread if self._text(path) is None)
        if any(plain(path) in above or (_below(path, home) and (self.files.root / path).is_file()) for path in silent):
            return True
        return any(_below(path, home) and self._breaks(path, *ALL_LOST) for path in self.problems)

    def _breaks(self, path: str, *rules: Rule) -> bool:
        return any(problem.rule in rules for problem in self.problems[path])

    def _text(self, path: str) -> str | None:
        """What a file holds, or as much as any file may hold. None if it is no file."""
        try:
            if not (self.files.root / path).is_file():
                return None
            with (self.files.root / path).open("rb") as file:
                return file.read(MAX_BYTES).decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
        except OSError:
            return None

    def _around(self, path: str, found: Iterable[Problem]) -> Iterator[str]:
        """The words around the places of problems of a file."""
        if path not in self.files.checked or (text := self._text(path)) is None:
            return
        lines = text.split("\n")
        for place in {problem.place for problem in found if problem.rule.id.startswith(MISNAMES)}:
            if place.line <= len(lines):
                near = lines[place.line - 1][max(0, place.column - BEFORE) : place.column + AFTER]
                yield from (word.lower() for word in _WORD.findall(near))
                yield slug(near)  # which is the id of a heading

    @cached_property
    def _ids(self) -> frozenset[str]:
        """Words that are not mistyped: they are ids themselves."""
        return frozenset(key for ids in self.files.ids.values() for key in ids)


@dataclass(frozen=True)
class _Words:
    exact: set[str]
    near: set[str]
    lost: bool

    def covers(self, word: str) -> bool:
        if self.lost or word in self.exact:
            return True
        alike = [other for other in self._compared if abs(len(word) - len(other)) <= LONGER]
        return bool(difflib.get_close_matches(word, alike, n=1, cutoff=LIKENESS))

    @property
    def _compared(self) -> list[str]:
        return sorted(self.near)[:MOST_WORDS]


def by_path(problems: Iterable[Problem]) -> dict[str, list[Problem]]:
    """Problems by the path of their file."""
    found: defaultdict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        found[problem.place.path].append(problem)
    return dict(found)


def _below(path: str, home: str) -> bool:
    return path == home or path.startswith(home + "/")


def _misnamed(raw: RawRecord) -> Iterator[str]:
    """The texts in fields that the record should not have, because their names may be mistyped."""
    known = {info.alias or name for name, info in raw.kind.model.model_fields.items()}
    for name, value in raw.values.items():
        if name not in known:
            yield from texts(value)


def texts(value: Value) -> Iterator[str]:
    """Every text in a raw value, the names of fields among them."""
    todo = [value]
    while todo:
        node = todo.pop()
        if isinstance(node, str):
            yield node
        elif isinstance(node, Map):
            todo += [*node, *node.values()]
        elif isinstance(node, Seq):
            todo += node
