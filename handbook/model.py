"""What is recorded: one frozen model for each kind of record.

This is the single definition of the data. Validation, the JSON Schemas for
editors and the field reference page are all derived from it. Raw fields are
what people write; whatever can be derived (reverse links, states, levels,
order) is computed in :mod:`handbook.relate` and never typed.

Text is plain text: it is shown as it is written and is never read as Markdown
or HTML.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, cast

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    StringConstraints,
    ValidationInfo,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError, core_schema

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
HOST_PATTERN = r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+"
PORT_PATTERN = r"(:([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?"
URL_PATTERN = rf"^https?://{HOST_PATTERN}{PORT_PATTERN}(/[!-;=?-~]*)?$"
TEST_PATTERN = r"^tests/[a-z0-9_/]+\.py::test_[a-z0-9_]+$"
WHEN_PATTERN = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"


@dataclass(frozen=True)
class Known:
    """What a text may be: the tags of each vocabulary group, the ids of each kind of record.

    A group or kind that is not among them could not be read, so nothing is
    held against a text that names one of its tags or ids. ``renamed`` has the
    present id for each old one.
    """

    tags: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    ids: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    renamed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def lacks_tag(self, group: str, tag: str) -> bool:
        """Whether ``tag`` is surely not one of the group."""
        return group in self.tags and tag not in self.tags[group]

    def lacks_id(self, kind: str, record_id: str) -> bool:
        """Whether there is surely no record of the kind with this id."""
        return kind in self.ids and record_id not in self.ids[kind]


@dataclass(frozen=True)
class Tag:
    """Marks a text that must be one of the tags of a group in ``data/vocabulary.yaml``.

    The tags are looked up in the :class:`Known` that validation is given as
    its context, so that the vocabulary file stays the only list of them.
    """

    group: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        def check(value: str, info: ValidationInfo) -> str:
            if isinstance(info.context, Known) and info.context.lacks_tag(self.group, value):
                raise PydanticCustomError("unknown_tag", "unknown tag", {"group": self.group, "value": value})
            return value

        schema = core_schema.with_info_after_validator_function(check, handler(source))
        return _described(schema, {"tag_group": self.group})


@dataclass(frozen=True)
class Ref:
    """Marks a text that must be the id of a record of the kind named."""

    kind: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        def check(value: str, info: ValidationInfo) -> str:
            if isinstance(info.context, Known) and info.context.lacks_id(self.kind, value):
                raise PydanticCustomError("unknown_id", "unknown id", {"kind": self.kind, "value": value})
            return value

        schema = core_schema.with_info_after_validator_function(check, handler(source))
        return _described(schema, {"record_kind": self.kind})


def _described(schema: core_schema.CoreSchema, extra: dict[str, str]) -> core_schema.CoreSchema:
    """``schema`` with ``extra`` in its JSON Schema, for editors and the field reference."""
    metadata = {**schema.get("metadata", {}), "pydantic_js_updates": extra}
    return cast("core_schema.CoreSchema", {**schema, "metadata": metadata})


WRITTEN = dt.date(2026, 11, 22)
"""A clock that shows an earlier day than this, on which the rule below was written, goes wrong."""


def _latest() -> dt.date:
    """The last day that can have come: tomorrow, because in the east it has begun."""
    return max(dt.datetime.now(tz=dt.UTC).date(), WRITTEN) + dt.timedelta(days=1)


def _day(value: Any) -> Any:
    """A day that has come, as year-month-day and nothing else; pydantic alone would also take a Unix time."""
    if isinstance(value, str):
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            raise PydanticCustomError("bad_day", "not a day", {"value": value})
        return _come(value, value)
    return value


def _come(day: str, value: str) -> dt.date:
    """``day`` as a date, if it exists and has come. ``value`` is what was written."""
    try:
        date = dt.date.fromisoformat(day)
    except ValueError:
        raise PydanticCustomError("no_such_day", "no such day", {"value": value}) from None
    if date > _latest():
        raise PydanticCustomError("not_yet", "not yet", {"value": value})
    return date


def _when(value: Any) -> Any:
    """A year, a month or a day that exists and has come."""
    if isinstance(value, str):
        if not re.fullmatch(WHEN_PATTERN, value):
            raise PydanticCustomError("bad_when", "not a date", {"value": value})
        _come(value + "-01-01"[len(value) - 4 :], value)
    return value


def _whole(value: Any) -> Any:
    """Digits and nothing else; pydantic alone would also take "1_0", "+5" and "1.0"."""
    if isinstance(value, str) and not re.fullmatch(r"[0-9]+", value):
        raise PydanticCustomError("bad_whole", "not a whole number", {"value": value})
    return value


def _yes_no(value: Any) -> Any:
    """``true`` or ``false`` and nothing else; pydantic alone would also take "on" and "y"."""
    if isinstance(value, str):
        if value not in {"true", "false"}:
            raise PydanticCustomError("bad_yes_no", "not true or false", {"value": value})
        return value == "true"
    return value


Text = Annotated[str, StringConstraints(min_length=1, max_length=1200)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=160, pattern=r"^[^\n]*$")]
Short = Annotated[str, StringConstraints(min_length=1, max_length=28, pattern=r"^[^\n]*$")]
Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=60)]
TestId = Annotated[str, StringConstraints(pattern=TEST_PATTERN, max_length=250)]
Url = Annotated[str, StringConstraints(pattern=URL_PATTERN, max_length=500)]
_WHEN_SCHEMA = {"anyOf": [{"type": "string", "pattern": WHEN_PATTERN}, {"type": "integer", "minimum": 1000, "maximum": 9999}]}
When = Annotated[str, BeforeValidator(_when), WithJsonSchema(_WHEN_SCHEMA)]  # an editor takes a year for a number; we read text
Day = Annotated[dt.date, BeforeValidator(_day)]
Weeks = Annotated[int, Field(ge=0, le=104), BeforeValidator(_whole)]
Months = Annotated[int, Field(ge=1, le=120), BeforeValidator(_whole)]
Count = Annotated[int, Field(ge=0), BeforeValidator(_whole)]
PageNumber = Annotated[int, Field(ge=1), BeforeValidator(_whole)]
YesNo = Annotated[bool, BeforeValidator(_yes_no)]

REVIEW_IN = "How many months after that it is due for another check. Leave it out for the usual time."


class Part(BaseModel):
    """Anything that stands inside a record."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Record(Part):
    """Anything that has an id of its own, which is its file's stem or its key.

    The id is set when the record is read; it is never written as a field.
    """

    id: Id = Field("", exclude=True, description="The file’s name without its ending, or the key in a list file.")
    aliases: tuple[Id, ...] = Field((), description="Ids that this record had before. An id is never used again for something else.")


