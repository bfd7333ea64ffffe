"""Read the handbook's files as they are, with the place of every value.

Nothing is judged here but what must be true before a file can be read at all:
which files there are, and whether they are YAML. What the values mean is the
business of :mod:`handbook.check`.
"""

from __future__ import annotations

import difflib
import os
import re
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from handbook import frontmatter, yamlread
from handbook.model import ID_PATTERN, KINDS, Kind
from handbook.problem import Place, Problem, Rule
from handbook.yamlread import Map

DATA = "data"
DOCS = "docs"
VOCABULARY = "data/vocabulary.yaml"
LIST_PAGE = "index.md"
OUTLINES = "data/outlines.geojson"  # drawn by handbook.geography, judged by its tests

PAGE_SUFFIX = ".md"
DATA_SUFFIX = ".yaml"
ASSET_FOLDER = "docs/assets"
ASSET_SUFFIXES = {".css", ".js", ".svg", ".png", ".jpg", ".webp", ".woff2", ".json", ".txt"}

_ID = re.compile(ID_PATTERN)

SYMLINK = Rule("file-link", "this is a link to another file", "put the file itself here; a link would publish what it points to")
UNEXPECTED = Rule(
    "file-unexpected",
    "a file ending in '{suffix}' has no place in this folder",
    "keep pages as .md, facts as .yaml and pictures in docs/assets, or remove the file",
)
BAD_NAME = Rule(
    "file-name",
    "'{name}' cannot be part of a web address here",
    "use small letters a to z, digits and single hyphens, for example '{example}'",
)
NOT_HERE = Rule("file-missing", "the file is missing", "put it back; the handbook cannot be built without it")
UNREADABLE = Rule("file-unreadable", "the file cannot be read ({reason})", "check that it is an ordinary file that you may open")
STRANGER = Rule(
    "file-stranger",
    "no data file of this name is known",
    "did you mean '{nearest}'? Otherwise remove the file",
)
ENTRY_NOT_MAPPING = Rule(
    "record-not-fields",
    "'{id}' has no fields below it",
    "put its fields on the following lines, each with two more spaces at the start",
)
BAD_ID = Rule("record-id", "'{id}' cannot be an id", "use small letters a to z, digits and single hyphens, for example '{example}'")


@dataclass(frozen=True)
class RawRecord:
    """A record as it was written: raw values with their places, and the prose if it is a page."""

    kind: Kind
    id: str
    place: Place
    values: Map


@dataclass(frozen=True)
class Page:
    """A Markdown page: its front matter, and its text with the line on which that begins."""

    path: str
    front: Map | None
    body: str
    body_line: int


@dataclass
class Files:
    """All that was read below one root folder, and what stood in the way."""

    root: Path
    records: dict[str, dict[str, RawRecord]] = field(default_factory=lambda: {name: {} for name in KINDS})
    vocabulary: Map = field(default_factory=Map)
    pages: dict[str, Page] = field(default_factory=dict)
    assets: set[str] = field(default_factory=set)
    checked: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def load(root: Path) -> Files:
    """Read every file below ``docs/`` and ``data/`` of ``root``.

    Returns what could be read. What could not is in ``problems``, one entry
    for each fault; nothing is raised for whatever the files hold.
    """
    files = Files(root)
    for path in _walk(root, files):
        if path.startswith(DOCS + "/"):
            _read_page(files, path)
        else:
            _read_data(files, path)
    for wanted in (VOCABULARY, *(kind.file for kind in KINDS.values() if kind.file)):
        if wanted not in files.checked:
            files.problems.append(NOT_HERE.at(Place(wanted, 1, 1)))
    return files


def slug(name: str) -> str:
    """A web-safe version of ``name``, to be proposed in a message."""
    words = "".join(c if c.isascii() and c.isalnum() else "-" for c in name.casefold())
    return "-".join(part for part in words.split("-") if part) or "my-lesson"


