"""What a claim must rest on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from handbook.base import Base
from handbook.model import Claim, Effort, OrganisationKind, Source
from handbook.problem import Problem, Rule, nearest
from handbook.records import Loc, field_name, place_of

NO_SOURCE = Rule(
    "claim-without-source",
    "this is marked '{basis}' and names no source",
    "add 'sources:' with the source and the passage, or mark it 'suggested' if it is the editors' own advice",
)
NO_PASSAGE = Rule(
    "passage-missing",
    "the source '{source}' lists its passages, and none is named",
    "add 'passage:' with one of them, for example '{example}'",
)
UNKNOWN_PASSAGE = Rule("passage-unknown", "the source '{source}' has no passage '{passage}'", "did you mean '{nearest}'?")
NO_PASSAGES = Rule("passage-not-listed", "the source '{source}' lists no passages", "leave the passage out, or list it under the source first")
UNUSED_SOURCE = Rule("source-unused", "nothing cites this source", "cite it where it supports a claim, or remove it")
UNCITED = Rule(
    "passage-uncited",
    "no lesson and no recommendation rests on the passage '{passage}'",
    "cite it in a lesson or a recommendation, or say under 'context:' why none does",
)
NOT_CONTEXT = Rule(
    "context-not-needed",
    "the passage '{passage}' is excused as context, and '{user}' cites it",
    "remove the line 'context:'",
)
NO_APPRAISAL = Rule("appraisal-missing", "a report needs its passages and an appraisal", "add 'passages:' and 'appraisal:'")


def claims_name_their_source(base: Base) -> Iterator[Problem]:
    """What is reported or inferred names the source that it is reported or inferred from."""
    for raw, record in base.all():
        for loc, part in _claims(record):
            if part.basis != "suggested" and not part.sources:
                yield NO_SOURCE.at(place_of(raw, (*loc, "basis")), field_name((*loc, "basis")), basis=part.basis)


def _claims(part: Any, loc: Loc = ()) -> Iterator[tuple[Loc, Any]]:
    if isinstance(part, Claim | Effort | OrganisationKind):
        yield loc, part
    elif isinstance(part, tuple):
        for index, item in enumerate(part):
            if not isinstance(item, str):
                yield from _claims(item, (*loc, index))
    elif hasattr(type(part), "model_fields"):
        for name, info in type(part).model_fields.items():
            value = getattr(part, name)
            if value and not isinstance(value, str):
                yield from _claims(value, (*loc, info.alias or name))


def citations_name_a_real_place(base: Base) -> Iterator[Problem]:
    """A citation names a passage if the source lists passages, one that it lists, and none otherwise."""
    for cited in base.citations:
        source: Source | None = base.records["source"].get(cited.source)
        if source is None:
            continue
        if source.passages and cited.passage is None:
            yield NO_PASSAGE.at(cited.place, cited.field, source=cited.source, example=next(iter(source.passages)))
        elif source.passages and cited.passage not in source.passages:
            guess = nearest(cited.passage or "", list(source.passages)) or next(iter(source.passages))
            yield UNKNOWN_PASSAGE.at(cited.place, cited.field, source=cited.source, passage=cited.passage, nearest=guess)
        elif cited.passage and not source.passages:
            yield NO_PASSAGES.at(cited.place, cited.field, source=cited.source)


def sources_are_used(base: Base) -> Iterator[Problem]:
    """Each source is cited somewhere."""
    cited = {item.source for item in base.citations}
    for source_id in base.records["source"]:
        if source_id not in cited:
            yield UNUSED_SOURCE.at(base.raw("source", source_id).place, source_id)


def passages_go_somewhere(base: Base) -> Iterator[Problem]:
    """Each passage supports a lesson or a recommendation, or says why none rests on it; an excuse no longer needed goes."""
    users: dict[tuple[str, str | None], str] = {}
    for cited in base.citations:
        if cited.kind in {"lesson", "recommendation"}:
            users.setdefault((cited.source, cited.passage), cited.id)
    for source_id, source in base.records["source"].items():
        raw = base.raw("source", source_id)
        for passage_id, passage in source.passages.items():
            user = users.get((source_id, passage_id))
            place = place_of(raw, ("passages", passage_id))
            if user is None and passage.context is None:
                yield UNCITED.at(place, "passages " + passage_id, passage=passage_id)
            elif user is not None and passage.context is not None:
                place = place_of(raw, ("passages", passage_id, "context"))
                yield NOT_CONTEXT.at(place, f"passages {passage_id} context", passage=passage_id, user=user)


def reports_are_appraised(base: Base) -> Iterator[Problem]:
    """A report lists its passages and says how far to trust it."""
    for source_id, source in base.records["source"].items():
        if source.kind == "report" and not (source.passages and source.appraisal):
            yield NO_APPRAISAL.at(base.raw("source", source_id).place, source_id)


RULES = (
    claims_name_their_source,
    citations_name_a_real_place,
    sources_are_used,
    passages_go_somewhere,
    reports_are_appraised,
)