class Citation(Part):
    """A source and the place in it."""

    source: Annotated[Id, Ref("source")] = Field(description="The source’s id.", examples=["report"])
    passage: Id | None = Field(
        None, description="The passage in the source. Needed where the source lists its passages.", examples=["smes-screening"]
    )


class Claim(Part):
    """A sentence or two, with what it rests on."""

    text: Text = Field(description="What is claimed, in your own words.")
    basis: Annotated[str, Tag("basis")] = Field(description="Whether a source says so, the editors conclude it, or the editors suggest it.")
    sources: tuple[Citation, ...] = Field((), description="Where it says so. Needed unless the claim is an editors’ suggestion.")


class Requirement(Part):
    """A condition, and how much depends on it."""

    condition: Annotated[Id, Ref("condition")] = Field(description="The condition’s id.")
    strength: Annotated[str, Tag("strength")] = Field(description="Whether it must be in place or only helps.")


class SectorDependence(Part):
    """How far a lesson hangs on the sector it was learned in. The editors’ inference, unless it names a source."""

    level: Annotated[str, Tag("dependence")] = Field(description="How strongly it is tied to its sector.")
    why: Text = Field(description="The reason.")
    sources: tuple[Citation, ...] = Field((), description="Where it says so. Leave it out if the editors conclude it.")


class Lesson(Record):
    """Something learned, worded as advice."""

    title: Line = Field(description="The lesson as advice, in one line.", examples=["Screen your members before you invite them"])
    summary: Text = Field(description="Two sentences: the situation, and what to do.")
    question: Line | None = Field(
        None, description="The question that this lesson answers, as a reader would ask it. Needed unless it is named under open."
    )
    field: Annotated[str, Tag("field")] = Field(description="Which of the report’s four fields it belongs to.")
    kind: Annotated[str, Tag("kind")] = Field(description="Whether it worked.")
    breadth: Annotated[str, Tag("breadth")] = Field(description="How widely the source says it was reported. Never a percentage.")
    learned_in: Annotated[Id, Ref("sector")] | None = Field(
        None, description="The sector in which it was learned. Leave it out if that was in the project, or if sector is named under open."
    )
    dissent: Claim | None = Field(None, description="Who saw it differently, if the source says so.")
    outcome_known: Annotated[str, Tag("outcome-known")] = Field(description="Whether the source says what came of it.")
    needs: tuple[Annotated[str, Tag("need")], ...] = Field(min_length=1, description="Which readers’ problems it helps with.")
    with_: tuple[Annotated[str, Tag("with")], ...] = Field(
        (), alias="with", description="Whom you work with when you use it. Needed unless it is named under open."
    )
    requires: tuple[Requirement, ...] = Field((), description="Conditions that must be in place, or that help. The editors’ reading.")
    builds: tuple[Annotated[Id, Ref("condition")], ...] = Field(
        (), description="Conditions that you are closer to after you follow it. The editors’ reading."
    )
    tools: tuple[Annotated[Id, Ref("tool")], ...] = Field((), description="Tools that put it into practice.")
    terms: tuple[Annotated[Id, Ref("term")], ...] = Field((), description="Glossary terms that a newcomer needs to read it.")
    sector_dependence: SectorDependence | None = Field(
        None, description="How far it hangs on the field in which it was learned. Needed unless it is named under open."
    )
    open: tuple[Annotated[str, Tag("open-question")], ...] = Field((), description="What nobody has answered yet. The page says so.")
    sources: tuple[Citation, ...] = Field(min_length=1, description="Where it is reported.")
    reviewed: Day | None = Field(None, description="The day on which somebody last checked it.", examples=["2026-11-22"])
    review_in: Months | None = Field(None, description=REVIEW_IN)


