"""The command ``fix``: mend what is mechanical in the handbook's files, and show what was done."""

from __future__ import annotations

import argparse
import difflib
import sys
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from handbook import frontmatter, yamlread
from handbook.base import overlap
from handbook.check import check
from handbook.fix import form, order, quotes, slips
from handbook.load import DATA_SUFFIX, PAGE_SUFFIX, RawRecord, kind_of_page
from handbook.model import ALL_KINDS, Kind, Known
from handbook.problem import Place
from handbook.yamlread import Map

AS_TYPED = ("data/wordings.yaml", "data/faults.yaml")
"""Files that hold what people type, just so: what they look for, and what they get wrong."""

PASSES = 5
"""A name that is mended may show another slip below it."""


def mend(text: str, path: str, known: Known) -> tuple[str, list[str]]:
    """The text of a file mended, and what was done to its outer form, in words. A text that cannot be read is only put in plain form."""
    page = path.endswith(PAGE_SUFFIX)
    text, said = form.mend(text, page=page)
    opening = frontmatter.OPENING.match(text) if page else None
    closing = frontmatter.CLOSING.search(text, opening.end()) if opening else None
    if page and (opening is None or closing is None):
        return text, said
    start, end = (opening.end(), closing.start()) if opening and closing else (0, len(text))
    data, body = _data(text[start:end], path, known), text[end:]
    if page:
        close, line_end, rest = body.partition("\n")
        body = close + line_end + quotes.in_page(rest)
    return form.mend(text[:start] + data + body, page=page)[0], said


def _data(text: str, path: str, known: Known) -> str:
    """YAML mended, or as it was if it then says something else than it should."""
    mended = text
    for _ in range(PASSES):
        values, problems = yamlread.read(mended, path)
        if problems:
            return text
        better = slips.mend(mended, list(_records(values, path)), known)
        if better == mended:
            break
        mended = better
    if path in AS_TYPED:
        return mended
    mended = _if_same(mended, quotes.in_data(mended), path)
    values, _ = yamlread.read(mended, path)
    return _if_same(mended, order.mend(mended, list(_records(values, path))), path)


def _if_same(before: str, after: str, path: str) -> str:
    """``after`` if it says the same as ``before``, quotation marks and order apart."""
    values, problems = yamlread.read(after, path)
    same = not problems and _plain(values) == _plain(yamlread.read(before, path)[0])
    return after if same else before


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {name: _plain(content) for name, content in value.items()}
    if isinstance(value, list):
        return [_plain(content) for content in value]
    return value.translate(_MARKS) if isinstance(value, str) else value


_MARKS = str.maketrans({"“": '"', "”": '"', "’": "'"})


def _records(values: Map, path: str) -> Iterator[RawRecord]:
    """The records of a file, with their places in its data."""
    kind = kind_of_page(path) if path.endswith(PAGE_SUFFIX) else _kind_of_data(path)
    if kind is None:
        return
    if kind.folder:
        yield RawRecord(kind, PurePosixPath(path).stem, Place(path, 1, 1), values)
    elif path == kind.file:
        for record_id, fields in values.items():
            if isinstance(fields, Map):
                yield RawRecord(kind, record_id, Place(path, *values.keys_at[record_id]), fields)


def _kind_of_data(path: str) -> Kind | None:
    folder = path.rpartition("/")[0]
    return next((kind for kind in ALL_KINDS.values() if path == kind.file or folder == kind.folder), None)


# -- the command line ---------------------------------------------------------


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``fix`` to the command line."""
    parser = commands.add_parser("fix", help="mend what is mechanical: line ends, blanks, quotation marks, order, dates, names of fields")
    parser.add_argument("paths", nargs="*", metavar="PATH", help="only these files or folders, as they are called from the handbook's folder")
    parser.add_argument("--dry-run", action="store_true", help="show what would be done, and do nothing")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    root: Path = options.root
    base = check(root).base
    wanted = [path.strip("/").removeprefix("./") for path in options.paths]
    count = 0
    for path in sorted(base.files.checked):
        if not path.endswith((PAGE_SUFFIX, DATA_SUFFIX)) or (wanted and not any(overlap(path, other) for other in wanted)):
            continue
        if _file(root / path, path, base.known, write=not options.dry_run):
            count += 1
    print(f"{count} file{'s' if count != 1 else ''} {'to mend' if options.dry_run else 'mended'}")
    return 0


def _file(file: Path, path: str, known: Known, *, write: bool) -> bool:
    """Mend one file and show it. Returns whether there was anything to mend."""
    try:
        before = file.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):  # the check says so
        return False
    after, said = mend(before, path, known)
    if after == before:
        return False
    sys.stdout.writelines(f"{path}: {words}\n" for words in said)
    plain, _ = form.mend(before, page=path.endswith(PAGE_SUFFIX))
    sys.stdout.writelines(difflib.unified_diff(plain.splitlines(keepends=True), after.splitlines(keepends=True), path, path, n=0))
    if write:
        file.write_text(after, encoding="utf-8", newline="\n")
    return True
