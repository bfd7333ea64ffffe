"""The field reference: every field of every kind of record, read off the models."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handbook.model import KINDS, Entry


def field_reference(vocabulary: Mapping[str, Mapping[str, Entry]]) -> list[dict[str, Any]]:
    """For each kind of record: where it is kept, and its fields with their parts.

    A field has its name, what it is for, whether it is needed, what it may
    hold (in words), its allowed tags if it takes tags, and an example.
    """
    kinds = []
    for kind in KINDS.values():
        schema = kind.model.model_json_schema()
        parts = schema.get("$defs", {})
        kinds.append(
            {
                "name": kind.name,
                "plural": kind.plural,
                "where": f"{kind.folder}/" if kind.folder else kind.file,
                "one_file_each": kind.folder is not None,
                "description": (kind.model.__doc__ or "").strip().split("\n")[0],
                "fields": _fields(schema, vocabulary),
                "parts": [
                    {"name": _spaced(name), "description": part.get("description", "").split("\n")[0], "fields": _fields(part, vocabulary)}
                    for name, part in sorted(parts.items())
                ],
            }
        )
    return kinds


def _fields(schema: Mapping[str, Any], vocabulary: Mapping[str, Mapping[str, Entry]]) -> list[dict[str, Any]]:
    needed = set(schema.get("required", ()))
    rows = []
    for name, field in schema.get("properties", {}).items():
        if name == "id" and "aliases" in schema["properties"]:
            continue
        group = _find(field, "tag_group")
        rows.append(
            {
                "name": name,
                "description": field.get("description", ""),
                "needed": name in needed,
                "holds": _holds(field),
                "group": group,
                "tags": list(vocabulary.get(group, ())) if group else [],
                "example": (field.get("examples") or [None])[0],
            }
        )
    return rows


def _find(node: Any, key: str) -> Any:
    if isinstance(node, dict):
        if key in node:
            return node[key]
        node = list(node.values())
    if isinstance(node, list):
        for value in node:
            if (found := _find(value, key)) is not None:
                return found
    return None


def _holds(field: Mapping[str, Any]) -> str:
    """What a field holds, in words."""
    for option in field.get("anyOf", ()):
        if option.get("type") != "null":
            return _holds(option)
    if "$ref" in field:
        return _spaced(field["$ref"].rsplit("/", 1)[-1])
    if field.get("type") == "array":
        return f"list of: {_holds(field.get('items', {}))}"
    if field.get("type") == "object":
        return "records by id"
    if "tag_group" in field:
        return "tag"
    if "record_kind" in field:
        return f"id of a {field['record_kind']}"
    return {"integer": "whole number", "boolean": "true or false"}.get(field.get("type", ""), _text(field))


def _text(field: Mapping[str, Any]) -> str:
    if field.get("format") == "date":
        return "day"
    pattern = field.get("pattern", "")
    if "https?" in pattern:
        return "web address"
    if "\\n" in pattern:
        return "one line"
    return "id" if pattern else "text"


def _spaced(name: str) -> str:
    return "".join(f" {c.lower()}" if c.isupper() else c for c in name).strip()