class RolePlay(Part):
    """What one role does."""

    role: Annotated[str, Tag("role")] = Field(description="The role.")
    does: Claim = Field(description="What whoever plays it does.")


class Block(Part):
    """A part of a tool that can be taken or left on its own."""

    id: Id = Field(description="The block’s id, unique within the tool.")
    name: Line = Field(description="What the block is called.")
    core: Annotated[str, Tag("core")] = Field(description="Whether the tool is still the same tool without it.")
    what: Claim = Field(description="What the block consists of.")


class Step(Part):
    """Something to do, in the order in which it is done."""

    phase: Annotated[str, Tag("phase")] = Field(description="When it is done.")
    name: Line = Field(description="The step in a few words.")
    role: Annotated[str, Tag("role")] = Field("matchmaker", description="Who does it.")
    weeks_before: Weeks | None = Field(
        None,
        description="Weeks before the event by which it should be done. Leave it out where nobody has said so and you do not want to suggest a time.",
    )
    do: Claim = Field(description="What to do.")


class Effort(Part):
    """What one size of a tool takes. Write unknown where nobody has said."""

    what: Text = Field(description="What is done at this size.")
    people: Text = Field(description="Who is needed, and for how long.")
    time: Text = Field(description="How long it takes from the decision to the follow-up.")
    money: Text = Field("unknown", description="What has to be paid for.")
    basis: Annotated[str, Tag("basis")] = Field(description="What this estimate rests on.")
    sources: tuple[Citation, ...] = Field((), description="Where it says so.")


class Efforts(Part):
    """The three sizes of a tool."""

    try_: Effort = Field(alias="try", description="The smallest version that still teaches something.")
    pilot: Effort = Field(description="One real run in your own region.")
    full: Effort = Field(description="The whole method, across borders.")


class Tool(Record):
    """A method that a cluster organisation can use."""

    title: Line = Field(description="The tool’s usual name.")
    summary: Text = Field(description="Two sentences: what it is, and what it is good for.")
    purpose: Claim = Field(description="What it is for.")
    needs: tuple[Annotated[str, Tag("need")], ...] = Field(min_length=1, description="Which readers’ problems it helps with.")
    with_: tuple[Annotated[str, Tag("with")], ...] = Field(alias="with", min_length=1, description="Whom you work with when you use it.")
    use_when: tuple[Claim, ...] = Field(min_length=1, description="When it fits.")
    not_when: tuple[Claim, ...] = Field(min_length=1, description="When to leave it alone.")
    roles: tuple[RolePlay, ...] = Field(min_length=1, description="Who does what.")
    blocks: tuple[Block, ...] = Field(min_length=2, description="The parts, so that a reader can take one and leave the rest.")
    steps: tuple[Step, ...] = Field(min_length=3, description="What to do, in order.")
    effort: Efforts = Field(description="What it takes in three sizes.")
    figures: tuple[Claim, ...] = Field((), description="Sizes and numbers on record.")
    side_effects: tuple[Claim, ...] = Field((), description="What else it brings, good or bad.")
    aka: tuple[Line, ...] = Field((), description="Other names for it, also in other languages.")
    requires: tuple[Requirement, ...] = Field((), description="Conditions that must be in place, or that help. The editors’ reading.")
    builds: tuple[Annotated[Id, Ref("condition")], ...] = Field(
        (), description="Conditions that you are closer to after you use it. The editors’ reading."
    )
    terms: tuple[Annotated[Id, Ref("term")], ...] = Field((), description="Glossary terms that a newcomer needs to read it.")
    sources: tuple[Citation, ...] = Field(min_length=1, description="Where it is named or described.")
    reviewed: Day | None = Field(None, description="The day on which somebody last checked it.")
    review_in: Months | None = Field(None, description=REVIEW_IN)


class OrganisationKind(Part):
    """What sort of body an organisation is."""

    is_: Annotated[str, Tag("organisation-kind")] = Field(alias="is", description="The sort of body.")
    basis: Annotated[str, Tag("basis")] = Field(description="What this rests on.")
    sources: tuple[Citation, ...] = Field((), description="Where it says so.")


class ClusterAnswer(Part):
    """Whether an organisation is a cluster organisation, and why we say so."""

    answer: Annotated[str, Tag("answer")] = Field(description="Yes, debatable or no.")
    reason: Claim = Field(description="Why.")


class Website(Part):
    """An address, and where we have it from."""

    url: Url = Field(description="The address.")
    sources: tuple[Citation, ...] = Field(min_length=1, description="Where we have it from.")


