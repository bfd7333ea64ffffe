"""The outer form of a file: no byte order mark, plain line ends, no blanks at line ends, one line end at the end."""

from __future__ import annotations

import re
from collections.abc import Iterator

_AT_THE_END = re.compile(r"[ \t]+$", re.MULTILINE)
_BREAK = re.compile(r"(?<=\S)[ \t]{2,}\n(?=[ \t]*\S)")
"""Two blanks at the end of a line of a page break the line there, so they have a meaning."""


def mend(text: str, *, page: bool) -> tuple[str, list[str]]:
    """``text`` in plain form, and what was mended, in words."""
    said: list[str] = []
    if text.startswith("\ufeff"):
        text = text.lstrip("\ufeff")
        said.append("removed the byte order mark")
    if count := text.count("\r"):
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        said.append(f"made {count:,} line ends plain")
    if plain := sum(1 for _ in _blanks(text, page=page)):
        text = _without(text, page=page)
        said.append(f"removed the blanks at the end of {plain:,} lines")
    whole = text.rstrip("\n") + "\n" if text.strip() else text
    if whole != text:
        text = whole
        said.append("ended the file with one line end")
    return text, said


def _blanks(text: str, *, page: bool) -> Iterator[re.Match[str]]:
    breaks = {found.start() for found in _BREAK.finditer(text)} if page else set()
    return (found for found in _AT_THE_END.finditer(text) if found.start() not in breaks)


def _without(text: str, *, page: bool) -> str:
    kept, end = [], 0
    for found in _blanks(text, page=page):
        kept.append(text[end : found.start()])
        end = found.end()
    return "".join([*kept, text[end:]])
