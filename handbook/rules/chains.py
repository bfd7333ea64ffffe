"""What must be in place first, and what builds it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from typing import Any, get_origin

from handbook.base import Base
from handbook.model import Record
from handbook.problem import Problem, Rule
from handbook.records import field_name, place_of

BUILDS_WHAT_IT_NEEDS = Rule(
    "chain-self",
    "'{id}' builds the condition '{condition}' and cannot start without it",
    "make the requirement 'helps', or take the condition out of 'builds'",
)
CIRCLE = Rule(
    "chain-circle",
    "nobody can begin here: {circle} must each have in place first what only the others build",
    "change one 'must' among them to 'helps', or add a lesson or a tool that builds this condition and needs none of theirs",
)
NOT_BUILT = Rule(
    "chain-one-way",
    "a lesson, a tool or a recommendation needs the condition '{condition}', and nothing builds it",
    "add it to 'builds' of a lesson or a tool, or say here under 'given:' why nothing can",
)
GIVEN_BUT_BUILT = Rule(
    "given-not-needed",
    "the condition is said to be given, and '{builder}' builds it",
    "remove the line 'given:'",
)
TWICE = Rule("listed-twice", "'{value}' stands in this list twice", "remove one of the two")

BUILDERS = ("lesson", "tool")
NEEDERS = ("lesson", "tool", "recommendation")
MOST_CIRCLES = 5


def nothing_builds_what_it_needs(base: Base) -> Iterator[Problem]:
    """A lesson or tool that cannot start without a condition does not build that same condition."""
    for kind in BUILDERS:
        for record_id, record in base.records[kind].items():
            musts = _musts(record)
            for index, condition in enumerate(record.builds):
                if condition in musts:
                    raw, loc = base.raw(kind, record_id), ("builds", index)
                    yield BUILDS_WHAT_IT_NEEDS.at(place_of(raw, loc), field_name(loc), id=record_id, condition=condition)


def conditions_can_be_reached(base: Base) -> Iterator[Problem]:
    """Each condition that something builds can be built by somebody who starts with nothing."""
    if not base.sound("condition", *BUILDERS):
        return
    builders: dict[str, list[tuple[str, set[str]]]] = {}
    for record in (record for kind in BUILDERS for record in base.records[kind].values()):
        for condition in record.builds:
            builders.setdefault(condition, []).append((record.id, _musts(record) - {condition}))
    reached = {key for key, condition in base.records["condition"].items() if condition.given or key not in builders}
    while more := {c for c, by in builders.items() if c not in reached and any(musts <= reached for _, musts in by)}:
        reached |= more
    before = {c: sorted({must for _, musts in by for must in musts} - reached) for c, by in builders.items() if c not in reached}
    for circle in _circles(before):
        names = sorted({name for condition in circle for name, _ in builders[condition]})
        yield CIRCLE.at(base.raw("condition", circle[0]).place, circle[0], circle=tuple(names))


def _circles(before: dict[str, list[str]]) -> Iterator[list[str]]:
    """Conditions that wait for each other in a circle; each of them in one circle only, and only the first circles."""
    for _ in range(MOST_CIRCLES):
        try:
            TopologicalSorter(before).prepare()
        except CycleError as error:
            circle = sorted(set(error.args[1]))
            yield circle
            before = {condition: musts for condition, musts in before.items() if condition not in circle}
        else:
            return


def conditions_have_a_way_in(base: Base) -> Iterator[Problem]:
    """Each condition that something needs is built by a lesson or a tool, or is said to be given."""
    if not base.sound(*BUILDERS):
        return
    built = _built(base)
    needed = {item.condition for kind in NEEDERS for record in base.records[kind].values() for item in record.requires}
    for key, condition in base.records["condition"].items():
        if key in needed and key not in built and not condition.given:
            yield NOT_BUILT.at(base.raw("condition", key).place, key, condition=key)


def given_conditions_are_not_built(base: Base) -> Iterator[Problem]:
    """Nothing builds a condition that is said to be given."""
    built = _built(base)
    for key, condition in base.records["condition"].items():
        if condition.given and key in built:
            yield GIVEN_BUT_BUILT.at(place_of(base.raw("condition", key), ("given",)), f"{key} given", builder=built[key])


def _built(base: Base) -> dict[str, str]:
    """Every condition that something builds, with the first that does."""
    found: dict[str, str] = {}
    for record in (record for kind in BUILDERS for record in base.records[kind].values()):
        for condition in record.builds:
            found.setdefault(condition, record.id)
    return found


def lists_name_each_thing_once(base: Base) -> Iterator[Problem]:
    """A list of tags, ids or requirements names each of them once."""
    for raw, record in base.all():
        for name, written in _lists(raw.kind.model):
            value = getattr(record, name)
            if len(value) < 2:  # noqa: PLR2004  (two of a kind)
                continue
            seen: set[str] = set()
            for index, item in enumerate(value):
                key = item if isinstance(item, str) else getattr(item, "condition", None)
                if key is None:
                    continue
                if key in seen:
                    loc = (written, index)
                    yield TWICE.at(place_of(raw, loc), field_name(loc), value=key)
                seen.add(key)


@cache
def _lists(model: type[Record]) -> tuple[tuple[str, str], ...]:
    """The fields of a model that are lists, and how each is written."""
    return tuple((name, info.alias or name) for name, info in model.model_fields.items() if get_origin(info.annotation) is tuple)


def _musts(record: Any) -> set[str]:
    return {item.condition for item in record.requires if item.strength == "must"}


PRESENT = (nothing_builds_what_it_needs, given_conditions_are_not_built, lists_name_each_thing_once)
ABSENT = (conditions_can_be_reached, conditions_have_a_way_in)
