"""What must be in place first, and what builds it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from handbook.base import Base
from handbook.problem import Problem, Rule
from handbook.records import field_name, place_of

BUILDS_WHAT_IT_NEEDS = Rule(
    "chain-self",
    "'{id}' builds the condition '{condition}' and cannot start without it",
    "make the requirement 'helps', or take the condition out of 'builds'",
)
CIRCLE = Rule(
    "chain-circle",
    "everything that builds the condition '{condition}' first needs it, by way of {circle}",
    "let one of them need it only as 'helps', or add a lesson or tool that builds it from nothing",
)
NOT_BUILT = Rule(
    "chain-one-way",
    "a lesson, a tool or a recommendation needs the condition '{condition}', and nothing builds it",
    "add it to 'builds' of a lesson or a tool, or say under 'given:' why nothing can",
)
GIVEN_BUT_BUILT = Rule(
    "given-not-needed",
    "the condition is said to be given, and '{builder}' builds it",
    "remove the line 'given:'",
)
TWICE = Rule("listed-twice", "'{value}' stands in this list twice", "remove one of the two")

BUILDERS = ("lesson", "tool")
NEEDERS = ("lesson", "tool", "recommendation")


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
    reached = {key for key, condition in base.records["condition"].items() if condition.given}
    builders = [(record, _musts(record)) for kind in BUILDERS for record in base.records[kind].values() if record.builds]
    built = {condition for record, _ in builders for condition in record.builds}
    while True:
        more = {c for record, musts in builders if musts & built <= reached for c in record.builds} - reached
        if not more:
            break
        reached |= more
    for condition in sorted(built - reached):
        if condition in base.records["condition"]:
            circle = sorted(record.id for record, _ in builders if condition in record.builds)
            yield CIRCLE.at(base.raw("condition", condition).place, condition, condition=condition, circle=", ".join(circle))


def conditions_have_a_way_in(base: Base) -> Iterator[Problem]:
    """Each condition that something needs is built by a lesson or a tool, or is said to be given; not both."""
    built: dict[str, str] = {}
    for kind in BUILDERS:
        for record in base.records[kind].values():
            for condition in record.builds:
                built.setdefault(condition, record.id)
    needed = {item.condition for kind in NEEDERS for record in base.records[kind].values() for item in record.requires}
    for key, condition in base.records["condition"].items():
        raw = base.raw("condition", key)
        if condition.given and key in built:
            yield GIVEN_BUT_BUILT.at(place_of(raw, ("given",)), f"{key} given", builder=built[key])
        elif key in needed and key not in built and not condition.given:
            yield NOT_BUILT.at(raw.place, key, condition=key)


def lists_name_each_thing_once(base: Base) -> Iterator[Problem]:
    """A list of tags, ids or requirements names each of them once."""
    for raw, record in base.all():
        for name, info in type(record).model_fields.items():
            value = getattr(record, name)
            if not isinstance(value, tuple) or len(value) < 2:  # noqa: PLR2004  (two of a kind)
                continue
            seen: set[str] = set()
            for index, item in enumerate(value):
                key = item if isinstance(item, str) else getattr(item, "condition", None)
                if key is None:
                    continue
                if key in seen:
                    loc = (info.alias or name, index)
                    yield TWICE.at(place_of(raw, loc), field_name(loc), value=key)
                seen.add(key)


def _musts(record: Any) -> set[str]:
    return {item.condition for item in record.requires if item.strength == "must"}


RULES = (
    nothing_builds_what_it_needs,
    conditions_can_be_reached,
    conditions_have_a_way_in,
    lists_name_each_thing_once,
)
