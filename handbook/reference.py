"""The field reference: every field of every kind of record, read off the models."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handbook.model import ID_PATTERN, KINDS, URL_PATTERN, WHEN_PATTERN, Entry


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
                "fields": _fields(schema, vocabulary, parts),
                "parts": [
                    {"name": _spaced(name), "description": part.get("description", "").split("\n")[0], "fields": _fields(part, vocabulary, parts)}
                    for name, part in sorted(parts.items())
                ],
            }
        )
    return kinds


def _fields(schema: Mapping[str, Any], vocabulary: Mapping[str, Mapping[str, Entry]], parts: Mapping[str, Any]) -> list[dict[str, Any]]:
    needed = set(schema.get("required", ()))
    rows = []
    for name, field in schema.get("properties", {}).items():
        if name == "id" and "aliases" in schema["properties"]:
            continue
        group = _find(field, "tag_group")
        rows.append(
            {
                "name": name,
                "description": field.get("description") or _described(field, parts),
                "needed": name in needed,
                "holds": _holds(field),
                "group": group,
                "tags": list(vocabulary.get(group, ())) if group else [],
                "example": (field.get("examples") or [None])[0],
            }
        )
    return rows


def _described(field: Mapping[str, Any], parts: Mapping[str, Any]) -> str:
    """The description of the part that a field holds; the schema drops the field's own if the two are the same."""
    return str(parts[_name_of(field)]["description"]) if "$ref" in field else ""


def _name_of(field: Mapping[str, Any]) -> str:
    return str(field["$ref"]).rsplit("/", 1)[-1]


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
        return _spaced(_name_of(field))
    if field.get("type") == "array":
        return f"list of: {_holds(field.get('items', {}))}"
    return _SHAPES.get(field.get("type", "")) or _text(field)


_SHAPES = {"object": "records by id", "integer": "whole number", "boolean": "true or false"}


def _text(field: Mapping[str, Any]) -> str:
    if "tag_group" in field:
        return "tag"
    if "record_kind" in field:
        kind = str(field["record_kind"])
        return f"id of {'an' if kind[0] in 'aeio' else 'a'} {kind}"
    if field.get("format") == "date":
        return "day"
    return next((words for part, words in _PATTERNS if part in field.get("pattern", "")), "text")


_PATTERNS = ((WHEN_PATTERN, "year, month or day"), (URL_PATTERN, "web address"), (ID_PATTERN, "id"), ("\\n", "one line"))


def _spaced(name: str) -> str:
    return "".join(f" {c.lower()}" if c.isupper() else c for c in name).strip()
