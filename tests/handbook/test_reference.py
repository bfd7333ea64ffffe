"""The field reference: every field of every kind of record, with words that a contributor understands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from handbook.check import check
from handbook.model import KINDS, Entry
from handbook.reference import field_reference


def models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A model and all models inside it."""
    yield model
    todo: list[Any] = [info.annotation for info in model.model_fields.values()]
    while todo:
        part = todo.pop()
        if isinstance(part, type) and issubclass(part, BaseModel):
            yield from models(part)
        todo.extend(get_args(part))


ALL = (*dict.fromkeys(found for kind in KINDS.values() for found in models(kind.model)), Entry)
FIELDS = [(model, name, info) for model in ALL for name, info in model.model_fields.items()]


def written(name: str, info: FieldInfo) -> str:
    return info.alias or name


@pytest.mark.parametrize("model", ALL)
def test_every_model_and_field_says_what_it_is_for_in_a_sentence(model: type[BaseModel]) -> None:
    said = {"": (model.__doc__ or "").split("\n")[0], **{name: info.description or "" for name, info in model.model_fields.items()}}
    for name, text in said.items():
        assert text[:1].isupper(), f"{model.__name__} {name}"
        assert text.endswith("."), f"{model.__name__} {name}"


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_a_record_and_of_its_parts_is_there_once_with_its_description(kind: str, root: Path) -> None:
    found = next(row for row in field_reference(check(root).base.vocabulary) if row["name"] == kind)
    described = [(field["name"], field["description"]) for field in found["fields"]]
    fields = KINDS[kind].model.model_fields.items()
    assert sorted(described) == sorted((written(name, info), info.description) for name, info in fields if name != "id")
    parts = {model.__name__: model for model in models(KINDS[kind].model) if model is not KINDS[kind].model}
    assert len(found["parts"]) == len(parts)
    shown = sorted((field["name"], field["description"]) for part in found["parts"] for field in part["fields"])
    assert shown == sorted((written(name, info), info.description) for model in parts.values() for name, info in model.model_fields.items())


def test_a_field_is_needed_if_the_model_asks_for_it() -> None:
    for row in field_reference({}):
        model = KINDS[row["name"]].model
        needed = {written(name, info) for name, info in model.model_fields.items() if info.is_required()}
        assert {field["name"] for field in row["fields"] if field["needed"]} == needed


def test_tags_are_listed_from_the_vocabulary_and_nowhere_else(root: Path) -> None:
    vocabulary = check(root).base.vocabulary
    groups = set()
    for row in field_reference(vocabulary):
        for field in (*row["fields"], *(field for part in row["parts"] for field in part["fields"])):
            assert field["tags"] == (list(vocabulary[field["group"]]) if field["group"] else [])
            groups.add(field["group"])
    assert groups - {None} <= vocabulary.keys()


@pytest.mark.parametrize(
    ("kind", "field", "holds"),
    [
        ("lesson", "title", "one line"),
        ("lesson", "summary", "text"),
        ("lesson", "kind", "tag"),
        ("lesson", "needs", "list of: tag"),
        ("lesson", "tools", "list of: id of a tool"),
        ("lesson", "sources", "list of: citation"),
        ("lesson", "reviewed", "day"),
        ("lesson", "sector_dependence", "sector dependence"),
        ("lesson", "aliases", "list of: id"),
        ("use", "organisations", "list of: id of an organisation"),
        ("use", "tool", "id of a tool"),
        ("use", "country", "tag"),
        ("use", "when", "year, month or day"),
        ("source", "published", "year, month or day"),
        ("source", "url", "web address"),
        ("source", "passages", "records by id"),
        ("sector", "home", "true or false"),
    ],
)
def test_what_a_field_holds_is_said_in_words(kind: str, field: str, holds: str) -> None:
    row = next(row for row in field_reference({}) if row["name"] == kind)
    assert next(found for found in row["fields"] if found["name"] == field)["holds"] == holds


def test_numbers_and_days_in_parts_are_said_in_words() -> None:
    tool = next(row for row in field_reference({}) if row["name"] == "tool")
    step = next(part for part in tool["parts"] if part["name"] == "step")
    assert {field["name"]: field["holds"] for field in step["fields"]}["weeks_before"] == "whole number"


def test_every_kind_says_where_its_records_are_kept() -> None:
    where = {row["name"]: (row["where"], row["one_file_each"]) for row in field_reference({})}
    assert where["lesson"] == ("docs/lessons/", True)
    assert where["use"] == ("data/uses/", True)
    assert where["sector"] == ("data/sectors.yaml", False)
    assert where.keys() == KINDS.keys()


def test_every_example_is_one_that_the_model_takes() -> None:
    for model, name, info in FIELDS:
        for example in info.examples or ():
            model.__pydantic_validator__.validate_assignment(model.model_construct(), name, example)


def test_there_are_examples_for_what_has_a_shape_of_its_own() -> None:
    lesson = next(row for row in field_reference({}) if row["name"] == "lesson")
    example = next(field for field in lesson["fields"] if field["name"] == "reviewed")["example"]
    assert dt.date.fromisoformat(example)
