"""What a claim must rest on."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base import Base, cited_by, parts
from handbook.load import DOCS
from handbook.model import KINDS, Claim, Effort, OrganisationKind, Passage, Source
from handbook.problem import Guess, Problem, Rule, nearest
from handbook.records import field_name, place_of
from handbook.yamlread import Map

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
UNKNOWN_PASSAGE = Rule("passage-unknown", "the source '{source}' has no passage '{passage}'", "add it to the source first")
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
NO_APPRAISAL = Rule(
    "appraisal-missing",
    "a report needs the list of its passages and an appraisal, and one of them is missing",
    "add 'passages:' or 'appraisal:', as other reports in this file have them",
)
SAME_MARK = Rule(
    "mark-twice",
    "marks in the text call this source '{mark}', and the source '{other}' as well",
    "give it a field 'short:' with a short name of its own",
)

RESTING = ("lesson", "recommendation")


def claims_name_their_source(base: Base) -> Iterator[Problem]:
    """What is reported or inferred names the source that it is reported or inferred from."""
    for raw, record in base.all():
        for loc, part in parts(record, (Claim, Effort, OrganisationKind)):
            if part.basis != "suggested" and not part.sources:
                yield NO_SOURCE.at(place_of(raw, (*loc, "basis")), field_name((*loc, "basis")), basis=part.basis)


def citations_name_a_real_place(base: Base) -> Iterator[Problem]:
    """A citation names a passage if the source lists passages, one that it lists, and none otherwise."""
    for cited in base.citations:
        source: Source | None = base.records["source"].get(cited.source)
        if source is None:
            continue
        if source.passages and cited.passage is None:
            yield NO_PASSAGE.at(cited.place, cited.field, source=cited.source, example=next(iter(source.passages)))
        elif source.passages and cited.passage not in source.passages:
            guess = Guess(cited.passage or "", source.passages)
            yield UNKNOWN_PASSAGE.at(cited.place, cited.field, source=cited.source, passage=cited.passage, nearest=guess)
        elif cited.passage and not source.passages:
            yield NO_PASSAGES.at(cited.place, cited.field, source=cited.source)


def sources_are_used(base: Base) -> Iterator[Problem]:
    """Each source is cited somewhere."""
    cited = {item.source for item in base.citations} | {source for raw in base.spoilt for source, _ in cited_by(raw)}
    citing = [kind for kind in KINDS if kind != "source"]
    for source_id, raw in base.files.records["source"].items():
        if source_id not in cited and not base.may_name(source_id, *citing, DOCS):
            yield UNUSED_SOURCE.at(raw.place, source_id)


def passages_go_somewhere(base: Base) -> Iterator[Problem]:
    """Each passage supports a lesson or a recommendation, or says why none rests on it."""
    users = _users(base)
    pages = [f"{DOCS}/{KINDS[kind].page_folder}" for kind in RESTING]
    for source_id, raw in base.files.records["source"].items():
        passages = raw.values.get("passages")
        for passage_id, passage in passages.items() if isinstance(passages, Map) else ():
            if (source_id, passage_id) in users or not isinstance(passage, Map) or _is_excused(passage):
                continue
            if not base.may_name(passage_id, *RESTING, *pages):
                yield UNCITED.at(place_of(raw, ("passages", passage_id)), f"passages {passage_id}", passage=passage_id)


def _is_excused(passage: Map) -> bool:
    """Whether a passage says why nothing rests on it, perhaps under a mistyped name."""
    return "context" in passage or nearest("context", [name for name in passage if name not in Passage.model_fields]) is not None


def excuses_are_needed(base: Base) -> Iterator[Problem]:
    """No passage that supports a lesson or a recommendation says why none rests on it."""
    users = _users(base)
    for source_id, source in base.records["source"].items():
        for passage_id, passage in source.passages.items():
            if passage.context is not None and (user := users.get((source_id, passage_id))):
                place = place_of(base.raw("source", source_id), ("passages", passage_id, "context"))
                yield NOT_CONTEXT.at(place, f"passages {passage_id} context", passage=passage_id, user=user)


def _users(base: Base) -> dict[tuple[str, str | None], str]:
    """The first lesson or recommendation that rests on each passage."""
    found: dict[tuple[str, str | None], str] = {}
    for cited in base.citations:
        if cited.kind in RESTING:
            found.setdefault((cited.source, cited.passage), cited.id)
    for raw in base.spoilt:
        if raw.kind.name in RESTING:
            found.update(((source, passage), raw.id) for source, passage in cited_by(raw) if isinstance(passage, str))
    return found


def reports_are_appraised(base: Base) -> Iterator[Problem]:
    """A report lists its passages and says how far to trust it."""
    for source_id, source in base.records["source"].items():
        if source.kind == "report" and not (source.passages and source.appraisal):
            yield NO_APPRAISAL.at(base.raw("source", source_id).place, source_id)


def marks_tell_sources_apart(base: Base) -> Iterator[Problem]:
    """No two sources have the same name in the marks of the text."""
    seen: dict[str, str] = {}
    for source_id, source in base.records["source"].items():
        other = seen.setdefault(source.mark.casefold(), source_id)
        if other != source_id:
            loc = ("short",) if source.short else ("publisher",)
            yield SAME_MARK.at(place_of(base.raw("source", source_id), loc), f"{source_id} {loc[0]}", mark=source.mark, other=other)


PRESENT = (claims_name_their_source, citations_name_a_real_place, excuses_are_needed, reports_are_appraised, marks_tell_sources_apart)
ABSENT = (sources_are_used, passages_go_somewhere)