class Organisation(Record):
    """A partner of the project."""

    name: Line = Field(description="The official name as the partner list has it.")
    english: Line | None = Field(None, description="The name in English, if the official name is not.")
    country: Annotated[str, Tag("country")] = Field(description="The country.")
    listed: tuple[Citation, ...] = Field(min_length=1, description="Where it is listed as a partner.")
    city: Claim | None = Field(None, description="The town in which it is or was based. Leave it out where no source says so.")
    kind: OrganisationKind = Field(description="What sort of body it is.")
    cluster_organisation: ClusterAnswer = Field(description="Whether it is a cluster organisation.")
    focus: Claim | None = Field(None, description="What it works on.")
    role: tuple[Claim, ...] = Field((), description="What it did in the project.")
    later: tuple[Claim, ...] = Field((), description="What became of it. Leave it out where nothing was found.")
    website: Website | None = Field(None, description="Its address, if a source gives it.")


class SectorRole(Part):
    """Who plays a role in a sector."""

    role: Annotated[str, Tag("role")] = Field(description="The role.")
    who: Claim = Field(description="Who plays it in this sector.")


class SectorWord(Part):
    """A word from the energy field and what corresponds to it in a sector."""

    energy: Line = Field(description="The word as the energy clusters used it.")
    here: Claim = Field(description="What it means in this sector.")


class PublicPart(Part):
    """How far cities and regions play a part in a sector."""

    part: Annotated[str, Tag("public-part")] = Field(description="The part they play.")
    how_far: Annotated[str, Tag("extent")] = Field(description="How far they play it.")
    what: Claim = Field(description="What this looks like.")


class SectorNames(Part):
    """The sector’s name in the handbook’s six languages."""

    en: Line = Field(description="The name in English.")
    da: Line = Field(description="The name in Danish.")
    de: Line = Field(description="The name in German.")
    nb: Line = Field(description="The name in Norwegian Bokmål.")
    nl: Line = Field(description="The name in Dutch.")
    sv: Line = Field(description="The name in Swedish.")


class Sector(Record):
    """A field of the economy to which lessons may be carried over."""

    title: Line = Field(description="The sector’s name.")
    summary: Text = Field(description="Two sentences to a cluster manager in this sector.")
    names: SectorNames = Field(description="The sector’s name in six languages.")
    home: YesNo = Field(False, description="Whether the lessons come from this sector.")
    ecosystem: Claim = Field(description="Which of the EU’s industrial ecosystems it belongs to.")
    nace: Claim = Field(description="Which sections of the EU’s statistical classification it covers.")
    roles: tuple[SectorRole, ...] = Field(min_length=1, description="Who plays which role.")
    words: tuple[SectorWord, ...] = Field((), description="What the energy clusters’ words mean here.")
    public_side: tuple[PublicPart, ...] = Field((), description="How far cities and regions buy, regulate and own.")
    watch_out: tuple[Claim, ...] = Field((), description="What makes this sector different from energy.")
    first_lessons: tuple[Annotated[Id, Ref("lesson")], ...] = Field(min_length=3, description="Lessons to read first.")
    first_tools: tuple[Annotated[Id, Ref("tool")], ...] = Field(min_length=1, description="Tools to look at first.")
    terms: tuple[Annotated[Id, Ref("term")], ...] = Field((), description="Glossary terms that a newcomer needs to read it.")
    monday: Claim = Field(description="What to do on Monday.")
    reviewed_by: Line | None = Field(
        None, description="The organisation from this sector that has checked this guide. Leave it out while nobody has."
    )
    reviewed: Day | None = Field(None, description="The day on which somebody last checked it.")
    review_in: Months | None = Field(None, description=REVIEW_IN)


class ConditionLevels(Part):
    """What the three answers look like."""

    have: Text = Field(description="What it looks like when you have it.")
    can_get: Text = Field(description="What it looks like when you can get it in time.")
    do_not_have: Text = Field(description="What it looks like when you do not have it.")


class Condition(Record):
    """Something that must be in place, or that helps, before a transfer can work."""

    title: Line = Field(description="The condition in a few words.")
    question: Text = Field(description="The condition as a question to the reader.")
    find_out: Text = Field(description="How the reader can find out.")
    levels: ConditionLevels = Field(description="What the three answers look like.")
    group: Annotated[str, Tag("condition-group")] = Field(description="The group it belongs to.")
    because: Claim = Field(description="Why it matters.")
    given: Text | None = Field(None, description="Why nothing in this handbook builds it, if that is so.")


class SmallTry(Part):
    """The smallest honest try, and when to stop it."""

    what: Claim = Field(description="What to try.")
    stop: Claim = Field(description="When to stop.")


class Proposal(Part):
    """The place where a source proposes a recommendation for other sectors."""

    sector: Annotated[Id, Ref("sector")] | None = Field(
        None, description="The sector that the source names. Leave it out where the source speaks of other sectors in general."
    )
    sources: tuple[Citation, ...] = Field(min_length=1, description="Where it says so.")


