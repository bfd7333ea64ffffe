"""The order of a record's fields, which is that of the model."""

from __future__ import annotations

from handbook.load import RawRecord
from handbook.yamlread import Map


def mend(text: str, raws: list[RawRecord]) -> str:
    """``text`` with the fields of its records in their order, each with the lines and the notes that belong to it.

    A record with a field that nobody knows, or with two fields on one line, is left as it is.
    """
    lines = text.split("\n")
    for raw in raws:
        _record(lines, raw)
    return "\n".join(lines)


def _record(lines: list[str], raw: RawRecord) -> None:
    order = [info.alias or name for name, info in raw.kind.model.model_fields.items()]
    values: Map = raw.values
    starts = {name: values.keys_at[name][0] - 1 for name in values}
    if not set(values) <= set(order) or len(set(starts.values())) < len(starts) or not starts:
        return
    indent = values.keys_at[next(iter(values))][1] - 1
    begin = {name: _with_notes(lines, start, indent) for name, start in starts.items()}
    written = sorted(begin, key=begin.__getitem__)
    wanted = sorted(written, key=order.index)
    if written == wanted:
        return
    ends = [*(begin[name] for name in written[1:]), _end(lines, starts[written[-1]], indent)]
    blocks = {name: lines[begin[name] : end] for name, end in zip(written, ends, strict=True)}
    lines[begin[written[0]] : ends[-1]] = [line for name in wanted for line in blocks[name]]


def _with_notes(lines: list[str], start: int, indent: int) -> int:
    """Where a field begins, with the notes right above it."""
    while start and lines[start - 1].startswith(" " * indent + "#"):
        start -= 1
    return start


def _end(lines: list[str], start: int, indent: int) -> int:
    """The line behind the last field: the next that is not indented more than it, without empty lines before that."""
    end = start + 1
    while end < len(lines) and (not lines[end].strip() or _indent(lines[end]) > indent or lines[end].startswith(" " * indent + "- ")):
        end += 1
    while end > start + 1 and not lines[end - 1].strip():
        end -= 1
    return end


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
