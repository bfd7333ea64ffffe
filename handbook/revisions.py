"""The data, pages and settings of any version of the handbook: one that git keeps, or a folder.

Nothing of such a version is run, and no setting or filter that it brings is
heeded: git only hands over the bytes of its files. Links are made last, so
that nothing can be written through one.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from handbook.load import DATA, DOCS, OWN_ASSETS

LINK = "120000"
FILES = ("100644", "100755")
"""Modes of git."""

CONTENT = (DATA, DOCS)
SETTINGS = "mkdocs.yml"
"""Read by the check, for the menu."""
NEITHER = (
    "CHANGELOG.md",
    "CITATION.cff",
    "CONTRIBUTING.md",
    "README.md",
    "data/faults.yaml",
    "data/promises.yaml",
)
"""Files that go with a change of either sort: they tell of both, or say in words what a rule or a test does."""
MADE = (
    ".github/ISSUE_TEMPLATE/",
    ".github/PULL_REQUEST_TEMPLATE.md",
    "data/accessibility.yaml",
    "docs/about/licences.md",
    "docs/assets/forms/",
)
"""Files, and folders of files, that a command writes, whatever it was that changed."""

LEFT_OUT = {".git", ".venv", "site", "node_modules", "__pycache__"}
"""What is no part of a folder's version."""


class NoSuchVersion(Exception):  # noqa: N818  (it is no error of the program)
    """There is neither a revision nor a folder of this name."""


def is_folder(name: str) -> bool:
    """Whether ``name`` means a folder with a handbook in it rather than a revision."""
    return (Path(name) / DATA).is_dir()


def commit(root: Path, name: str) -> str:
    """The commit that ``name`` means in the repository ``root``. Raises :class:`NoSuchVersion`."""
    done = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    if done.returncode != 0:
        raise NoSuchVersion(name)
    return done.stdout.decode().strip()


def parting(root: Path, base: str, head: str) -> str:
    """The last commit that two commits have in common, or ``base`` if none is known: what came after it on base is no part of head's change."""
    done = _git(root, "merge-base", base, head)
    return done.stdout.decode().split()[0] if done.returncode == 0 else base


def write(root: Path, revision: str, target: Path) -> None:
    """Write the data, pages and settings of the commit ``revision`` below ``target``."""
    entries = list(_entries(root, revision))
    wanted = "".join(f"{name}\n" for _, name, _ in entries).encode()
    blobs = _blobs(_git(root, "cat-file", "--batch", feed=wanted).stdout)
    links = []
    for (mode, _, path), blob in zip(entries, blobs, strict=True):
        if mode == LINK:
            links.append((path, blob))
        else:
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            (target / path).write_bytes(blob)
    for path, blob in links:
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).symlink_to(os.fsdecode(blob))


def _entries(root: Path, revision: str) -> Iterator[tuple[str, str, str]]:
    """Mode, name and path of every file and link of the data, the pages and the settings."""
    listed = _git(root, "ls-tree", "-r", "-z", "--full-tree", revision, "--", *CONTENT, SETTINGS).stdout
    for entry in filter(None, listed.split(b"\0")):
        about, _, path = entry.partition(b"\t")
        mode, _, name = about.decode().split()
        parts = os.fsdecode(path).split("/")
        if mode in (*FILES, LINK) and not {"", ".", ".."}.intersection(parts):
            yield mode, name, os.fsdecode(path)


def _blobs(batch: bytes) -> Iterator[bytes]:
    """The files in an answer of ``git cat-file --batch``."""
    at = 0
    while at < len(batch):
        end = batch.index(b"\n", at)
        size = int(batch[at:end].split()[2])
        yield batch[end + 1 : end + 1 + size]
        at = end + 1 + size + 1


def changed(root: Path, base: str, head: str) -> list[str]:
    """The paths of all files that differ between two commits."""
    listed = _git(root, "diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", "--no-textconv", base, head).stdout
    return sorted(os.fsdecode(path) for path in listed.split(b"\0") if path)


def differing(base: Path, head: Path) -> list[str]:
    """The paths of all files that differ between two folders."""
    before, after = dict(_hashes(base)), dict(_hashes(head))
    return sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))


def _hashes(folder: Path) -> Iterator[tuple[str, str]]:
    for top, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in LEFT_OUT]
        for name in names:
            path = Path(top) / name
            held = os.fsencode(path.readlink()) if path.is_symlink() else path.read_bytes() if path.is_file() else b""
            yield path.relative_to(folder).as_posix(), hashlib.sha256(held).hexdigest()


def is_content(path: str) -> bool:
    """Whether a file holds what contributors write, and not what makes pages of it."""
    written = path.startswith(tuple(f"{top}/" for top in CONTENT)) and not path.startswith(tuple(f"{top}/" for top in OWN_ASSETS))
    return written and not goes_with_either(path)


def is_machinery(path: str) -> bool:
    """Whether a file makes pages, and holds nothing that contributors write."""
    return not is_content(path) and not goes_with_either(path)


def goes_with_either(path: str) -> bool:
    """Whether a file may come with content and with machinery."""
    return path in NEITHER or path.startswith(MADE)


def _git(root: Path, *arguments: str, feed: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    command = ("git", "-C", str(root), *arguments)
    return subprocess.run(command, input=feed, capture_output=True, check=False)  # noqa: S603  (no text of a version is among them but after --)