class NotHere(Part):
    """A sector in which a recommendation makes no sense."""

    sector: Annotated[Id, Ref("sector")] = Field(description="The sector.")
    why: Claim = Field(description="Why not.")


class Recommendation(Record):
    """Advice to clusters in other sectors."""

    title: Line = Field(description="The advice in one line.")
    summary: Text = Field(description="Two sentences: what to do, and why it may carry over.")
    because: tuple[Claim, ...] = Field(min_length=1, description="Why.")
    lessons: tuple[Annotated[Id, Ref("lesson")], ...] = Field(min_length=1, description="The lessons behind it.")
    tools: tuple[Annotated[Id, Ref("tool")], ...] = Field((), description="The tools that put it into practice.")
    needs: tuple[Annotated[str, Tag("need")], ...] = Field(min_length=1, description="Which readers’ problems it helps with.")
    with_: tuple[Annotated[str, Tag("with")], ...] = Field(alias="with", min_length=1, description="Whom you work with when you follow it.")
    requires: tuple[Requirement, ...] = Field(min_length=1, description="Conditions that must be in place, or that help. The editors’ reading.")
    adapt: tuple[Claim, ...] = Field(min_length=1, description="What to change for your sector.")
    first_step: Claim = Field(description="What to do this month.")
    small_try: SmallTry = Field(description="The smallest honest try.")
    misfit_signs: tuple[Claim, ...] = Field(min_length=1, description="Early signs that it does not fit.")
    proposed: tuple[Proposal, ...] = Field((), description="Where a source proposes it. Leave it out where only the editors do.")
    does_not_apply: tuple[NotHere, ...] = Field((), description="Sectors in which it makes no sense.")
    reviewed: Day | None = Field(None, description="The day on which somebody last checked it.")
    review_in: Months | None = Field(None, description=REVIEW_IN)


class BlockChange(Part):
    """What was done with one block of a tool."""

    block: Id = Field(description="The id of the tool’s block.")
    how: Claim = Field(description="What was done with it.")


class Use(Record):
    """One time that somebody did it."""

    title: Line = Field(description="What it was called, or what it was.")
    tool: Annotated[Id, Ref("tool")] | None = Field(None, description="The tool that was used.")
    recommendations: tuple[Annotated[Id, Ref("recommendation")], ...] = Field((), description="The recommendations that were followed.")
    sector: Annotated[Id, Ref("sector")] = Field(description="The sector in which it was done.")
    organisations: tuple[Annotated[Id, Ref("organisation")], ...] = Field((), description="Partners who ran it or took part.")
    country: Annotated[str, Tag("country")] | None = Field(None, description="The country. Leave it out if it was held online.")
    place: Line = Field(description="The town or site, or online.")
    when: When = Field(description="The year, month or day.", examples=["2018-11-07", "2018-11", "2018"])
    when_note: Claim | None = Field(None, description="What is unsure about the date.")
    owner: Claim | None = Field(None, description="Whose problem it was. Needed unless it is named under open.")
    challenge: Claim | None = Field(None, description="What was looked for. Needed unless it is named under open.")
    done: tuple[Claim, ...] = Field((), description="What was done, in the order in which it happened.")
    changes: tuple[Claim, ...] = Field((), description="What was done otherwise than the handbook says, where no block of the tool is named.")
    effort: tuple[Claim, ...] = Field((), description="What it took, in working days and in money.")
    who_came: tuple[Claim, ...] = Field((), description="Who and how many took part. Leave it out where no source says so.")
    kept: tuple[BlockChange, ...] = Field((), description="Blocks used as described.")
    changed: tuple[BlockChange, ...] = Field((), description="Blocks that were changed.")
    dropped: tuple[BlockChange, ...] = Field((), description="Blocks that were left out.")
    outcome: Annotated[str, Tag("outcome")] = Field(description="What came of it, in one word.")
    judged_by: Annotated[str, Tag("judge")] = Field(description="Who says so.")
    result: tuple[Claim, ...] = Field((), description="What came of it. Leave it out where no source says so.")
    not_known: tuple[Text, ...] = Field((), description="What no source says.")
    open: tuple[Annotated[str, Tag("open-question")], ...] = Field((), description="What nobody has answered yet. The page says so.")
    sources: tuple[Citation, ...] = Field(min_length=1, description="Where it is reported.")


class Passage(Part):
    """A paragraph of a source."""

    heading: Line = Field(description="The heading under which it stands.")
    section: Annotated[str, Tag("field")] | None = Field(None, description="The report’s field to which it belongs.")
    page: PageNumber | None = Field(None, description="The page on which the section begins.")
    gist: Text = Field(description="What it says, in one sentence of your own.")
    context: Text | None = Field(None, description="Why no lesson or recommendation rests on it, if that is so.")


