"""Somebody's text as Markdown, as claims and as an id: always the same words, and never anything but text."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from handbook.load import MAX_ID
from handbook.views.parts import first_sentence

WIDTH = 96
MAX_CLAIM = 1_200
MAX_FIRST = 400

_MARKER = re.compile(r"[ \t]*(?P<sign>[-*+•–]|[0-9]{1,3}[.)])[ \t]+(?=\S)")
_MEANS = re.compile(r"[&<>`*_\[\]{}\\~^|]|=(?==)|\+(?=\+)|:(?=[a-z+-][a-z0-9_+-]*:)")
"""What means something to Markdown, HTML or a template wherever it stands in a line, or to other readers of Markdown."""

_AT_THE_START = re.compile(r"^(?P<digits>\d{0,9})(?P<sign>[-#+=:.)!?])", re.MULTILINE)
"""What means something to Markdown, to which any script's digits are digits, or to the check, at the start of a line."""


@dataclass(frozen=True)
class Piece:
    """A paragraph or a point of a list on one line, and the sign that made it a point."""

    text: str
    sign: str = ""

    @property
    def whole(self) -> str:
        """The text with its number, if it had one."""
        return f"{self.sign} {self.text}" if self.sign[:1].isdigit() else self.text


def pieces(text: str) -> list[Piece]:
    """The paragraphs of a text, with the points of its lists."""
    found: list[tuple[str, list[str]]] = [("", [])]
    for line in text.split("\n"):
        if not line.strip():
            found.append(("", []))
        elif marker := _MARKER.match(line):
            found.append((marker["sign"], [line[marker.end() :]]))
        else:
            found[-1][1].append(line)
    return [Piece(" ".join(" ".join(lines).split()), sign) for sign, lines in found if lines]


def points(text: str, sign: str) -> list[Piece]:
    """The points of a text that names one on each line, whether or not a sign begins it.

    A line that begins with a small letter goes on with the line above it.
    """
    found: list[str] = []
    if any(_MARKER.match(line) for line in text.split("\n")):
        found = [piece.text for piece in pieces(text)]
    else:
        for line in (" ".join(line.split()) for line in text.split("\n")):
            if line and found and line[0].islower():
                found[-1] += f" {line}"
            elif line:
                found.append(line)
    return [Piece(words, sign if len(found) > 1 else "") for words in found]


def prose(found: list[Piece], mark: str) -> str:
    """Paragraphs and lists in Markdown; each paragraph and each point ends with ``mark``.

    Points right behind each other make one list, with numbers if the first has
    one. In a list without, a number stays as a word.
    """
    lines: list[str] = []
    number = 0
    for piece, before in zip(found, [None, *found], strict=False):
        together = before is not None and before.sign and piece.sign
        numbered = bool(number) if together else piece.sign[:1].isdigit()
        number = number + 1 if numbered else 0
        lead = f"{number}. " if number else "- " if piece.sign else ""
        text = piece.text if numbered else piece.whole
        lines += [*([] if together or before is None else [""]), _wrapped(text, mark, lead)]
    return "\n".join(lines)


def _wrapped(text: str, mark: str, lead: str) -> str:
    """One paragraph or point, escaped; what is harmless stays readable for editors."""
    safe = _MEANS.sub(lambda sign: f"&#{ord(sign[0])};", text)
    lines = "\n".join(textwrap.wrap(safe, WIDTH - len(lead), break_long_words=False, break_on_hyphens=False))
    lines = _AT_THE_START.sub(lambda found: f"{found['digits']}&#{ord(found['sign'])};", lines)
    return f"{lead}{lines} {mark}".replace("\n", "\n" + " " * len(lead))


def claims(texts: Iterable[str], source: str) -> list[dict[str, object]]:
    """Claims that rest on a source, in pieces that a field can hold."""
    return [
        {"text": part, "basis": "reported", "sources": [{"source": source}]}
        for text in texts
        for part in textwrap.wrap(text, MAX_CLAIM, break_on_hyphens=False)
    ]


def first(text: str) -> str:
    """The first sentence of a text, ended by a full stop if it has no end of its own, and cut if it is long."""
    sentence = textwrap.shorten(first_sentence(text), MAX_FIRST, placeholder=" …")
    return sentence if sentence.endswith((".", "!", "?", "…", "”", '"', ")")) else f"{sentence}."


_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "ð": "d", "þ": "th", "ł": "l", "đ": "d", "ı": "i"})


def slug(words: str, otherwise: str) -> str:
    """An id out of ``words``: small letters, digits and single hyphens, cut at the end of a word; ``otherwise`` if nothing is left."""
    plain = unicodedata.normalize("NFKD", words.casefold().translate(_LETTERS))
    plain = "".join(c for c in plain if not unicodedata.combining(c)).replace("'", "").replace("’", "")
    found = "-".join(re.findall(r"[a-z0-9]+", plain))
    if len(found) > MAX_ID:
        found = found[:MAX_ID].rpartition("-")[0] or found[:MAX_ID]
    return found or otherwise


def free(wanted: str, taken: Iterable[str]) -> str:
    """``wanted``, or with a number behind it if that is taken."""
    used = set(taken)
    names = (wanted if number == 1 else f"{wanted[: MAX_ID - 4].rstrip('-')}-{number}" for number in range(1, len(used) + 2))
    return next(name for name in names if name not in used)