def _walk(root: Path, files: Files) -> list[str]:
    """List the readable data files and pages, noting assets and refusing what has no place here."""
    found: list[str] = []
    for top in (DATA, DOCS):
        if (root / top).is_symlink():
            files.problems.append(SYMLINK.at(Place(top, 1, 1)))
            continue
        for folder, names, filenames in os.walk(root / top, followlinks=False):
            names.sort()
            here = PurePosixPath(Path(folder).relative_to(root).as_posix())
            for name in sorted(names + filenames):
                path = str(here / name)
                if (root / path).is_symlink():
                    files.problems.append(SYMLINK.at(Place(path, 1, 1)))
                elif name in filenames:
                    _sort_in(files, found, path)
    return found


def _sort_in(files: Files, found: list[str], path: str) -> None:
    pure = PurePosixPath(path)
    if path.startswith(ASSET_FOLDER + "/"):
        if pure.suffix in ASSET_SUFFIXES:
            files.assets.add(path)
        else:
            files.problems.append(UNEXPECTED.at(Place(path, 1, 1), suffix=pure.suffix or pure.name))
        return
    if path == OUTLINES:
        return
    wanted = PAGE_SUFFIX if path.startswith(DOCS + "/") else DATA_SUFFIX
    if pure.suffix != wanted:
        files.problems.append(UNEXPECTED.at(Place(path, 1, 1), suffix=pure.suffix or pure.name))
    elif not _is_id(pure.stem) or not all(_is_id(part) for part in pure.parts[1:-1]):
        files.problems.append(BAD_NAME.at(Place(path, 1, 1), name=pure.stem, example=slug(pure.stem) + wanted))
    else:
        found.append(path)


def _is_id(text: str) -> bool:
    return _ID.match(text) is not None


def _bytes(files: Files, path: str) -> bytes | None:
    files.checked.append(path)
    try:
        return (files.root / path).read_bytes()
    except OSError as error:
        files.problems.append(UNREADABLE.at(Place(path, 1, 1), reason=error.strerror or "unknown reason"))
        return None


def _read_page(files: Files, path: str) -> None:
    raw = _bytes(files, path)
    if raw is None:
        return
    front, body, body_line, problems = frontmatter.split(raw, path)
    files.problems.extend(problems)
    files.pages[path] = Page(path, front, body, body_line)
    kind = kind_of_page(path)
    if kind and kind.folder and front is not None:
        record_id = PurePosixPath(path).stem
        files.records[kind.name][record_id] = RawRecord(kind, record_id, Place(path, 1, 1), front)


def kind_of_page(path: str) -> Kind | None:
    """The kind of record that a page shows, or None for a page of its own.

    ``path`` is relative to the root, for example ``docs/lessons/x.md``.
    """
    pure = PurePosixPath(path)
    if pure.name == LIST_PAGE:
        return None
    for kind in KINDS.values():
        if kind.page_folder and str(pure.parent) == f"{DOCS}/{kind.page_folder}":
            return kind
    return None


def _read_data(files: Files, path: str) -> None:
    raw = _bytes(files, path)
    if raw is None:
        return
    values, problems = yamlread.read(raw, path)
    files.problems.extend(problems)
    pure = PurePosixPath(path)
    if path == VOCABULARY:
        files.vocabulary = values
        return
    for kind in KINDS.values():
        if kind.file == path:
            _read_entries(files, kind, path, values)
            return
        if kind.folder == str(pure.parent):
            files.records[kind.name][pure.stem] = RawRecord(kind, pure.stem, Place(path, 1, 1), values)
            return
    known = [VOCABULARY, *(kind.file for kind in KINDS.values() if kind.file)]
    files.problems.append(STRANGER.at(Place(path, 1, 1), nearest=nearest_path(path, known)))


def nearest_path(path: str, known: list[str]) -> str:
    """The most similar of the ``known`` paths."""
    return max(known, key=lambda other: difflib.SequenceMatcher(None, path, other).ratio())


def _read_entries(files: Files, kind: Kind, path: str, entries: Map) -> None:
    for record_id, values in entries.items():
        place = Place(path, *entries.keys_at[record_id])
        if not _is_id(record_id):
            files.problems.append(BAD_ID.at(place, id=record_id, example=slug(record_id)))
        elif not isinstance(values, Map):
            files.problems.append(ENTRY_NOT_MAPPING.at(place, id=record_id))
        else:
            files.records[kind.name][record_id] = RawRecord(kind, record_id, place, values)