class Concern(Part):
    """One of the four questions of an appraisal."""

    concern: Annotated[str, Tag("concern")] = Field(description="How large the concern is.")
    reason: Text = Field(description="Why.")


class Appraisal(Part):
    """How far to trust a source. After the GRADE-CERQual approach to findings from qualitative evidence."""

    gathering: Concern = Field(description="How the material was gathered.")
    coherence: Concern = Field(description="How well what it says hangs together and fits other sources.")
    adequacy: Concern = Field(description="How much material there is, and how rich it is.")
    relevance: Concern = Field(description="How well it fits the question that this handbook asks.")


class Source(Record):
    """Something that can be cited."""

    title: Text = Field(description="The title.")
    publisher: Line = Field(description="Who published it.")
    short: Short | None = Field(
        None, description="A short name for marks in the text, unlike any other source’s. Leave it out if the publisher’s name does."
    )
    authors: tuple[Line, ...] = Field((), description="Who wrote it, if it says so.")
    kind: Annotated[str, Tag("source-kind")] = Field(description="What sort of source it is.")
    published: When | None = Field(None, description="The year, month or day of publication, if it says so.")
    url: Url | None = Field(None, description="The address. Leave it out where there is none.")
    archived: Url | None = Field(None, description="The address of a stored copy.")
    accessed: When | None = Field(None, description="When it was last read.")
    language: Annotated[str, Tag("language")] = Field(description="The language it is written in.")
    note: Text | None = Field(None, description="What a reader should know about it, for example that only its beginning was read.")
    named: YesNo | None = Field(
        None, description="Whether the organisation agreed to be named as the one that gave the account. Needed for accounts, and only for them."
    )
    passages: dict[Id, Passage] = Field(default_factory=dict, description="Its paragraphs, by id. Needed for the report.")
    appraisal: Appraisal | None = Field(None, description="How far to trust it. Needed for reports.")

    @property
    def mark(self) -> str:
        """What marks in the text call it. They give the year as well, but for a source of which they name the passage."""
        year = f" {self.published[:4]}" if self.published and not self.passages else ""
        return (self.short or self.publisher) + year


class Words(Part):
    """A term in the five other languages. Leave a language out where there is no settled word."""

    da: Line | None = Field(None, description="The word in Danish.")
    de: Line | None = Field(None, description="The word in German.")
    nb: Line | None = Field(None, description="The word in Norwegian Bokmål.")
    nl: Line | None = Field(None, description="The word in Dutch.")
    sv: Line | None = Field(None, description="The word in Swedish.")


class Term(Record):
    """A word that a reader may not know."""

    term: Line = Field(description="The word in English.")
    definition: Claim = Field(description="What it means in this handbook.")
    is_not: Claim | None = Field(None, description="What it is often mistaken for.")
    synonyms: tuple[Line, ...] = Field((), description="Other English words for it.")
    words: Words = Field(description="The word in the other five languages. The editors’ translation.")
    tools: tuple[Annotated[Id, Ref("tool")], ...] = Field((), description="Tools that the word names or belongs to.")


class Version(Part):
    """What some sources say."""

    says: Text = Field(description="What they say.")
    sources: tuple[Citation, ...] = Field(min_length=1, description="Which sources say it.")


class Conflict(Record):
    """Something on which sources disagree."""

    title: Line = Field(description="What they disagree on.")
    versions: tuple[Version, ...] = Field(min_length=2, description="What each side says.")
    reading: Claim = Field(description="What this handbook uses, and why.")


class Gap(Record):
    """Something that was looked for and not found."""

    title: Line = Field(description="The question.")
    looked: Text = Field(description="Where we looked.")
    matters: Text = Field(description="Why it matters to the reader.")
    tools: tuple[Annotated[Id, Ref("tool")], ...] = Field((), description="Tools that the question is about.")
    uses: tuple[Annotated[Id, Ref("use")], ...] = Field((), description="Uses that the question is about.")


class Said(Part):
    """What readers say, by language. A word that ends in * stands for all words that begin so."""

    en: tuple[Line, ...] = Field((), description="In English.")
    da: tuple[Line, ...] = Field((), description="In Danish.")
    de: tuple[Line, ...] = Field((), description="In German.")
    nb: tuple[Line, ...] = Field((), description="In Norwegian Bokmål.")
    nl: tuple[Line, ...] = Field((), description="In Dutch.")
    sv: tuple[Line, ...] = Field((), description="In Swedish.")


