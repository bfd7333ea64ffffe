"""Fingerprints of sources: enough to see that a text was copied, without its text.

A source's text may not be ours to publish. So only this is kept: for each run of
``RUN`` words of it, a short hash. A file holds one on each line, sorted, so
that not even the order of the runs is kept.

A hash is CRC-32. It is quick, which counts for thousands of lessons, and so
short that many runs of words have the same one. Nothing is said of a single
hash that fits: more than ``LIMIT`` words are several runs on end.
"""

from __future__ import annotations

import argparse
import re
import sys
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from zlib import crc32

from handbook.load import FINGERPRINTS
from handbook.model import ID_PATTERN

RUN = 8
"""Words of which each run has a hash."""

_SIGNS = "’‘“”„«»–—…·\xa0"
_BLANKS = bytes(byte if byte >= 0x80 or chr(byte).isalnum() else 0x20 for byte in range(256))  # noqa: PLR2004  (ASCII ends there)
WORD = re.compile(rf"[^\x00-/:-@\[-`{{-\x7f{_SIGNS}]+")
"""What counts as a word, in lower case: letters and digits."""

_TAG = re.compile(r"<[^<>]*>")


def words_of(text: str) -> list[bytes]:
    """The words of ``text``, as ``WORD`` finds them, but many times quicker. Capitals, signs and line ends do not count."""
    if not text.isascii():
        for sign in _SIGNS:
            text = text.replace(sign, " ")
    return text.lower().encode().translate(_BLANKS).split()


def _hash(words: Sequence[bytes], at: int) -> int:
    return crc32(b" ".join(words[at : at + RUN]))


def fingerprint(text: str) -> list[str]:
    """The hash of every run of ``RUN`` words of ``text``, sorted, each once. Tags of HTML are left out."""
    words = words_of(_TAG.sub(" ", unicodedata.normalize("NFKC", text)))
    return sorted({f"{_hash(words, at):08x}" for at in range(len(words) - RUN + 1)})


STEP = 4
"""A text is looked at in steps of so many words, so each run of ``RUN + STEP - 1`` words is found, and a shorter one not always."""

LIMIT = RUN + STEP - 2
"""Words in a row that may be a source's own: names, fixed terms and what cannot well be said otherwise."""


def may_be_copied(text: str, hashes: Collection[int]) -> bool:
    """Whether ``text`` can hold a run that :func:`runs` finds; quick, and sometimes wrongly true."""
    words = words_of(text)
    return any([crc32(b" ".join(words[at : at + RUN])) in hashes for at in range(0, len(words) - RUN + 1, STEP)])  # noqa: C419  (quicker)


def runs(words: Sequence[bytes], hashes: Collection[int]) -> Iterator[tuple[int, int]]:
    """Where the runs of more than ``LIMIT`` words that are in ``hashes`` begin and end."""
    end = 0
    for at in range(len(words) - RUN + 1):
        if at + RUN <= end or _hash(words, at) not in hashes:
            continue
        last = at
        while last + RUN < len(words) and _hash(words, last + 1) in hashes:
            last += 1
        end = last + RUN
        if end - at > LIMIT:
            yield at, end


# -- the command line ------------------------------------------------------------


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``fingerprint`` to the command line."""
    parser = commands.add_parser("fingerprint", help="keep a source's fingerprint, so that copied sentences are found")
    parser.add_argument("source", help="the source's id")
    parser.add_argument("file", type=Path, help="its text, in UTF-8; it is read and not kept")
    parser.set_defaults(run=lambda options: _keep(options.root, options.source, options.file))


def _keep(root: Path, source: str, file: Path) -> int:
    if not re.fullmatch(ID_PATTERN, source):
        print(f"{source!r} cannot be the id of a source", file=sys.stderr)
        return 1
    try:
        found = fingerprint(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        print(f"{file} cannot be read: {error}", file=sys.stderr)
        return 1
    if not found:
        print(f"{file} has fewer than {RUN} words", file=sys.stderr)
        return 1
    target = root / FINGERPRINTS / f"{source}.txt"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("".join(f"{line}\n" for line in found), encoding="ascii")
    print(f"{target}: {len(found):,} runs of {RUN} words")
    return 0
