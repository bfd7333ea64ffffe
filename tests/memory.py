"""What a check costs with one bad file in the handbook: run as ``python -m tests.memory``, prints seconds and kilobytes more than without it.

Each case is a child of one process that has checked the handbook once, so that
its largest size in memory is that of its own check.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
import time
from pathlib import Path
from string import ascii_lowercase
from typing import NamedTuple

import yaml

from handbook.check import check
from handbook.fingerprint import fingerprint
from handbook.forms.turn import take, turn
from handbook.load import FINGERPRINTS, MAX_ENTRIES, MAX_PAGE, VOCABULARY
from handbook.model import ALL_KINDS
from handbook.yamlread import MAX_BYTES
from tests.conftest import ROOT, copy_tiny
from tests.handbook.test_from_form import DAY

PAGE, DATA, FORM = "docs/lessons/write-it-down.md", "data/gaps.yaml", "form.txt"
OUTLINES, DRAWING = "data/outlines.geojson", "docs/assets/x.svg"
HUGE = 60_000_000
"""Bytes of a file that is far too large."""
ROOM = MAX_BYTES - 10_000
WASTES = "a check that holds twice as many bytes"
"""No case of a contributor's, but what a reader of files that are far too large would take."""


class Case(NamedTuple):
    """A file, what is put at its end or else is all of it, and up to which size it is made larger by nothing."""

    path: str
    text: str
    whole: bool = False
    size: int = 0


def bomb(kind: str) -> str:
    """Nine levels of nine aliases or merges each: as a tree they are a billion values."""
    lines = ["a0: &a0 {x: y}"]
    for level in range(1, 10):
        inside = ", ".join([f"*a{level - 1}"] * 9)
        lines.append(f"a{level}: &a{level} [{inside}]" if kind == "aliases" else f"a{level}: &a{level} {{<<: [{inside}]}}")
    return "\n".join(lines) + "\n"