class Wording(Record):
    """Words that readers type into the search for something that the handbook calls otherwise. The editors’ choice."""

    said: Said = Field(description="What readers say: words, or a few words that must all be there.")
    means: tuple[Line, ...] = Field((), description="The handbook’s own words for it.")
    silent: YesNo = Field(default=False, description="Side by side, these words say nothing of what is looked for, as in *get the mayor on board*.")
    needs: tuple[Annotated[str, Tag("need")], ...] = Field((), description="The readers’ problems that it speaks of.")
    lessons: tuple[Annotated[Id, Ref("lesson")], ...] = Field((), description="Lessons that answer it.")
    tools: tuple[Annotated[Id, Ref("tool")], ...] = Field((), description="Tools that answer it.")
    recommendations: tuple[Annotated[Id, Ref("recommendation")], ...] = Field((), description="Recommendations that answer it.")
    conditions: tuple[Annotated[Id, Ref("condition")], ...] = Field((), description="Conditions that answer it.")
    sectors: tuple[Annotated[Id, Ref("sector")], ...] = Field((), description="Sectors that it belongs to.")
    terms: tuple[Annotated[Id, Ref("term")], ...] = Field((), description="Glossary terms that answer it.")
    uses: tuple[Annotated[Id, Ref("use")], ...] = Field((), description="Uses that answer it.")
    gaps: tuple[Annotated[Id, Ref("gap")], ...] = Field((), description="Questions without an answer that it asks.")
    conflicts: tuple[Annotated[Id, Ref("conflict")], ...] = Field((), description="Conflicts of sources that it asks about.")
    pages: tuple[Line, ...] = Field((), description="Other pages that answer it, by their path below docs.")


class Contribution(Part):
    """Something that was contributed: a lesson, a tool, a record of use, or something else in words."""

    lesson: Annotated[Id, Ref("lesson")] | None = Field(None, description="The lesson.")
    tool: Annotated[Id, Ref("tool")] | None = Field(None, description="The tool.")
    use: Annotated[Id, Ref("use")] | None = Field(None, description="The record of use.")
    what: Line | None = Field(None, description="What it was, if it is no record of its own, for example a correction.")
    when: Day = Field(description="The day on which it was given.")


class Contributor(Record):
    """An organisation that has contributed, and has agreed to be named."""

    name: Line = Field(description="The organisation’s name.")
    agreed: Day = Field(description="The day on which it agreed to be named.")
    person: Line | None = Field(None, description="The name of the person who wrote it. Only if that person has asked for it.")
    person_agreed: Day | None = Field(None, description="The day on which that person asked to be named. Needed with a name.")
    contributions: tuple[Contribution, ...] = Field(min_length=1, description="What was contributed.")


class Tick(Part):
    """Something to tick in a form."""

    id: Id = Field(description="The tick’s id, unique within the question.")
    says: Line = Field(description="What whoever ticks it agrees to.")
    required: YesNo = Field(False, description="Whether the form cannot be sent without it.")


class FormQuestion(Part):
    """A question of a form."""

    id: Id = Field(description="The question’s id, by which the program knows where the answer belongs.")
    ask: Line = Field(description="The question. It stands as a heading above the answer.")
    hint: Text | None = Field(None, description="What helps to answer it.")
    shape: Annotated[str, Tag("answer-shape")] = Field(description="What the answer looks like.")
    required: YesNo = Field(False, description="Whether the form cannot be sent without an answer.")
    tags: Id | None = Field(None, description="The group of the vocabulary to choose from.")
    records: Id | None = Field(None, description="The kind of record to choose from, by title.")
    other: Line | None = Field(None, description="One more thing to choose, for what is not among them.")
    fills: tuple[Id, ...] = Field((), description="The questions that the link from a cell of the matrix answers here, all in one line.")
    ticks: tuple[Tick, ...] = Field((), description="What can be ticked.")
    open: Annotated[str, Tag("open-question")] | None = Field(None, description="What the page says if nobody answers.")


class Shelf(Part):
    """The field under which a new lesson is filed."""

    need: Annotated[str, Tag("need")] = Field(description="The first problem that it helps with.")
    field: Annotated[str, Tag("field")] = Field(description="The field.")


class Form(Record):
    """A form for those who contribute without git."""

    title: Line = Field(description="What the form is for.")
    summary: Text = Field(description="Whom it is for and how long it takes.")
    label: Id = Field(description="The label by which editors find what was sent.")
    send_to: Line | None = Field(None, description="The e-mail address of the editors to which the form may be sent instead.")
    intro: tuple[Text, ...] = Field(min_length=1, description="What stands above the first question.")
    more: Text | None = Field(None, description="What stands above the questions that need not be answered.")
    questions: tuple[FormQuestion, ...] = Field(min_length=2, description="The questions, those that are required first.")
    shelves: tuple[Shelf, ...] = Field((), description="The field of a new lesson, by the first problem that it helps with.")


class Entry(Part):
    """A tag of the vocabulary, by its group and id in ``data/vocabulary.yaml``."""

    label: Line = Field(description="What readers see.")
    description: Text = Field(description="What it means.")


class Example(Part):
    """What breaks a rule: told in words, or as it is typed and how to type it instead."""

    case: Text | None = Field(None, description="What happened, in words, where typing does not show it.")
    instead: Text | None = Field(None, description="What was typed.")
    write: Text | None = Field(None, description="What to type instead.")
    help: Line | None = Field(None, description="Where the help is: tags, fields, or the kind of record whose fields to look up.")


