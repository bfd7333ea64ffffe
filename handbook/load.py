"""Read the handbook's files as they are, with the place of every value.

Nothing is judged here but what must be true before a file can be read at all:
which files there are, and whether they are YAML. What the values mean is the
business of :mod:`handbook.check`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath

from handbook import frontmatter, pictures, yamlread
from handbook.calls import PLACES
from handbook.model import ALL_KINDS, ID_PATTERN, KINDS, Kind
from handbook.problem import Guess, Place, Problem, Rule
from handbook.yamlread import FORBIDDEN, MAX_BYTES, TOO_LARGE, Map

DATA = "data"
DOCS = "docs"
VOCABULARY = "data/vocabulary.yaml"
LIST_PAGE = "index.md"
OUTLINES = "data/outlines.geojson"  # drawn by handbook.geography, judged in handbook.rules.material

FINGERPRINTS = "data/fingerprints"
"""One file for each source whose words are known; see :mod:`handbook.fingerprint`."""

PAGE_SUFFIX = ".md"
DATA_SUFFIX = ".yaml"
FINGERPRINT_SUFFIX = ".txt"
ASSET_FOLDER = "docs/assets"
OWN_ASSETS = {
    "docs/assets/fonts": {".woff2", ".txt"},
    "docs/assets/forms": {".txt"},
    "docs/assets/javascripts": {".js"},
    "docs/assets/stylesheets": {".css"},
    "docs/assets/vendor": {".js", ".json", ".txt"},
}
"""What the handbook itself brings: published unread, and therefore only from these folders and those below them."""

MAX_ASSET = 1024 * 1024
"""Bytes of a script, a stylesheet, a font or the outlines of the map."""

MAX_ID = 60
MAX_PAGE = 20_000

MAX_ENTRIES = 2_500
"""Entries of a file that lists records or groups of tags. The longest of them has a tenth of that for thousands of lessons."""

RESERVED = "index"

_ID = re.compile(ID_PATTERN)
_KIND_OF_PAGES = {f"{DOCS}/{kind.page_folder}": kind for kind in KINDS.values() if kind.page_folder}
_KIND_OF_FOLDER = {kind.folder: kind for kind in KINDS.values() if kind.folder}
_KIND_OF_FILE = {kind.file: kind for kind in ALL_KINDS.values() if kind.file}
_NEEDED_DATA = (path for path, kind in _KIND_OF_FILE.items() if not kind.may_be_empty)
NEEDED = (*(f"{DOCS}/{page}" for page in PLACES.values()), VOCABULARY, OUTLINES, *_NEEDED_DATA)

SYMLINK = Rule("file-link", "this is a link to another file", "put the file itself here, because a link would publish what it points to")
UNEXPECTED = Rule(
    "file-unexpected",
    "the file '{name}' has no place in this folder",
    "keep pages as .md in docs, facts as .yaml in data, and pictures as .svg, .png, .jpg or .webp in docs/assets; remove what is none of these",
)
BAD_NAME = Rule(
    "file-name",
    "'{name}' cannot be part of a web address here",
    "use at most 60 small letters a to z, digits and single hyphens, for example '{example}'",
)
FOLDER = Rule("file-folder", "this is a folder with the name of a file", "move what is in it to where it belongs, and remove the folder")
NOT_HERE = Rule("file-missing", "the handbook cannot be built without this, and it is missing", "put it back")
UNREADABLE = Rule("file-unreadable", "this cannot be read ({reason})", "check that it is an ordinary file or folder that you may open")
STRANGER = Rule("file-stranger", "no data file of this name is known", "remove the file")
ENTRY_NOT_MAPPING = Rule(
    "record-not-fields",
    "'{id}' has no fields below it",
    "put its fields on the following lines, each with two more spaces at the start",
)
LONG_PAGE = Rule("page-too-long", "the page has more than {limit:,} characters", "split it into two pages")
MANY_ENTRIES = Rule("entries-many", "the file has more than {limit:,} entries, and is not read", "leave out what the handbook has no use for")
BAD_ID = Rule(
    "record-id",
    "'{id}' cannot be an id",
    "use at most 60 small letters a to z, digits and single hyphens, for example '{example}'",
)
RESERVED_ID = Rule("record-id-index", "'index' is the name of the page that lists all, so it cannot be an id", "choose another id")


@dataclass(frozen=True)
class RawRecord:
    """A record as it was written: raw values with their places, and the prose if it is a page."""

    kind: Kind
    id: str
    place: Place
    values: Map


@dataclass(frozen=True)
class Page:
    """A Markdown page: its front matter, and its text with the line on which that begins.

    The text is ``readable`` if all of it is known. Characters that readers cannot
    see are left out of it; they were at the offsets ``gone``.
    """

    path: str
    front: Map | None
    body: str
    body_line: int
    readable: bool = True
    gone: tuple[int, ...] = ()

    @cached_property
    def line_starts(self) -> list[int]:
        """Where in the text each of its lines begins."""
        return [0, *(found.end() for found in re.finditer("\n", self.body))]


@dataclass
class Files:
    """All that was read below one root folder, and what stood in the way.

    ``ids`` has every id that is taken, also where the record itself could not
    be read; ``unread`` has the files and folders of which nothing was read.
    """

    root: Path
    records: dict[str, dict[str, RawRecord]] = field(default_factory=lambda: {name: {} for name in ALL_KINDS})
    ids: dict[str, dict[str, Place]] = field(default_factory=lambda: {name: {} for name in ALL_KINDS})
    vocabulary: Map = field(default_factory=Map)
    fingerprints: dict[str, list[str]] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)
    assets: set[str] = field(default_factory=set)
    checked: list[str] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    _endings: dict[str, str] = field(default_factory=dict)
    """The ending of each file in ``unread``, by its path as it should have been written. A folder has none."""

    def hides(self, path: str) -> bool:
        """Whether the file ``path`` may be there under a name that was refused, or in a folder that was."""
        if not self._endings:
            return False
        wanted = PurePosixPath(plain(path))
        return str(wanted) in self._endings or any(self._endings.get(str(folder)) == "" for folder in wanted.parents)

    def refuse(self, rule: Rule, path: str, **values: object) -> None:
        """Note that a file or folder is not read, and why."""
        self.lose(path)
        self.problems.append(rule.at(Place(path, 1, 1), **values))

    def lose(self, path: str) -> None:
        """Note that nothing of a file or folder was read."""
        self.unread.add(path)
        self._endings[plain(path)] = PurePosixPath(path).suffix


def load(root: Path) -> Files:
    """Read every file below ``docs/`` and ``data/`` of ``root``.

    Returns what could be read. What could not is in ``problems``, one entry
    for each fault; nothing is raised for whatever the files hold.
    """
    files = Files(root)
    for path in _walk(files):
        if path in files.assets:
            _read_picture(files, path)
        elif path.startswith(DOCS + "/"):
            _read_page(files, path)
        elif path.startswith(FINGERPRINTS + "/"):
            _read_fingerprint(files, path)
        else:
            _read_data(files, path)
    for wanted in set(NEEDED).difference(files.checked):
        if not files.hides(wanted):
            files.refuse(NOT_HERE, wanted)
    return files


def slug(name: str) -> str:
    """A web-safe version of ``name``, to be proposed in a message."""
    words = "".join(c if c.isascii() and c.isalnum() else "-" for c in name.casefold())
    return "-".join(part for part in words.split("-") if part)[:MAX_ID].rstrip("-") or "my-lesson"


def plain(path: str) -> str:
    """``path`` without its ending, each part as it should have been written."""
    whole = PurePosixPath(path)
    return "/".join(slug(part) for part in (*whole.parent.parts, whole.stem))


def _walk(files: Files) -> list[str]:
    """List the readable data files and pages, noting assets and refusing what has no place here."""
    found: list[str] = []
    folders = []
    for top in (DOCS, DATA):
        if (files.root / top).is_symlink():
            files.refuse(SYMLINK, top)
        elif not (files.root / top).is_dir():
            files.refuse(NOT_HERE, top)
        else:
            folders.append(top)
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(files.root / folder) as entries:
                inside = sorted((entry.name, _nature(entry)) for entry in entries)
        except OSError as error:
            files.refuse(UNREADABLE, folder, reason=error.strerror)
            continue
        for name, nature in reversed(inside):
            if nature == "folder" and _folder_may_be(files, folder, name):
                folders.append(f"{folder}/{name}")
        found += [f"{folder}/{name}" for name, nature in inside if nature != "folder" and _file_is_read(files, folder, name, nature)]
    return found


def _nature(entry: os.DirEntry[str]) -> str:
    if entry.is_symlink():
        return "link"
    if entry.is_dir(follow_symlinks=False):
        return "folder"
    return "file" if entry.is_file(follow_symlinks=False) else "other"


def _folder_may_be(files: Files, folder: str, name: str) -> bool:
    if _is_id(name):
        return True
    if name.endswith((PAGE_SUFFIX, DATA_SUFFIX)):
        files.refuse(FOLDER, f"{folder}/{name}")
        return False
    files.refuse(BAD_NAME, f"{folder}/{name}", name=name, example=slug(name))
    return False


def _file_is_read(files: Files, folder: str, name: str, nature: str) -> bool:
    """Whether a file is a page or holds data; if it is neither, and no asset, it is refused."""
    path = f"{folder}/{name}"
    stem, dot, suffix = name.rpartition(".")
    wanted = PAGE_SUFFIX if path.startswith(DOCS + "/") else FINGERPRINT_SUFFIX if folder == FINGERPRINTS else DATA_SUFFIX
    if nature == "link":
        files.refuse(SYMLINK, path)
    elif nature == "other":  # a pipe, for example, would never end
        files.refuse(UNREADABLE, path, reason="it is not an ordinary file")
    elif path == OUTLINES:
        if (size := (files.root / path).stat().st_size) > MAX_ASSET:
            files.refuse(TOO_LARGE, path, size=size, limit=MAX_ASSET)
        else:
            files.checked.append(path)
        return False
    elif _is_asset(folder) and dot + suffix in _suffixes(folder):
        return _asset_is_read(files, path, stem, dot + suffix)
    elif _is_asset(folder) or dot + suffix != wanted:
        files.refuse(UNEXPECTED, path, name=name)
    elif not _is_id(stem):
        files.refuse(BAD_NAME, path, name=stem, example=slug(stem) + wanted)
    else:
        return True
    if kind := _KIND_OF_FOLDER.get(folder):  # so that nobody is told that what is refused is not there
        files.ids[kind.name].setdefault(slug(stem or name), Place(path, 1, 1))
    return False


def _is_asset(folder: str) -> bool:
    return folder == ASSET_FOLDER or folder.startswith(ASSET_FOLDER + "/")


def _suffixes(folder: str) -> Collection[str]:
    """The endings that files of a folder of assets may have."""
    own = next((suffixes for top, suffixes in OWN_ASSETS.items() if f"{folder}/".startswith(f"{top}/")), None)
    return pictures.SUFFIXES if own is None else own


def _asset_is_read(files: Files, path: str, stem: str, suffix: str) -> bool:
    """Whether an asset is looked into: pictures are, and of what the handbook itself brings only the name and the size."""
    files.assets.add(path)
    own = suffix not in pictures.SUFFIXES
    if not _is_id(stem.replace(".", "-") if own else stem):
        files.refuse(BAD_NAME, path, name=stem, example=slug(stem) + suffix)
        return False
    if own and (size := (files.root / path).stat().st_size) > MAX_ASSET:
        files.refuse(TOO_LARGE, path, size=size, limit=MAX_ASSET)
    return not own


def _is_id(text: str) -> bool:
    return len(text) <= MAX_ID and _ID.fullmatch(text) is not None


def _bytes(files: Files, path: str, limit: int = MAX_BYTES, beyond: Rule = TOO_LARGE) -> bytes | None:
    files.checked.append(path)
    try:
        with (files.root / path).open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size <= limit:
                return file.read()
    except OSError as error:
        files.refuse(UNREADABLE, path, reason=error.strerror)
    else:
        files.refuse(beyond, path, size=size, limit=limit)
    return None


def _read_picture(files: Files, path: str) -> None:
    raw = _bytes(files, path, pictures.MAX_PICTURE, pictures.LARGE)
    if raw is not None:
        files.problems.extend(pictures.problems(raw, path))


def _read_page(files: Files, path: str) -> None:
    raw = _bytes(files, path)
    front, body, body_line, problems = frontmatter.split(raw, path) if raw is not None else (None, "", 1, [])
    files.problems.extend(problems)
    readable = front is not None or (body_line > 1 and not _swallowed(raw or b"", body_line))
    if front is None and body_line == 1:  # where the text begins is not known
        body = ""
    if len(body) > MAX_PAGE:
        files.problems.append(LONG_PAGE.at(Place(path, body_line, 1), limit=MAX_PAGE))
        body, readable = "", False
    gone: tuple[int, ...] = ()
    if any(problem.rule is yamlread.CHARACTER for problem in problems):  # said there, and of no consequence here
        gone = tuple(found.start() - number for number, found in enumerate(FORBIDDEN.finditer(body)))
        body = FORBIDDEN.sub("", body)
    files.pages[path] = Page(path, front, body, body_line, readable, gone)
    kind = kind_of_page(path)
    if kind and kind.folder:
        _keep(files, kind, PurePosixPath(path).stem, Place(path, 1, 1), front)


def _swallowed(raw: bytes, body_line: int) -> bool:
    """Whether headings stand before the line on which a page's text seems to begin, because its data have no end."""
    return any(line.startswith(b"## ") for line in raw.splitlines()[: body_line - 1])


