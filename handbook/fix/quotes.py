"""Quotation marks: those of texts are typographic, those of calls straight."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from handbook.yamlread import LOADER

_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_CURLY_CALL = re.compile(r"\{\{ ?[a-z_]+\([^{}\n]*\) ?\}\}")
_KEPT = re.compile(r"\{\{[^{}]*\}\}|(`+)[^`]+\1|\]\([^()\n]*\)|https?://\S+|<[^<>\n]+>")
"""What is no running text: calls, code, addresses."""

_FENCED = re.compile(r"^([ \t]*)(`{3,}|~{3,})[^\n]*\n.*?^[ \t]*\2[ \t]*$", re.MULTILINE | re.DOTALL)


def in_page(text: str) -> str:
    """The text of a page, without its front matter, with its quotation marks mended."""
    text = _CURLY_CALL.sub(lambda call: re.sub("[“”„‟]", '"', call[0]), text)
    parts, end = [], 0
    for fence in _FENCED.finditer(text):
        parts += [_paragraphs(text[end : fence.start()]), fence[0]]
        end = fence.end()
    return "".join([*parts, _paragraphs(text[end:])])


_INDENTED = re.compile(r"\n*(?:(?: {4}|\t)[^\n]*(?:\n|\Z))+")
_HOLDS_MORE = re.compile(r"\s*(?:[-*+:]|[0-9]+[.)]|!!!|\?\?\?|===|\[\^)")
"""What begins a paragraph that indented ones belong to, such as a point of a list."""


def _paragraphs(text: str) -> str:
    """Paragraphs with their quotation marks mended, but for those that are code because they are indented."""
    parts, holds = [], False
    for part in re.split(r"(\n[ \t]*\n)", text):
        indented = _INDENTED.fullmatch(part) is not None
        if part.strip() and not indented:
            holds = _HOLDS_MORE.match(part) is not None
        parts.append(part if indented and not holds else _running(part))
    return "".join(parts)


def in_data(text: str) -> str:
    """YAML with the quotation marks in its texts mended. Those around a text belong to YAML."""
    parts, end = [], 0
    for start, stop in _texts(text):
        parts += [text[end:start], _running(text[start:stop])]
        end = stop
    return "".join([*parts, text[end:]])


def _texts(text: str) -> Iterator[tuple[int, int]]:
    """Where the texts without quotation marks around them begin and end; nothing if it cannot be read."""
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    try:
        events = [event for event in yaml.parse(text, Loader=LOADER) if isinstance(event, yaml.ScalarEvent)]
    except (yaml.YAMLError, ValueError, OverflowError):
        return
    for event in events:
        if event.style not in {"'", '"'}:
            first, last = event.start_mark, event.end_mark
            yield starts[first.line] + first.column, min(starts[min(last.line, len(starts) - 1)] + last.column, len(text))


def _running(text: str) -> str:
    """Running text with typographic apostrophes, and with typographic quotation marks if each that opens has one that closes."""
    if "'" not in text and '"' not in text:
        return text
    hidden: list[str] = []

    def hide(found: re.Match[str]) -> str:
        hidden.append(found[0])
        return "\0"

    shown = _APOSTROPHE.sub("’", _KEPT.sub(hide, text))
    shown = _pairs(shown)
    kept = iter(hidden)
    return re.sub("\0", lambda _: next(kept), shown)


def _pairs(text: str) -> str:
    places = [found.start() for found in re.finditer('"', text)]
    opens = [at == 0 or text[at - 1] in " \t\n([-–—/\0" for at in places]
    if not places or opens != [number % 2 == 0 for number in range(len(places))] or len(places) % 2:
        return text
    signs = list(text)
    for at, opening in zip(places, opens, strict=True):
        signs[at] = "“" if opening else "”"
    return "".join(signs)
