"""Turn raw values into records, and every misfit into a problem with its place.

The models in :mod:`handbook.model` decide what fits. This module only words
their verdicts for people who write the files, and finds the line and column.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from handbook.load import RawRecord
from handbook.model import Known, Record
from handbook.problem import MOST, Guess, Place, Problem, Rule, nearest
from handbook.yamlread import Map, Seq

Loc = tuple[int | str, ...]

MISSING = Rule("field-missing", "this field is missing", "add a line '{name}:' ({help})")
EMPTY = Rule("field-empty", "this is empty", "write a value, or remove the line if it is not needed")
UNKNOWN = Rule("field-unknown", "there is no field of this name here", "remove it; the page docs/contribute/fields.md lists all fields")
TYPED_ID = Rule("field-id", "the id is the file's name, or the name above the fields, and is not written again", "remove the line")
NOT_TEXT = Rule("field-not-text", "this should be one piece of text, and it is {got}", "write the text on the same line, after the colon")
NOT_LIST = Rule("field-not-list", "this should be a list, and it is {got}", "put each entry on a line of its own that begins with '- '")
NOT_FIELDS = Rule(
    "field-not-fields",
    "this should have fields of its own, and it is {got}",
    "put its fields on the following lines, each indented by two more spaces",
)
TOO_SHORT = Rule("text-empty", "the text is empty", "write something between the quotation marks, or remove the line if it is not needed")
TOO_LONG = Rule("text-too-long", "the text is longer than {limit:,} characters", "shorten it, or say the rest in another field")
TOO_FEW = Rule(
    "list-too-short",
    "the list has too few entries ({count}, and at least {least} needed)",
    "add what is missing, each on a line of its own that begins with '- '",
)
NOT_ONE_LINE = Rule("text-not-one-line", "the text runs over more than one line", "write it as one line")
NOT_ID = Rule("id-shape", "'{value}' cannot be an id", "use small letters a to z, digits and single hyphens, as in 'living-lab'")
NOT_URL = Rule(
    "address-shape",
    "'{value}' is not a full web address",
    "write it as your browser shows it, as in https://www.example.org/page, without blanks, quotation marks and angle brackets",
)
NOT_TEST = Rule(
    "test-shape",
    "'{value}' is not the name of a test",
    "write the file, two colons and the test, as in tests/browser/test_private.py::test_a_search_stays_in_the_browser",
)
NOT_NUMBER = Rule("number-shape", "'{value}' is not a whole number", "write digits only, for example 8")
NUMBER_RANGE = Rule("number-range", "the number {value} is too small or too large", "write a number {range}")
BAD_DAY = Rule("day-shape", "'{value}' is not a day", "write year, month and day with hyphens, for example 2026-11-22")
BAD_WHEN = Rule("date-shape", "'{value}' is not a date", "write the year, the month or the day, for example 2018, 2018-11 or 2018-11-07")
NOT_YET = Rule("day-not-yet", "{value} has not come yet", "check the year, the month and the day")
NO_SUCH_DAY = Rule("day-not-real", "there is no such day as {value}", "check the month and the day")
BAD_YES_NO = Rule("yes-no", "'{value}' is neither true nor false", "write true or false")
UNKNOWN_TAG = Rule("tag-unknown", "'{value}' is not one of the allowed tags of '{group}'", "use one of: {allowed}")
UNKNOWN_ID = Rule("reference-unknown", "there is no {kind} with the id '{value}'", "add that {kind} first, or take its name out")

MISTYPED = 20
"""Fields of unknown names that are taken for mistyped ones at most: a file can have thousands."""


def validate(raw: RawRecord, known: Known, most: int = MOST + 1) -> tuple[Record | None, list[Problem]]:
    """Make a record of raw values.

    Returns the record, or None and the reasons why there is none, ``most`` of them.
    """
    record, faults = None, []
    try:
        record = raw.kind.model.model_validate({**raw.values, "id": raw.id}, context=known)
    except ValidationError as error:
        faults = [_fault(raw, known, details) for details in error.errors(include_url=False, include_input=False)]
    problems = list(islice(_problems(raw, faults), most))
    return (None if problems else record), problems


def _problems(raw: RawRecord, faults: list[_Fault]) -> Iterator[Problem]:
    """What the models found, in words, and what they cannot see. Nothing is said twice, nor of what is not a field."""
    strange = dict.fromkeys(fault.loc for fault in faults if fault.verdict == "extra_forbidden")
    if "id" in raw.values:
        strange["id",] = None
        yield TYPED_ID.at(key_place(raw, ("id",)), "id")
    empty = {loc: value for loc, value in _empty(raw.values) if not _within(loc, strange)}
    for loc, value in empty.items():
        yield (EMPTY if value is None else TOO_SHORT).at(place_of(raw, loc), field_name(loc))
    mistyped = _mistyped(raw, strange) if strange else set()
    for fault in faults:
        if not _within(fault.loc, empty) and fault.loc not in mistyped:
            yield from _WORDS.get(fault.verdict, _not_text)(fault)


def _within(loc: Loc, others: Container[Loc]) -> bool:
    """Whether ``loc`` is one of the others, or inside one of them."""
    return any(loc[:length] in others for length in range(1, len(loc) + 1))


def _empty(node: Any, loc: Loc = ()) -> Iterator[tuple[Loc, Any]]:
    """Where nothing is written, or only blanks."""
    for step, value in node.items() if isinstance(node, Map) else enumerate(node):
        if value is None or (isinstance(value, str) and not value.strip()):
            yield (*loc, step), value
        elif not isinstance(value, str):
            yield from _empty(value, (*loc, step))


def _mistyped(raw: RawRecord, strange: Iterable[Loc]) -> set[Loc]:
    """The fields that were probably meant by those of a name that does not exist."""
    meant = ((loc[:-1], nearest(str(loc[-1]), _absent(raw, loc[:-1]))) for loc in islice(strange, MISTYPED))
    return {(*around, name) for around, name in meant if name}


def _absent(raw: RawRecord, loc: Loc) -> list[str]:
    """The fields that could stand at ``loc`` and do not."""
    there = value_at(raw, loc)
    return [name for name in _fields(_model_at(raw.kind.model, loc) or raw.kind.model) if name not in there]


def place_of(raw: RawRecord, loc: Loc) -> Place:
    """Where the value at ``loc`` stands, or the innermost thing around it that exists."""
    node: Any = raw.values
    place = raw.place
    for step in loc:
        if isinstance(node, Map) and isinstance(step, str) and step in node:
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


@dataclass(frozen=True)
class _Fault:
    """What a model has against the value at ``loc``."""

    raw: RawRecord
    known: Known
    verdict: str
    loc: Loc
    value: Any
    context: Mapping[str, Any]

    @property
    def place(self) -> Place:
        return place_of(self.raw, self.loc)

    @property
    def field(self) -> str:
        return field_name(self.loc)

    @property
    def model(self) -> type[BaseModel]:
        return self.raw.kind.model


def _fault(raw: RawRecord, known: Known, details: Any) -> _Fault:
    loc: Loc = details["loc"]
    value = value_at(raw, loc)
    if loc[-1] == "[key]" and value is None:  # it is the name that does not fit
        loc, value = loc[:-1], loc[-2]
    return _Fault(raw, known, details["type"], loc, value, details.get("ctx", {}))


def _missing(fault: _Fault) -> Iterator[Problem]:
    yield MISSING.at(fault.place, fault.field, name=fault.loc[-1], help=_help(fault.model, fault.loc))


def _unknown(fault: _Fault) -> Iterator[Problem]:
    absent = _absent(fault.raw, fault.loc[:-1])
    yield UNKNOWN.at(key_place(fault.raw, fault.loc), fault.field, nearest=Guess(str(fault.loc[-1]), absent))


def _not_text(fault: _Fault) -> Iterator[Problem]:
    yield NOT_TEXT.at(fault.place, fault.field, got=_shape(fault.value))


def _not_list(fault: _Fault) -> Iterator[Problem]:
    yield NOT_LIST.at(fault.place, fault.field, got=_shape(fault.value))


def _not_fields(fault: _Fault) -> Iterator[Problem]:
    yield NOT_FIELDS.at(fault.place, fault.field, got=_shape(fault.value))


def _too_long(fault: _Fault) -> Iterator[Problem]:
    yield TOO_LONG.at(fault.place, fault.field, limit=fault.context["max_length"])


def _too_few(fault: _Fault) -> Iterator[Problem]:
    least, count = fault.context["min_length"], len(fault.value)
    if count < least:  # otherwise entries do not fit, which is said of each
        yield TOO_FEW.at(fault.place, fault.field, count=count, least=least)


def _pattern(fault: _Fault) -> Iterator[Problem]:
    pattern = fault.context["pattern"]
    if "\\n" in pattern:
        yield NOT_ONE_LINE.at(fault.place, fault.field)
    else:
        yield next((rule for part, rule in _SHAPES if part in pattern), NOT_ID).at(fault.place, fault.field, value=fault.value)


_SHAPES = (("https?", NOT_URL), ("::", NOT_TEST))
"""The rules about shapes, each with what only its pattern has."""


def _out_of_range(fault: _Fault) -> Iterator[Problem]:
    yield NUMBER_RANGE.at(fault.place, fault.field, value=fault.value, range=_range(fault.model, fault.loc))


def _unknown_tag(fault: _Fault) -> Iterator[Problem]:
    group, tags = fault.context["group"], tuple(fault.known.tags[fault.context["group"]])
    yield UNKNOWN_TAG.at(fault.place, fault.field, value=fault.value, group=group, nearest=Guess(fault.value, tags), allowed=tags)


def _unknown_id(fault: _Fault) -> Iterator[Problem]:
    kind = fault.context["kind"]
    guess = fault.known.renamed.get(kind, {}).get(fault.value) or Guess(fault.value, fault.known.ids[kind])
    yield UNKNOWN_ID.at(fault.place, fault.field, value=fault.value, kind=kind, nearest=guess)


def _with_value(rule: Rule) -> Callable[[_Fault], Iterator[Problem]]:
    def word(fault: _Fault) -> Iterator[Problem]:
        yield rule.at(fault.place, fault.field, value=fault.value)

    return word


_WORDS: dict[str, Callable[[_Fault], Iterator[Problem]]] = {
    "missing": _missing,
    "extra_forbidden": _unknown,
    "tuple_type": _not_list,
    "model_type": _not_fields,
    "dict_type": _not_fields,
    "string_too_long": _too_long,
    "too_short": _too_few,
    "string_pattern_mismatch": _pattern,
    "int_parsing_size": _out_of_range,
    "greater_than_equal": _out_of_range,
    "less_than_equal": _out_of_range,
    "bad_day": _with_value(BAD_DAY),
    "bad_when": _with_value(BAD_WHEN),
    "no_such_day": _with_value(NO_SUCH_DAY),
    "not_yet": _with_value(NOT_YET),
    "bad_whole": _with_value(NOT_NUMBER),
    "bad_yes_no": _with_value(BAD_YES_NO),
    "unknown_tag": _unknown_tag,
    "unknown_id": _unknown_id,
}
"""What words each of the models' verdicts. Those that are not here say that a value is not even text."""


def _shape(value: Any) -> str:
    if isinstance(value, dict):
        return "a group of fields"
    return "a list" if isinstance(value, list) else "a text"


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


def _range(model: type[BaseModel], loc: Loc) -> str:
    holder = _model_at(model, loc[:-1])
    info = _field_info(holder, str(loc[-1])) if holder else None
    marks = [mark for kind in get_args(info.annotation if info else None) for mark in getattr(kind, "__metadata__", ())]
    limits = {type(limit).__name__: limit for mark in marks for limit in getattr(mark, "metadata", ())}
    low, high = getattr(limits.get("Ge"), "ge", None), getattr(limits.get("Le"), "le", None)
    return f"from {low} to {high}" if high is not None else f"from {low} upwards"
