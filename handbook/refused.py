"""Which faults of a record are only there because the reader refused something."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict

from handbook import frontmatter, yamlread
from handbook.load import Files, RawRecord
from handbook.problem import Place, Problem
from handbook.records import MISSING

LOSES_FIELDS = (yamlread.NAME, yamlread.MERGE, yamlread.ALIAS, yamlread.CHARACTER)
"""After one of these a field may be missing that the file has, or be there under another name."""

_STAND_IN = "\N{REPLACEMENT CHARACTER}"


class Refused:
    """What was wrong with the files before anybody asked what they mean."""

    def __init__(self, files: Files) -> None:
        self.at: defaultdict[Place, list[Problem]] = defaultdict(list)
        self.lost: defaultdict[str, list[int]] = defaultdict(list)
        self.better_said: set[Problem] = set()
        """Problems of the reader that a fault of a record says better, because it knows the field."""
        for problem in files.problems:
            self.at[problem.place].append(problem)
            if problem.rule in LOSES_FIELDS:
                self.lost[problem.place.path].append(problem.place.line)
        self.starts: defaultdict[str, list[int]] = defaultdict(list)
        for raw in (raw for raws in files.records.values() for raw in raws.values() if raw.place.path in self.lost):
            self.starts[raw.place.path].append(raw.place.line)
        for lines in self.starts.values():
            lines.sort()

    def explains(self, fault: Problem, raw: RawRecord) -> bool:
        """Whether a fault of ``raw`` is only there because of what was refused."""
        here = self.at.get(fault.place, [])
        if here and all(problem.rule is frontmatter.NOT_A_VALUE for problem in here):
            self.better_said.update(here)
            return False
        return bool(here) or (fault.rule is MISSING and self._lost(raw)) or self._spoilt(fault)

    def _spoilt(self, fault: Problem) -> bool:
        """Whether a value or a name does not fit because a character was taken out of it."""
        return fault.place.path in self.lost and _STAND_IN in str(fault.values.get("value", fault.field))

    def _lost(self, raw: RawRecord) -> bool:
        """Whether fields of the record may have got lost."""
        if raw.place.path not in self.lost:
            return False
        starts = self.starts[raw.place.path]
        after = bisect_right(starts, raw.place.line)
        end = starts[after] if after < len(starts) else float("inf")
        return any(raw.place.line <= line < end for line in self.lost[raw.place.path])
