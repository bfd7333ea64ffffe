"""What can be wrong, where it is, and how to mend it.

A rule is data: an id and two sentences. A problem is one place where a rule is
broken. Only ``Problem.message`` puts the two into words, so that the command
line, the annotations on a pull request and the tests all say the same thing.
"""

from __future__ import annotations

import difflib
import heapq
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from functools import lru_cache

LONGEST_VALUE = 80
"""Characters of somebody's text that a message repeats at most."""

MOST = 1_000
"""Problems of one file that are listed at most. Nobody makes so many, but a spoilt file can have a hundred thousand."""

LIKELY = 10
"""Words that are looked at closely, when one of many was probably meant. To compare with all would take a second for each ten."""

RULES: dict[str, Rule] = {}
"""Every rule there is, by id. A rule enters itself when it is created."""


@dataclass(frozen=True, order=True)
class Place:
    """A place in a file. Line and column count characters, from 1."""

    path: str
    line: int
    column: int


@dataclass(frozen=True)
class Rule:
    """One thing that must not be, with the words for it.

    ``wrong`` and ``mend`` are ``str.format`` templates; their names are filled
    with the values that :meth:`at` is given. The value ``nearest``, where there
    is one, is proposed before ``mend``. Raises ``ValueError`` if the id is
    taken.
    """

    id: str
    wrong: str
    mend: str

    def __post_init__(self) -> None:
        if self.id in RULES:
            message = f"there are two rules with the id {self.id!r}"
            raise ValueError(message)
        RULES[self.id] = self

    def at(self, place: Place, field: str = "", /, **values: object) -> Problem:
        """Return the problem that this rule is broken at ``place``, in ``field`` if one is to blame.

        Place and field go by position, so that a template may use these two names for itself.
        """
        return Problem(self, place, field, values)


    @property
    def in_general(self) -> tuple[str, str]:
        """What is wrong and how to mend it, as sentences in which every value is left open."""
        wrong, mend = (_VALUE.sub(lambda m: m[0][0] if m[0] in {"{{", "}}"} else "…", text) for text in (self.wrong, self.mend))
        return f"{wrong[:1].upper()}{wrong[1:]}.", f"{mend[:1].upper()}{mend[1:]}."


_VALUE = re.compile(r"\{\{|\}\}|\{[^{}]*\}")


@dataclass(frozen=True)
class Guess:
    """What ``word`` was probably meant to be.

    It is looked for only when a message is made, because a file can hold
    thousands of wrong words and looking takes time.
    """

    word: str
    allowed: Collection[str] = dataclass_field(compare=False)
    form: Callable[[str], str] = dataclass_field(default=str, compare=False)

    def __str__(self) -> str:
        found = nearest(self.word, self.allowed)
        return self.form(found) if found else ""


@dataclass(frozen=True)
class Problem:
    """One place where a rule is broken. Problems sort by place."""

    rule: Rule
    place: Place
    field: str = ""
    values: Mapping[str, object] = dataclass_field(default_factory=dict, hash=False)

    @property
    def message(self) -> str:
        """One line: ``path:line:column: field: what is wrong; how to mend it``.

        Whatever comes from outside (path, field, values) is shown with control
        characters escaped; field and values are shortened as well. Whole
        numbers are left alone, so that a template can write ``{limit:,}``, and
        a list is shown with all its entries.
        """
        return f"{printable(self.place.path)}:{self.place.line}:{self.place.column}: {self.words}"

    @property
    def words(self) -> str:
        """The message without the place."""
        shown = {name: value if isinstance(value, int) else _shown(value) for name, value in self.values.items()}
        whose = f"{show(self.field)}: " if self.field else ""
        guess = f"did you mean '{shown['nearest']}'? Otherwise " if shown.get("nearest") else ""
        return f"{whose}{self.rule.wrong.format(**shown)}; {guess}{self.rule.mend.format(**shown)}"

    def __lt__(self, other: Problem) -> bool:
        """Order by place; at one place by rule and field, so that a list of problems is always the same."""
        return self.order < other.order

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """What problems are sorted by: much quicker for thousands of them than to compare each with each."""
        return self.place.path, self.place.line, self.place.column, self.rule.id, self.field


def _shown(value: object) -> str:
    return ", ".join(map(show, value)) if isinstance(value, tuple) else show(value)


def show(value: object) -> str:
    """Return the value as one line of at most ``LONGEST_VALUE`` visible characters."""
    text = printable(str(value)[: LONGEST_VALUE + 1])
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


def printable(text: str) -> str:
    r"""Return the text with every character that cannot be seen written as an escape (``\n``, ``\u200b``)."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def nearest(word: str, allowed: Iterable[str]) -> str | None:
    """Return the allowed word that ``word`` was probably meant to be, or None.

    Capitals do not count. The likeness is that of :mod:`difflib`, with its
    usual threshold of 0.6, among the ``LIKELY`` words that share most pairs of
    letters with ``word``.
    """
    found = _nearest(word[:LONGEST_VALUE].lower(), _words(tuple(allowed)))
    return found or None


@lru_cache(maxsize=2 * MOST)  # a message is made once for people and once for GitHub
def _nearest(word: str, words: _Words) -> str:
    found = difflib.get_close_matches(word, words.likely(word), n=1)
    return words.by_lower_case[found[0]] if found else ""


class _Words:
    """Words that are allowed, by the pairs of letters in them."""

    def __init__(self, allowed: tuple[str, ...]) -> None:
        self.by_lower_case = {candidate.lower(): candidate for candidate in allowed}
        self.sizes: dict[str, int] = {}
        self.with_pair: defaultdict[str, list[str]] = defaultdict(list)
        for candidate in self.by_lower_case:
            pairs = _pairs(candidate)
            self.sizes[candidate] = len(pairs)
            for pair in pairs:
                self.with_pair[pair].append(candidate)

    def likely(self, word: str) -> Collection[str]:
        """Those that share most pairs of letters with ``word``, for their size."""
        if len(self.by_lower_case) <= LIKELY:
            return self.by_lower_case
        shared: Counter[str] = Counter()
        pairs = _pairs(word)
        for pair in pairs:
            shared.update(self.with_pair.get(pair, ()))
        return heapq.nlargest(LIKELY, shared, key=lambda other: (shared[other] / (len(pairs) + self.sizes[other]), other))


_words = lru_cache(maxsize=16)(_Words)


def _pairs(word: str) -> set[str]:
    """The pairs of neighbours in a word, its beginning and its end included."""
    padded = f" {word} "
    return {padded[at : at + 2] for at in range(len(padded) - 1)}
