"""Add entries to a list file by changing nothing else in it, so that its order and its notes stay as they are."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Any

from handbook import yamlwrite
from handbook.yamlread import Map, Seq, read


def entry(key: str, values: Mapping[str, Any]) -> str:
    """One entry of a list file."""
    return yamlwrite.write({key: dict(values)})


def append(text: str, new: str) -> str:
    """The list file ``text`` with the entry ``new`` at its end."""
    kept = text.rstrip("\n")
    return f"{kept}\n\n{new}" if kept else new


def extend(text: str, entry: str, field: str, item: Any) -> str:
    """The list file ``text`` with ``item`` at the end of the list ``field`` of one entry.

    Raises ``KeyError`` if the entry has no such list of blocks.
    """
    values, _ = read(text, "")
    fields = values[entry]
    items = fields[field] if isinstance(fields, Map) else None
    if not isinstance(items, Seq) or not items.items_at:
        raise KeyError(field)
    line, column = items.items_at[-1]
    lines = text.split("\n")
    after = line  # the line behind the last item, counted from 0
    while after < len(lines) and lines[after].strip() and _indent(lines[after]) >= column - 1:
        after += 1
    lead = " " * (column - 3)
    return "\n".join([*lines[:after], textwrap.indent(yamlwrite.write([item]), lead).rstrip("\n"), *lines[after:]])


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
