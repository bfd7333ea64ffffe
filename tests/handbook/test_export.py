"""The JSON Schemas for editors agree with the check: they take the real records, and refuse what it refuses."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from handbook import export
from handbook.base import Base
from handbook.check import check
from handbook.model import KINDS
from tests.conftest import ROOT

JSON_TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int, "null": type(None)}
UNDERSTOOD = {
    "$defs", "$ref", "$schema", "additionalProperties", "anyOf", "default", "description", "enum", "examples",
    "format", "items", "maxItems", "maxLength", "maximum", "minItems", "minLength", "minimum", "pattern",
    "patternProperties", "properties", "propertyNames", "required", "title", "type",
}  # fmt: skip


class EditorLoader(yaml.SafeLoader):
    """YAML 1.2 as editors read it: no yes and no, no dates."""


EditorLoader.yaml_implicit_resolvers = {}
EditorLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
EditorLoader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|)$"), ["~", "n", ""])
EditorLoader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9][0-9]*)$"), list("-0123456789"))


def faults(schema: dict[str, Any], value: Any, top: dict[str, Any], where: str = "") -> Iterator[str]:
    """Where ``value`` does not fit ``schema``: the part of JSON Schema that pydantic uses."""
    assert schema.keys() <= UNDERSTOOD, schema.keys() - UNDERSTOOD
    if "$ref" in schema:
        yield from faults(top["$defs"][schema["$ref"].removeprefix("#/$defs/")], value, top, where)
    if "anyOf" in schema and all(any(faults(option, value, top)) for option in schema["anyOf"]):
        yield f"{where} fits nothing of what it may be"
    if "type" in schema and not isinstance(value, JSON_TYPES[schema["type"]]):
        yield f"{where} is no {schema['type']}"
        return
    if "enum" in schema and value not in schema["enum"]:
        yield f"{where} is {value!r}"
    if isinstance(value, str):
        yield from (f"{where} has no such shape" for pattern in [schema.get("pattern", "")] if not re.search(pattern, value))
        yield from _size_faults(schema, "Length", len(value), where)
    if isinstance(value, int):
        yield from _size_faults(schema, "imum", value, where)
    if isinstance(value, list):
        yield from _size_faults(schema, "Items", len(value), where)
        for index, item in enumerate(value):
            yield from faults(schema.get("items", {}), item, top, f"{where} {index}")
    if isinstance(value, dict):
        yield from _object_faults(schema, value, top, where)


def _size_faults(schema: dict[str, Any], what: str, size: int, where: str) -> Iterator[str]:
    if not schema.get(f"min{what}", size) <= size <= schema.get(f"max{what}", size):
        yield f"{where} is too small or too large"


def _object_faults(schema: dict[str, Any], value: dict[str, Any], top: dict[str, Any], where: str) -> Iterator[str]:
    properties = schema.get("properties", {})
    for name in schema.get("required", ()):
        if name not in value:
            yield f"{where} has no {name}"
    for name, item in value.items():
        for pattern, fitting in schema.get("patternProperties", {}).items():
            if re.search(pattern, name):
                yield from faults(fitting, item, top, f"{where} {name}")
        yield from faults(schema.get("propertyNames", {}), name, top, f"{where} {name}")
        if name in properties:
            yield from faults(properties[name], item, top, f"{where} {name}")
        elif schema.get("additionalProperties") is False:
            yield f"{where} has {name}"
        elif isinstance(schema.get("additionalProperties"), dict):
            yield from faults(schema["additionalProperties"], item, top, f"{where} {name}")


@cache
def base() -> Base:
    return check(ROOT).base


@pytest.fixture(scope="module")
def schemas(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    paths = export.schemas(base(), tmp_path_factory.mktemp("schemas") / "new folder")
    return {path.name.removesuffix(".schema.json"): json.loads(path.read_text(encoding="utf-8")) for path in paths}


def documents(kind: str) -> dict[str, Any]:
    """The real records of a kind as an editor sees them, by file."""
    found = KINDS[kind]
    if found.file:
        listed = yaml.load((ROOT / found.file).read_text(encoding="utf-8"), EditorLoader)  # noqa: S506  (a safe one)
        return {found.file: {} if listed is None and found.may_be_empty else listed}
    texts = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / str(found.folder)).iterdir() if path.name != "index.md"}
    return {name: yaml.load(text.split("---\n")[1] if text.startswith("---\n") else text, EditorLoader) for name, text in texts.items()}  # noqa: S506


@pytest.mark.parametrize("kind", KINDS)
def test_an_editor_takes_every_real_record(kind: str, schemas: dict[str, dict[str, Any]]) -> None:
    found = documents(kind)
    assert found
    for name, document in found.items():
        assert list(faults(schemas[kind], document, schemas[kind], name)) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_names_every_field_but_the_id(kind: str, schemas: dict[str, dict[str, Any]]) -> None:
    record = schemas[kind]["additionalProperties"] if KINDS[kind].file else schemas[kind]
    fields = KINDS[kind].model.model_fields.items()
    assert record["properties"].keys() == {info.alias or name for name, info in fields if name != "id"}
    assert set(record.get("required", ())) == {info.alias or name for name, info in fields if info.is_required()}
    assert record["additionalProperties"] is False


def test_the_allowed_tags_are_those_of_the_vocabulary(schemas: dict[str, dict[str, Any]]) -> None:
    properties = schemas["lesson"]["properties"]
    assert properties["kind"]["enum"] == list(base().vocabulary["kind"])
    assert properties["needs"]["items"]["enum"] == list(base().vocabulary["need"])
    assert schemas["use"]["properties"]["country"]["anyOf"][0]["enum"] == list(base().vocabulary["country"])
    assert schemas["sector"]["$defs"]["Claim"]["properties"]["basis"]["enum"] == list(base().vocabulary["basis"])


def test_every_list_of_tags_in_a_schema_is_a_group_of_the_vocabulary(schemas: dict[str, dict[str, Any]]) -> None:
    groups = [list(tags) for tags in base().vocabulary.values()]
    found = [node["enum"] for schema in schemas.values() for node in nodes(schema) if "enum" in node]
    assert found
    assert all(tags in groups for tags in found)


def nodes(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
    for value in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from nodes(value)


def test_nothing_of_the_handbook_s_own_is_left_in_a_schema(schemas: dict[str, dict[str, Any]]) -> None:
    assert not any({"tag_group", "record_kind"} & node.keys() for schema in schemas.values() for node in nodes(schema))
    assert "The condition's id." in schemas["lesson"]["properties"]["builds"]["items"]["description"]


def test_every_reference_inside_a_schema_leads_somewhere(schemas: dict[str, dict[str, Any]]) -> None:
    for schema in schemas.values():
        for node in nodes(schema):
            if "$ref" in node:
                assert node["$ref"].removeprefix("#/$defs/") in schema["$defs"]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"kind": "wrked"}, "kind is 'wrked'"),
        ({"title": "two\nlines"}, "title has no such shape"),
        ({"title": ""}, "title is too small or too large"),
        ({"needs": []}, "needs is too small or too large"),
        ({"needs": "win-companies"}, "needs is no array"),
        ({"colour": "red"}, "has colour"),
        ({"id": "x"}, "has id"),
        ({"sources": [{"passage": "x"}]}, "sources 0 has no source"),
        ({"tools": ["Living Lab"]}, "tools 0 has no such shape"),
    ],
)
def test_an_editor_refuses_what_the_check_refuses(change: dict[str, Any], fault: str, schemas: dict[str, dict[str, Any]]) -> None:
    lesson = next(iter(documents("lesson").values()))
    assert fault in "; ".join(faults(schemas["lesson"], {**lesson, **change}, schemas["lesson"]))


@pytest.mark.parametrize("when", ["2018", "2018-11", "2018-11-07"])
def test_an_editor_takes_a_year_without_quotes(when: str, schemas: dict[str, dict[str, Any]]) -> None:
    use = {**next(iter(documents("use").values())), **yaml.load(f"when: {when}", EditorLoader)}  # noqa: S506
    assert list(faults(schemas["use"], use, schemas["use"])) == []


def test_writing_the_schemas_twice_gives_the_same_files(tmp_path: Path) -> None:
    first = {path.name: path.read_bytes() for path in export.schemas(base(), tmp_path)}
    assert {path.name: path.read_bytes() for path in export.schemas(base(), tmp_path)} == first
    assert set(first) == {f"{kind}.schema.json" for kind in KINDS}
