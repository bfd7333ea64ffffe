"""Turn raw values into records, and every misfit into a problem with its place.

The models in :mod:`handbook.model` decide what fits. This module only words
their verdicts for people who write the files, and finds the line and column.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from handbook.load import RawRecord
from handbook.model import Known, Record
from handbook.problem import Place, Problem, Rule, nearest
from handbook.yamlread import Map, Seq

Loc = tuple[int | str, ...]

MISSING = Rule("field-missing", "this field is missing", "add a line '{name}:' ({help})")
UNKNOWN = Rule("field-unknown", "there is no field of this name in a {kind}", "did you mean '{nearest}'? Otherwise remove it")
NOT_TEXT = Rule("field-not-text", "this should be one piece of text, and it is {got}", "write the text on the same line, after the colon")
NOT_LIST = Rule("field-not-list", "this should be a list, and it is {got}", "put each entry on a line of its own that begins with '- '")
NOT_FIELDS = Rule("field-not-fields", "this should have fields of its own, and it is {got}", "put its fields on the following lines, each indented by two spaces")
TOO_SHORT = Rule("text-empty", "the text is empty", "write something between the quotes, or remove the line")
TOO_LONG = Rule("text-too-long", "the text is longer than {limit} characters", "shorten it, or say the rest in another field")
TOO_FEW = Rule("list-too-short", "the list has fewer than {least}", "add at least {least}")
NOT_ONE_LINE = Rule("text-not-one-line", "the text runs over more than one line", "write it as one line")
NOT_ID = Rule("id-shape", "'{value}' cannot be an id", "use small letters a to z, digits and single hyphens, as in 'living-lab'")
NOT_URL = Rule("address-shape", "'{value}' is not a full web address", "begin with https:// and leave out blanks, quotation marks and angle brackets")
NOT_NUMBER = Rule("number-shape", "'{value}' is not a whole number", "write digits only, for example 8")
NUMBER_RANGE = Rule("number-range", "the number is out of range", "write a number from {low} to {high}")
BAD_DAY = Rule("day-shape", "'{value}' is not a day", "write year, month and day with hyphens, for example 2026-11-22")
BAD_WHEN = Rule("date-shape", "'{value}' is not a date", "write the year, the month or the day, for example 2018, 2018-11 or 2018-11-07")
NO_SUCH_DAY = Rule("day-not-real", "there is no such day as {value}", "check the month and the day")
BAD_YES_NO = Rule("yes-no", "'{value}' is neither true nor false", "write true or false")
UNKNOWN_TAG = Rule("tag-unknown", "'{value}' is not one of the allowed tags of '{group}'", "did you mean '{nearest}'? Allowed: {allowed}")
UNKNOWN_ID = Rule("reference-unknown", "there is no {kind} with the id '{value}'", "did you mean '{nearest}'? Otherwise add that {kind} first")
OTHER = Rule("field-other", "this does not fit ({reason})", "compare it with another record of the same kind")


def validate(raw: RawRecord, known: Known) -> tuple[Record | None, list[Problem]]:
    """Make a record of raw values.

    Returns the record, or None and every reason why there is none.
    """
    try:
        record = raw.kind.model.model_validate(raw.values, context=known)
    except ValidationError as error:
        problems = [_word(raw, known, details) for details in error.errors(include_url=False, include_input=False)]
        problems.extend(_typed_id(raw))
        return None, problems
    typed = list(_typed_id(raw))
    return (None, typed) if typed else (record.model_copy(update={"id": raw.id}), [])


def _typed_id(raw: RawRecord) -> Iterator[Problem]:
    if "id" in raw.values:
        yield UNKNOWN.at(Place(raw.place.path, *raw.values.keys_at["id"]), "id", kind=raw.kind.name, nearest="aliases")


def place_of(raw: RawRecord, loc: Loc) -> Place:
    """Where the value at ``loc`` stands, or the innermost thing around it that exists."""
    node: Any = raw.values
    place = raw.place
    for step in loc:
        if isinstance(node, Map) and step in node:
            place, node = Place(raw.place.path, *node.values_at[step]), node[step]
        elif isinstance(node, Seq) and isinstance(step, int) and step < len(node):
            place, node = Place(raw.place.path, *node.items_at[step]), node[step]
        else:
            break
    return place


def key_place(raw: RawRecord, loc: Loc) -> Place:
    """Where the key at the end of ``loc`` stands."""
    node = value_at(raw, loc[:-1])
    if isinstance(node, Map) and loc[-1] in node:
        return Place(raw.place.path, *node.keys_at[str(loc[-1])])
    return place_of(raw, loc)


def value_at(raw: RawRecord, loc: Loc) -> Any:
    """The raw value at ``loc``, or None."""
    node: Any = raw.values
    for step in loc:
        try:
            node = node[step]
        except (KeyError, IndexError, TypeError):
            return None
    return node


def field_name(loc: Loc) -> str:
    """``loc`` as readers of a message see it: ``sources 2 passage`` for the passage of the second source."""
    return " ".join(str(step + 1) if isinstance(step, int) else step for step in loc)


def _word(raw: RawRecord, known: Known, details: Any) -> Problem:
    loc: Loc = tuple(step for step in details["loc"] if step != "[key]")
    kind, context = details["type"], details.get("ctx", {})
    field, place, value = field_name(loc), place_of(raw, loc), value_at(raw, loc)
    match kind:
        case "missing":
            return MISSING.at(place, field, name=loc[-1], help=_help(raw.kind.model, loc))
        case "extra_forbidden":
            names = _fields(_model_at(raw.kind.model, loc[:-1]) or raw.kind.model)
            guess = nearest(str(loc[-1]), names) or ", ".join(sorted(names))
            return UNKNOWN.at(key_place(raw, loc), field, kind=raw.kind.name, nearest=guess)
        case "string_type":
            return NOT_TEXT.at(place, field, got=_shape(value))
        case "tuple_type":
            return NOT_LIST.at(place, field, got=_shape(value))
        case "model_type" | "dict_type" | "model_attributes_type":
            return NOT_FIELDS.at(place, field, got=_shape(value))
        case "string_too_short":
            return TOO_SHORT.at(place, field)
        case "string_too_long":
            return TOO_LONG.at(place, field, limit=context["max_length"])
        case "too_short":
            return TOO_FEW.at(place, field, least=context["min_length"])
        case "string_pattern_mismatch":
            return _pattern(place, field, str(value if value is not None else loc[-1]), context["pattern"])
        case "int_parsing" | "int_type":
            return NOT_NUMBER.at(place, field, value=value)
        case "greater_than_equal" | "less_than_equal":
            low, high = _range(raw.kind.model, loc)
            return NUMBER_RANGE.at(place, field, low=low, high=high)
        case "bad_day":
            return BAD_DAY.at(place, field, value=context["value"])
        case "bad_when":
            return BAD_WHEN.at(place, field, value=context["value"])
        case "no_such_day":
            return NO_SUCH_DAY.at(place, field, value=context["value"])
        case "bad_yes_no":
            return BAD_YES_NO.at(place, field, value=context["value"])
        case "unknown_tag":
            allowed = list(known.tags.get(context["group"], ()))
            guess = nearest(context["value"], allowed) or (allowed[0] if allowed else "")
            return UNKNOWN_TAG.at(place, field, value=context["value"], group=context["group"], nearest=guess, allowed=", ".join(allowed))
        case "unknown_id":
            ids = list(known.ids.get(context["kind"], ()))
            guess = nearest(context["value"], ids) or "none is similar"
            return UNKNOWN_ID.at(place, field, value=context["value"], kind=context["kind"], nearest=guess)
    return OTHER.at(place, field, reason=details["msg"])


def _pattern(place: Place, field: str, value: str, pattern: str) -> Problem:
    if "https?" in pattern:
        return NOT_URL.at(place, field, value=value)
    if "\\n" in pattern:
        return NOT_ONE_LINE.at(place, field)
    return NOT_ID.at(place, field, value=value)


def _shape(value: Any) -> str:
    if isinstance(value, dict):
        return "a group of fields"
    if isinstance(value, list):
        return "a list"
    return "empty" if value is None else "a text"


@cache
def _fields(model: type[BaseModel]) -> list[str]:
    return [info.alias or name for name, info in model.model_fields.items() if not info.exclude]


def _field_info(model: type[BaseModel], name: str) -> Any:
    for field, info in model.model_fields.items():
        if name == (info.alias or field):
            return info
    return None


def _model_at(model: type[BaseModel], loc: Loc) -> type[BaseModel] | None:
    """The model of the part at ``loc``."""
    for step in loc:
        if isinstance(step, int):
            continue
        info = _field_info(model, step)
        if info is None:
            continue
        inner = _model_in(info.annotation)
        if inner is None:
            return None
        model = inner
    return model


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in get_args(annotation):
        if found := _model_in(argument):
            return found
    return None


def _help(model: type[BaseModel], loc: Loc) -> str:
    holder = _model_at(model, loc[:-1])
    info = _field_info(holder, str(loc[-1])) if holder else None
    text = (info.description if info else None) or "see another record of the same kind"
    return text[0].lower() + text[1:].rstrip(".")


def _range(model: type[BaseModel], loc: Loc) -> tuple[str, str]:
    holder = _model_at(model, loc[:-1])
    info = _field_info(holder, str(loc[-1])) if holder else None
    limits = {type(item).__name__: item for item in (info.metadata if info else ())}
    low = getattr(limits.get("Ge"), "ge", "any")
    high = getattr(limits.get("Le"), "le", "any")
    return str(low), str(high)