SIGNS = ("[", "{", "- ", "? ", "'", '"', "a: ", "&a ", "!a ", "{a: ", "[a, ", "\\", "\xa0", "\u200b", "é", "😀")
LINES = ("a\n", "- a\n", "a: b\n", "|a\n", "- [x](y.md)\n", "## a\n", "> a\n", "- - - a\n", "{{ a() }}\n", "\n", ": a\n")
FILLED = {
    **{f"nothing but {unit!r}": unit for unit in (*SIGNS, *LINES)},
    "words of 10,000 characters": "w" * 10_000 + " ",
    "one line": "word ",
    "a table": "| a | b | c | d | e | f | g | h |\n",
    "citations": '{{ cite("page", "x") }} ',
}
FIELDS = {
    "20,000 short values": "title: [" + "a, " * 19_000 + "a]\n",
    "10,000 fields": "".join(f"f{number}: x\n" for number in range(10_000)),
    "levels inside each other": "".join(f"{'  ' * level}a{level}:\n" for level in range(300)),
    "a bomb of aliases": bomb("aliases"),
    "a bomb of merges": bomb("merges"),
    "references to nothing": "tools: [" + ", ".join(f"telephone-{number}" for number in range(14_000)) + "]\n",
}
ENTRIES = {
    "20,000 entries of nothing": "{}\n" * 19_000,
    "9,000 entries of a field": "{a: b}\n" * 9_000,
    "as many entries as there may be": "{a: b, c: d, e: f, g: h, i: j, k: l}\n" * (MAX_ENTRIES - 150),
}
"""What stands behind the names of entries at the end of a data file."""
DRAWINGS = {
    "a picture of paths": "<path d='M0 0'/>" * 60_000,
    "a picture of groups": "<g>" * 120_000 + "</g>" * 120_000,
    "a picture of parts deep in named groups": "".join(f"<g id='a{number}'>" for number in range(38)) + "<g/>" * 261_000 + "</g>" * 38,
    "a picture that draws parts again": "<use href='#a'/>" * 60_000,
    "a picture of style": "<style>" + "a\n" * 500_000 + "</style>",
}
FORM_OF_A_LESSON = yaml.safe_load((ROOT / "data/forms.yaml").read_text(encoding="utf-8"))["lesson"]
HINTS = {question["ask"]: question.get("hint", "a").split()[0] for question in FORM_OF_A_LESSON["questions"]}
FORMS = {
    **{f"the first word of a hint below '{ask}'": (ask, f"{word}\n" * (ROOM // (len(word) + 1))) for ask, word in HINTS.items()},
    **{f"a heading of signs below '{ask}'": (ask, "### " + "#" * ROOM + "x") for ask in HINTS},
    **{f"a box of blanks below '{ask}'": (ask, "- [x]" + " " * (ROOM - 300) + "x" * 301) for ask in HINTS},
}
SETTINGS = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
MENUS = {
    "pages that are not there": ("  - Home: index.md\n", "".join(f"  - a{number}.md\n" for number in range(17_000))),
    "one page": ("  - Home: index.md\n", "  - index.md\n" * 18_000),
    "pages kept out": ("  /find/*/*.md\n", "".join(f"  x{number}\n" for number in range(25_000))),
    "a pattern that takes for ever": ("  /find/*/*.md\n", "  /find/*/*.md\n  " + "*[a-z-]" * 12 + "*1\n"),
    "patterns that are none": ("  /find/*/*.md\n", "  !\n  [z-a]\n"),
    "a long title": ("  - Home: index.md\n", f"  - {'a ' * 120_000}: index.md\n"),
}
SOFTWARE = {
    "lists": "".join(f"x{number} = [1, 2, {{a = 'b'}}]\n" for number in range(100_000)),
    "lists inside each other": f"x = {'[' * 60_000}{']' * 60_000}\n",
    "one long name": f"{'a.' * 30_000}a = 1\n",
    "records": "[[theme]]\n" * 6_000,
}
COPIED = " ".join(["word"] * 14)
"""What the source of the tiny handbook says, as far as its fingerprint is known."""

PAIRS = [f"word {first}{second}{third}" for first in ascii_lowercase for second in ascii_lowercase for third in ascii_lowercase]
TERM = "x{0}:\n  term: X {0}\n  definition:\n    text: {1}\n    basis: suggested\n  words: {{}}\n  synonyms: [{2}]\n"
COPIES = {
    "names that begin with the same word": Case(
        "data/glossary.yaml",
        "\n" + "".join(TERM.format(at, " ".join(["word"] * 198), ", ".join(PAIRS[600 * at : 600 * at + 600])) for at in range(20)),
    ),
    **{f"copied words and rows of {sign}": Case(PAGE, f"\n{COPIED}\n\n" + f"{sign * 2_900}\n\n" * 5) for sign in '‘“„«"'},
}
TOO_LARGE = (
    *(PAGE, DATA, FORM, OUTLINES, DRAWING, f"{FINGERPRINTS}/study.txt", "docs/x.html", "mkdocs.yml"),
    *("docs/assets/x.png", "docs/assets/javascripts/x.js", "docs/assets/javascripts/early.js", "vendor.toml"),
)


def named(entries: str) -> str:
    """Entries of a data file, each with a name of its own."""
    return "".join(f"x{number}: {entry}" for number, entry in enumerate(entries.splitlines(keepends=True)))


def cases() -> dict[str, Case]:
    """The files of a contributor that could cost most, by what they hold."""
    found: dict[str, Case] = {}
    for path in (PAGE, DATA, FORM):
        found |= {f"{name} in {path}": Case(path, unit * (ROOM // len(unit.encode()))) for name, unit in FILLED.items()}
        found |= {f"{name} in {path}": Case(path, f"---\n{text}---\n" if path == PAGE else text, whole=True) for name, text in FIELDS.items()}
    for path in (VOCABULARY, *(kind.file for kind in ALL_KINDS.values() if kind.file)):
        found |= {f"{name} in {path}": Case(path, f"\n{named(entries)}") for name, entries in ENTRIES.items()}
    found["20,000 tags of a group"] = Case(VOCABULARY, "\nx:\n" + "".join(f"  x{number}: {{}}\n" for number in range(19_000)))
    found |= {f"a page of {name}": Case(PAGE, unit * (MAX_PAGE // len(unit))) for name, unit in FILLED.items()}
    for unit in (*SIGNS, "![", "](", "![](", "{{ a("):
        found[f"a heading of {unit!r}"] = Case(PAGE, "\n## " + unit * ((MAX_PAGE - 2_000) // len(unit)))
    found |= {name: Case(DRAWING, f'<svg xmlns="http://www.w3.org/2000/svg">{text}</svg>') for name, text in DRAWINGS.items()}
    found["outlines of brackets"] = Case(OUTLINES, "[" * 1_000_000, whole=True)
    found["outlines of points"] = Case(OUTLINES, '{"features": [' + "[0,0]," * 160_000 + "0]}", whole=True)
    found |= {name: Case(FORM, f"### {ask}\n\n{text}", whole=True) for name, (ask, text) in FORMS.items()}
    found |= {f"a menu of {name}": Case("mkdocs.yml", SETTINGS.replace(old, new), whole=True) for name, (old, new) in MENUS.items()}
    found |= {f"software of {name}": Case("vendor.toml", text) for name, text in SOFTWARE.items()} | COPIES
    found["a script that names a script again and again"] = Case("docs/assets/javascripts/early.js", '"a.js" ' * 149_000)
    return found | {f"60 million bytes in {path}": Case(path, "", size=HUGE) for path in TOO_LARGE}


def spoil(file: Path, case: Case) -> None:
    """Put into a file what the case says."""
    before = file.read_bytes() if file.exists() and not case.whole else b""
    file.write_bytes(before + case.text.encode())
    if case.size:
        os.truncate(file, case.size)


def cost(root: Path, wasted: int = 0) -> tuple[float, int]:
    """The seconds that the check of a handbook takes, or its form if there is one, and the kilobytes of memory, in a process of its own."""
    read, write = os.pipe()
    if not (child := os.fork()):
        started = time.process_time()
        waste = b"x" * wasted
        if (root / FORM).exists():
            turn(take(root / FORM), "lesson", root, DAY)
        else:
            for problem in check(root).problems:
                str(problem.message)
        del waste
        found = time.process_time() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        os.write(write, json.dumps(found).encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as answer:
        told = json.loads(answer.read() or b"null")
    os.waitpid(child, 0)
    assert told, "the check has come to a bad end"
    return told[0], told[1]


def main() -> None:
    """Print a line of JSON: the seconds and the kilobytes of each case, by its name."""
    with tempfile.TemporaryDirectory() as folder:
        root = copy_tiny(Path(folder) / "tiny")
        (root / "docs/assets/javascripts").mkdir(parents=True)
        (root / FINGERPRINTS).mkdir(exist_ok=True)
        (root / FINGERPRINTS / "study.txt").write_text("\n".join(fingerprint(COPIED)), encoding="ascii")
        check(root)
        _, least = cost(root)
        seconds, size = cost(root, wasted=2 * HUGE)
        found = {WASTES: (seconds, size - least)}
        for name, case in cases().items():
            file = root / case.path
            before = file.read_bytes() if file.exists() else None
            spoil(file, case)
            seconds, size = cost(root)
            found[name] = seconds, size - least
            if before is None:
                file.unlink()
            else:
                file.write_bytes(before)
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
