"""Which files below ``docs/assets`` the site runs: the scripts, stylesheets and libraries that something of ours asks for.

What they do is read by those who own them (``.github/CODEOWNERS``), because no
program can judge it. But a file that nothing asks for is none of them, however
it came there: the check refuses it (:mod:`handbook.rules.material`), and the
audit runs no part that is not listed here. Who adds a stylesheet or a part adds
it here, and so somebody has looked at it.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from posixpath import dirname, join, normpath

DOCS = "docs"
SCRIPTS_FOLDER = "assets/javascripts"
STYLESHEETS_FOLDER = "assets/stylesheets"
VENDOR_FOLDER = "assets/vendor"
FOLDERS = (SCRIPTS_FOLDER, STYLESHEETS_FOLDER, VENDOR_FOLDER)
"""Where the machinery lies, below ``docs/``."""

SCRIPTS = tuple(f"{SCRIPTS_FOLDER}/{name}.js" for name in ("early", "handbook"))
"""Those that pages ask for; overrides/partials/javascripts/base.html and mkdocs.yml name them."""

PARTS = ("compare", "find", "fit", "matrix", "pick", "plan", "questions", "search")
"""What ``data-part`` may say in a template. The part's folder has an ``index.js``, which handbook.js brings."""

STYLESHEETS = tuple(
    f"{STYLESHEETS_FOLDER}/{name}.css" for name in ("theme", "handbook", "diagram", "tools", "compare", "fit", "plan", "questions")
)
"""The stylesheets in the order in which pages ask for them; mkdocs.yml names those of every page, overrides/main.html the others."""

LIBRARIES = "vendor.toml"
BILL = f"{VENDOR_FOLDER}/bom.json"
THEMES_LICENCES = f"{VENDOR_FOLDER}/theme-licence.txt"

MAX_RECORDS = 64 * 1024
"""Bytes of vendor.toml: seven times what it has. Beyond them nothing of it is read."""

MAX_SCRIPT = 1024 * 1024
"""Characters of a script that are read. None may have as many bytes."""

_TABLE = r"\[\[(?:library|part|theme|data)\]\]|\[(?:licences|marks|pictures)\]"
_WORD = r'(?:"[^"\\]*"|\'[^\']*\')'
_RECORD_LINE = re.compile(rf"""(?:#.*|{_TABLE}|(?:[a-z0-9-]+|"[^"\\]*") = (?:{_WORD}|\[{_WORD}(?:, {_WORD})*\]))?""")

_SCRIPT_NAME = re.compile(r"""["'`]([a-z0-9./-]+\.js)["'`]""")


DRESS = (f"{DOCS}/{SCRIPTS_FOLDER}", f"{DOCS}/{STYLESHEETS_FOLDER}", f"{DOCS}/{VENDOR_FOLDER}", "overrides", "templates")
"""What decides how pages look and work, whatever they say."""


def dress(root: Path) -> str:
    """A short hash of all files in ``DRESS``: another one means that pages may look or work otherwise than before."""
    found = hashlib.sha256()
    for folder in DRESS:
        for path in sorted((root / folder).rglob("*")):
            if path.is_file() and root / DOCS / BILL != path:
                found.update(path.relative_to(root).as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return found.hexdigest()[:12]


def known(root: Path) -> frozenset[str]:
    """The files of the machinery below ``root/docs``, whether they are there or not."""
    started = [*SCRIPTS, *(f"{SCRIPTS_FOLDER}/{part}/index.js" for part in PARTS)]
    return frozenset((*_asked_for(root, started), *STYLESHEETS, *_vendored(root), BILL))


def _asked_for(root: Path, started: list[str]) -> set[str]:
    """``started``, and each script that one of these names, however far down."""
    found: set[str] = set()
    while started:
        path = started.pop()
        file = root / DOCS / path
        if path in found or not path.startswith(f"{SCRIPTS_FOLDER}/"):
            continue
        found.add(path)
        if file.is_file():
            with file.open(encoding="utf-8", errors="replace") as script:
                text = script.read(MAX_SCRIPT)
            started += [normpath(join(dirname(path), name)) for name in set(_SCRIPT_NAME.findall(text))]
    return found


def _vendored(root: Path) -> Iterator[str]:
    for library in _libraries(root):
        yield from (library[name].removeprefix(f"{DOCS}/") for name in ("file", "text"))
    yield THEMES_LICENCES


def changed(root: Path) -> Iterator[str]:
    """The libraries that are not the files recorded in vendor.toml, by their paths below ``root``."""
    for library in _libraries(root):
        file = root / library["file"]
        if file.is_file() and hashlib.sha256(file.read_bytes()).hexdigest() != library["sha256"]:
            yield library["file"]


def _libraries(root: Path) -> list[dict[str, str]]:
    """The records of libraries in vendor.toml; none of what cannot be read, so that the library itself is unknown then."""
    try:
        if too_large(root) or any(strange_lines(root)):
            return []
        recorded = tomllib.loads((root / LIBRARIES).read_text(encoding="utf-8"))["library"]
        return [{name: str(library[name]) for name in ("file", "text", "sha256")} for library in recorded]
    except (OSError, ValueError, LookupError, TypeError):
        return []


def too_large(root: Path) -> int:
    """The size of vendor.toml in bytes if it is larger than it may be, and else nought."""
    size = (root / LIBRARIES).stat().st_size if (root / LIBRARIES).is_file() else 0
    return size if size > MAX_RECORDS else 0


def strange_lines(root: Path) -> Iterator[int]:
    """The lines of vendor.toml, counted from 1, that no record of software has. A reader of TOML takes as long as it likes for some."""
    if not (root / LIBRARIES).is_file() or too_large(root):
        return
    for number, line in enumerate((root / LIBRARIES).read_text(encoding="utf-8", errors="replace").split("\n"), 1):
        if not _RECORD_LINE.fullmatch(line):
            yield number