class FaultGroup(Record):
    """Rules of the check that concern the same thing."""

    title: Line = Field(description="What they concern, in readers’ words.")
    about: Text = Field(description="What to know about all of them.")
    rules: dict[Id, Example] = Field(description="An example for each rule, by the rule’s id.")


class Point(Part):
    """Something that whoever reviews a change looks at."""

    ask: Text = Field(description="What to ask.")
    why: Text | None = Field(None, description="Why, or how to find out.")


class ChecklistPart(Record):
    """A part of the editors’ checklist."""

    title: Line = Field(description="Which changes it is for.")
    points: tuple[Point, ...] = Field(min_length=1, description="What to look at, in order.")


class Setting(Record):
    """A number that editors may change."""

    what: Text = Field(description="What it decides.")
    months: Months = Field(description="The number of months.")


class Promise(Record):
    """What the handbook promises its readers, and the tests that prove it."""

    topic: Annotated[str, Tag("promise")] = Field(description="What it is about, and so on which page it stands.")
    sentence: Text = Field(description="The promise in plain words. It says no more than the tests prove.")
    tests: tuple[TestId, ...] = Field(min_length=1, description="The tests that prove it, as pytest names them, without what stands in brackets.")
    limit: Text | None = Field(None, description="What the tests do not show, as a sentence.")
    criteria: tuple[Line, ...] = Field((), description="The numbers of the WCAG success criteria that the tests look at, at least in part.")


class Evaluation(Record):
    """What the last full look at the accessibility of the site found. Written by a program, never by hand."""

    day: Day = Field(description="The day.")
    browser: Line = Field(description="The browser, with its version.")
    axe: Line = Field(description="The program that looked for faults, with its version.")
    dress: Line = Field(description="A short hash of the stylesheets, scripts and templates that the pages had.")
    pages: Count = Field(description="How many pages there were.")
    looks: Count = Field(description="How many times the program looked.")
    addresses: tuple[Line, ...] = Field(min_length=1, description="The addresses of these pages.")
    kinds: tuple[Line, ...] = Field(min_length=1, description="The kinds of pages.")
    states: tuple[Line, ...] = Field(min_length=1, description="What was open or filled in when pages were looked at once more.")
    widths: tuple[Count, ...] = Field(min_length=1, description="The widths of the window, in pixels.")
    schemes: tuple[Line, ...] = Field(min_length=1, description="The colour schemes.")
    found: tuple[Text, ...] = Field((), description="The faults that were found.")
    undecided: tuple[Text, ...] = Field((), description="What the program could not decide, and left to people.")
    unseen: tuple[Line, ...] = Field((), description="The WCAG success criteria of levels A and AA that no program looked at.")


@dataclass(frozen=True)
class Kind:
    """Where the records of one kind live, and what they are called.

    ``folder`` kinds have one file for each record; ``file`` kinds have one
    file with all records by id. What is not ``shown`` has no place on a page.
    A file that ``may_be_empty`` may also be missing.
    """

    name: str
    plural: str
    model: type[Record]
    folder: str | None = None
    file: str | None = None
    page_folder: str | None = None
    shown: bool = True
    may_be_empty: bool = False

    @property
    def home(self) -> str:
        """The folder or the file."""
        return self.folder or self.file or ""


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("lesson", "lessons", Lesson, folder="docs/lessons", page_folder="lessons"),
        Kind("tool", "tools", Tool, folder="docs/toolbox", page_folder="toolbox"),
        Kind("use", "uses", Use, folder="data/uses"),
        Kind("organisation", "organisations", Organisation, file="data/clusters.yaml"),
        Kind("sector", "sectors", Sector, file="data/sectors.yaml", page_folder="sectors"),
        Kind("condition", "conditions", Condition, file="data/conditions.yaml"),
        Kind("recommendation", "recommendations", Recommendation, file="data/recommendations.yaml", page_folder="transfer"),
        Kind("source", "sources", Source, file="data/sources.yaml"),
        Kind("term", "terms", Term, file="data/glossary.yaml"),
        Kind("conflict", "conflicts", Conflict, file="data/conflicts.yaml"),
        Kind("gap", "gaps", Gap, file="data/gaps.yaml"),
        Kind("wording", "wordings", Wording, file="data/wordings.yaml", shown=False),
        Kind("contributor", "contributors", Contributor, file="data/contributors.yaml", may_be_empty=True),
    )
}

OWN_KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("fault", "faults", FaultGroup, file="data/faults.yaml"),
        Kind("checklist", "checklists", ChecklistPart, file="data/checklist.yaml"),
        Kind("setting", "settings", Setting, file="data/settings.yaml"),
        Kind("form", "forms", Form, file="data/forms.yaml"),
        Kind("promise", "promises", Promise, file="data/promises.yaml"),
        Kind("evaluation", "evaluations", Evaluation, file="data/accessibility.yaml"),
    )
}
"""What the handbook says about its own making. It is read and checked like any record, and is no part of what readers can find or re-use."""

ALL_KINDS = {**KINDS, **OWN_KINDS}
