"""What other programs get: JSON Schemas for editors."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from handbook.base import Base
from handbook.model import KINDS


def schema(base: Base, kind: str) -> dict[str, Any]:
    """The JSON Schema of a record of ``kind``, with the vocabulary's tags as allowed values."""
    found = KINDS[kind].model.model_json_schema()
    del found["properties"]["id"]  # the file's name or the key; never written as a field
    _put_tags(found, base)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}


def _put_tags(node: Any, base: Base) -> None:
    if isinstance(node, dict):
        if isinstance(group := node.pop("tag_group", None), str):
            node["enum"] = list(base.vocabulary.get(group, ()))
        if isinstance(kind := node.pop("record_kind", None), str):
            words, added = node.get("description", ""), f"The {kind}'s id."
            node["description"] = words if added in words else f"{words} {added}".strip()
        for value in node.values():
            _put_tags(value, base)
    elif isinstance(node, list):
        for value in node:
            _put_tags(value, base)


def schemas(base: Base, folder: Path) -> Iterator[Path]:
    """Write one schema for each file or folder of records into ``folder``, and yield their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind in KINDS.values():
        content = schema(base, kind.name)
        if kind.file:
            content = {
                "$schema": content.pop("$schema"),
                "type": "object",
                "additionalProperties": {key: value for key, value in content.items() if key != "$defs"},
                "$defs": content.get("$defs", {}),
            }
        path = folder / f"{kind.name}.schema.json"
        path.write_text(json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
        yield path
