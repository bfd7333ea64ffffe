"""The heaviest texts that the check lets through: what costs the builder of pages most, in the largest size of each."""

from __future__ import annotations

from handbook.load import MAX_PAGE, VOCABULARY
from handbook.rules.limits import (
    EACH,
    MAX_BRACKETS,
    MAX_CALLS,
    MAX_HEADINGS,
    MAX_LETTERS,
    MAX_LINE,
    MAX_LISTED,
    MAX_NESTED,
    MAX_ORGANISATIONS,
    MAX_PASSAGE,
    MAX_SIGNS,
    MAX_TAGS,
)

ROOM = MAX_PAGE - 100
"""Characters of a page's text that are filled; the rest is for what stands around."""


def in_lines(unit: str, apart: str = "\n") -> str:
    """``unit`` again and again, in lines and passages as long as they may be."""
    line = unit * (min(MAX_LINE, MAX_LETTERS // 2) // len(unit) - 1)
    lines = [line] * (ROOM // (len(line) + 2))
    return "".join(f"{line}{apart}" + "\n" * (number % 2) for number, line in enumerate(lines))


def on_lines(unit: str) -> str:
    """``unit`` on as many lines as there may be, in passages as long as they may be."""
    lines = [unit] * (ROOM // (len(unit) + 1) - ROOM // MAX_PASSAGE // (len(unit) + 1))
    return "\n".join(line + "\n" * (number % (MAX_PASSAGE // (unit.count("\n") + 1)) == 0) for number, line in enumerate(lines, 1))


def deep(sign: str, step: int, apart: str = "\n") -> str:
    """``sign`` on lines that are indented more and more, up to the length of a passage or, with gaps, of a page."""
    text, level, most = "", 0, ROOM if "\n\n" in apart else MAX_LETTERS
    while len(line := " " * (step * level) + sign) < MAX_LINE and len(text) + len(line) < most and level < MAX_PASSAGE - 1:
        text, level = text + line + apart, level + 1
    return text


def spread(sign: str, around: str) -> str:
    """A passage as long as it may be of ``around``, with as many brackets as a page may have."""
    text = (sign + around * MAX_LETTERS)[: MAX_LETTERS // MAX_BRACKETS] * MAX_BRACKETS
    return " \n".join(text[start : start + MAX_LINE - 1] for start in range(0, len(text), MAX_LINE - 1))


SIGNS = (
    *("*", "_", "`a`", "\\a", "&", "<", "=a", "a~ ", ":", "a#", "!", "(", '"', "'", "@", "a", "é", "😀", "\t"),
    *("*a ", "**a** ", "***a", "_a ", "__a_ ", "*a* ", "**a*b", "*_a_* ", "**_a_** ", "`` ` `` "),
    *("\\*", "&amp; ", "&#1;", "< ", "a@b ", "https://a.b "),
)
BRACKETS = (("[", "a"), ("![", "a"), ("[", "` "), ("[", "`a` "), ("[^", "a"), ("[", "\\*"), ("![", "\\(a\\) "), ("[*", "*a "), ("[", "&amp;"))
LINES = ("***", "___", "* * *", "> a", "- a", "1. a", "- a\n    - b", "a  ", ": a", "a\n: b", "    a")
LINES += ("```\na\n```", "~~~\na\n~~~", "- > - > a", "a | b", "\\\\", "* *a")
WORD = "w" * 2_999

TEXTS = {
    **{f"lines full of {sign!r}": in_lines(sign) for sign in SIGNS},
    **{f"paragraphs full of {sign!r}": in_lines(sign, "\n\n") for sign in ("*a ", "_a ", "**a*b", "`a`", "< ", "&")},
    **{f"many lines of {line!r}": on_lines(line) for line in LINES},
    **{f"{sign!r} deep inside itself": deep(sign, step) for sign, step in (("- a", 4), ("1. a", 4), ("> a", 2), (": a", 4), ("- - - - - - a", 4))},
    **{f"{sign!r} deep inside itself with gaps": deep(sign, 4, "\n\n") for sign in ("- a", "1. a", "a\n: b")},
    "words of thousands of letters": f"{WORD}\n\n" * (ROOM // len(f"{WORD}\n\n")),
    "one listing": "```python\n" + "\n".join(["def a(b): return 'c'"] * (MAX_PASSAGE - 20)) + "\n```\n",
    **{f"brackets with {around!r} between": spread(sign, around) for sign, around in BRACKETS},
    "brackets before marks": "\n".join(["[" * (MAX_BRACKETS // 8) + ' {{ cite("study", "start") }}' * (MAX_CALLS // 8)] * 8),
    **{f"marks in paragraphs of {words!r}": "\n\n".join([words + ' {{ cite("study", "start") }}'] * 560) for words in ("", "a", "- a", "> a")},
    "links": "\n".join(f"[page {number} and on](evidence.md)" for number in range(MAX_BRACKETS // 2)),
    "web addresses": "\n\n".join(f"[site {number}](https://{'a' * 60}.example/{'b' * 20})" for number in range(MAX_BRACKETS // 2)),
    "headings": "\n\n".join(f"## Heading {number}\n\nText." for number in range(MAX_HEADINGS)),
    "one heading as long as a line": "## " + "heading " * (MAX_LINE // 8 - 1),
    "quotations inside each other": "\n".join([">" * MAX_NESTED + " a"] * (MAX_PASSAGE - 1)),
}
"""Texts of a page, by what makes them heavy."""


def gaps(number: int, signs: str) -> str:
    """So many gaps, with as many ``signs`` as they and a file may have."""
    room = min(MAX_SIGNS - 100, 230_000 - 60 * number) // number
    some = signs * (room // len(signs))
    return "".join(f"g{at}:\n  title: What of {at}\n  looked: 'a{some[:1190]}'\n  matters: 'b{some[1190:]}'\n" for at in range(number))


LESSON, TOOL, USE, GAPS = "docs/lessons/write-it-down.md", "docs/toolbox/telephone-round.md", "data/uses/calls-2019.yaml", "data/gaps.yaml"
AGAIN, FIRST = "docs/lessons/ask-again.md", "docs/lessons/telephone-first.md"


def listed(values: int, entry: str, most: int = MAX_LISTED - 300) -> str:
    """As many entries of so many ``values`` each as a file may have besides its own, numbered, with as many signs as it may have."""
    number = most // (values + EACH)
    some = "_*" * ((MAX_SIGNS - 3_000) // 2 // number)
    return "".join(entry.format(at=at, signs=some) for at in range(number))


SUGGESTED = "{{text: x, basis: suggested}}"
CITES = ", ".join(["{{source: study, passage: start}}"] * 36)
SOURCES, TERMS, CONDITIONS = 880, (MAX_LISTED - 300) // (7 + EACH), (MAX_LISTED - 300) // (13 + EACH)
FORTIES = [", ".join(f"{{source: s{at}}}" for at in range(first, first + 40)) for first in range(0, SOURCES, 40)]
CITED = "".join(
    f"s{at}:\n  title: S{at}\n  versions:\n    - {{says: a, sources: [{sources}]}}\n    - {{says: b, sources: [{{source: page}}]}}\n"
    "  reading: {text: x, basis: suggested}\n"
    for at, sources in enumerate(FORTIES)
)
TAGS = listed(3, "  t{at}: {{label: L{at}, description: 'D {signs}'}}\n", (MAX_TAGS - 700) * (3 + EACH) // 3)
ENDS = {
    "data/clusters.yaml": listed(
        16,
        "o{at}:\n  name: O{at}\n  english: 'O {signs}'\n  country: NO\n  listed: [{{source: study, passage: start}}]\n"
        f"  kind: {{{{is: cluster, basis: suggested}}}}\n  cluster_organisation: {{{{answer: yes, reason: {SUGGESTED}}}}}\n",
        MAX_ORGANISATIONS - 300,
    ),
    "data/sources.yaml": listed(
        7,
        "s{at}:\n  title: T{at}\n  publisher: 'P{at} {signs}'\n  kind: partner-page\n  url: https://a.example/{at}\n  language: en\n",
        (7 + EACH) * SOURCES,
    ),
    "data/conflicts.yaml": CITED
    + listed(
        230,
        f"c{{at}}:\n  title: C{{at}}\n  versions:\n    - {{{{says: 'a {{signs:.600}}', sources: [{CITES}]}}}}\n"
        f"    - {{{{says: b, sources: [{CITES}]}}}}\n  reading: {SUGGESTED}\n",
        MAX_LISTED - 3_000,
    ),
    "data/glossary.yaml": listed(7, f"t{{at}}:\n  term: T{{at}}\n  definition: {SUGGESTED}\n  words: {{{{de: 'W {{signs}}'}}}}\n"),
    "data/conditions.yaml": listed(
        13,
        "c{at}:\n  title: C{at}\n  question: Q{at}?\n  find_out: 'F {signs}'\n  levels: {{have: a, can_get: b, do_not_have: c}}\n"
        f"  group: people\n  given: g\n  because: {SUGGESTED}\n",
    ),
    "data/contributors.yaml": listed(7, "c{at}:\n  name: C{at}\n  agreed: 2026-11-20\n  contributions: [{{what: 'W {signs}', when: 2026-11-21}}]\n"),
}
"""What is put at the end of files of the tiny handbook that pages list, by the file."""

RECORDS = {
    LESSON: ("sources:\n", "sources:\n" + "  - source: study\n    passage: start\n" * 800),
    TOOL: ("use_when:\n", "use_when:\n" + "  - text: You have few members.\n    basis: suggested\n" * 600),
    USE: ("not_known:\n", "not_known:\n" + "".join(f"  - '{'*_ <' * 200} {number}'\n" for number in range(65))),
    GAPS: ("who-answered:\n", gaps((MAX_LISTED - 100) // (4 + EACH), "_") + "who-answered:\n"),
    AGAIN: ("terms: [", "terms: [" + "".join(f"t{at}, " for at in range(TERMS))),
    FIRST: ("requires:\n", "requires:\n" + "".join(f"  - {{condition: c{at}, strength: helps}}\n" for at in range(CONDITIONS))),
    VOCABULARY: ("\nbasis:\n", f"\nbasis:\n{TAGS}"),
}
"""Changes to files of the tiny handbook that make their records as large as they may be, by the file: what is there, and what takes its place."""