def _keep(files: Files, kind: Kind, record_id: str, place: Place, values: Map | None) -> None:
    """Note a record, or only its id if there are no values."""
    files.ids[kind.name][record_id] = place
    if values is not None:
        files.records[kind.name][record_id] = RawRecord(kind, record_id, place, values)


def kind_of_page(path: str) -> Kind | None:
    """The kind of record that a page shows, or None for a page of its own.

    ``path`` is relative to the root, for example ``docs/lessons/x.md``.
    """
    folder, _, name = path.rpartition("/")
    return None if name == LIST_PAGE else _KIND_OF_PAGES.get(folder)


def _read_fingerprint(files: Files, path: str) -> None:
    raw = _bytes(files, path)
    if raw is not None:
        files.fingerprints[path] = raw.decode("ascii", "replace").splitlines()


def _read_data(files: Files, path: str) -> None:
    raw = _bytes(files, path)
    folder, _, name = path.rpartition("/")
    if raw is None:
        if kind := _KIND_OF_FOLDER.get(folder):
            _keep(files, kind, name.removesuffix(DATA_SUFFIX), Place(path, 1, 1), None)
        return
    kind = _KIND_OF_FILE.get(path)
    if kind and kind.may_be_empty and frontmatter.NOTHING.fullmatch(f"{raw.decode('utf-8', 'replace')}\n".replace("\r", "")):
        return
    values, problems = yamlread.read(raw, path)
    files.problems.extend(problems)
    unread = bool(problems) and not values
    if unread:
        files.lose(path)
    if (kind or path == VOCABULARY) and len(values) > MAX_ENTRIES:
        files.refuse(MANY_ENTRIES, path, limit=MAX_ENTRIES)
        return
    if path == VOCABULARY:
        files.vocabulary = values
    elif kind:
        _read_entries(files, kind, path, values)
    elif kind := _KIND_OF_FOLDER.get(folder):
        _keep(files, kind, name.removesuffix(DATA_SUFFIX), Place(path, 1, 1), None if unread else values)
    else:
        known = (VOCABULARY, *_KIND_OF_FILE, *(f"{folder}/{name}" for folder in _KIND_OF_FOLDER if folder.startswith(DATA)))
        files.refuse(STRANGER, path, nearest=Guess(_middle(path), [_middle(other) for other in known], "data/{}.yaml".format))


def _middle(path: str) -> str:
    """What tells one data file from another."""
    return path.removeprefix(DATA + "/").removesuffix(DATA_SUFFIX)


def _read_entries(files: Files, kind: Kind, path: str, entries: Map) -> None:
    for record_id, values in entries.items():
        place = Place(path, *entries.keys_at[record_id])
        if not _is_id(record_id):
            files.problems.append(BAD_ID.at(place, id=record_id, example=slug(record_id)))
            files.ids[kind.name].setdefault(slug(record_id), place)
        elif record_id == RESERVED and kind.page_folder:
            files.problems.append(RESERVED_ID.at(place))
        elif not isinstance(values, Map):
            files.problems.append(ENTRY_NOT_MAPPING.at(place, id=record_id))
            _keep(files, kind, record_id, place, None)
        else:
            _keep(files, kind, record_id, place, values)
