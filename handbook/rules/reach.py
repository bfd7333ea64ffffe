"""Ids, and whether a reader can get to every record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from handbook.base import Base, listed, required
from handbook.finder import FACETS
from handbook.fit import LEVELS, VERDICTS
from handbook.load import VOCABULARY, Page, kind_of_page
from handbook.model import ALL_KINDS, KINDS
from handbook.problem import Guess, Place, Problem, Rule
from handbook.records import field_name, place_of
from handbook.yamlread import Map

ORPHAN = Rule(
    "record-orphan",
    "nothing leads to this {kind}",
    "name it in the field '{name}' of a {leading}, or remove it",
)
ALIAS_TAKEN = Rule("alias-taken", "'{alias}' is also the id or an old id of the {kind} '{other}'", "an id is never used twice; choose another")
SAME_TITLE = Rule("title-twice", "the {kind} '{other}' has the same title", "word the title so that a reader can tell the two apart")
SAME_PAGE_TITLE = Rule("page-title-twice", "the page {other} has the same title", "word the title so that a reader can tell the two apart")
SAME_DESCRIPTION = Rule("page-description-twice", "the page {other} says the same about itself", "say what only this page has")
UNKNOWN_BLOCK = Rule("block-unknown", "the tool '{tool}' has no block '{block}'", "add it to the tool first")
BLOCK_WITHOUT_TOOL = Rule("block-without-tool", "blocks are named, and no tool", "add 'tool:', or remove the blocks")
BLOCK_TWICE = Rule("block-twice", "the block '{block}' is there twice", "give each block an id of its own")
HOME_SECTOR = Rule("home-sector", "the number of sectors marked 'home: true' is {count}", "mark exactly one, the sector that the lessons come from")
USE_AIMLESS = Rule("use-aimless", "this use names neither a tool nor a recommendation", "add 'tool:' or 'recommendations:'")
CONTRADICTION = Rule(
    "state-contradiction",
    "'{recommendation}' is said not to apply in '{sector}', and {evidence}",
    "remove the entry, or correct the other record",
)
TAG_SHAPE = Rule(
    "vocabulary-shape",
    "this should be a tag with a label of one line and a description, and nothing else",
    "compare it with the tags around it",
)
TAG_GROUP = Rule("vocabulary-group", "no field uses the group '{group}'", "remove it")
GROUP_GONE = Rule("vocabulary-group-gone", "fields of the handbook need the group '{group}', and it is missing", "put it back")
TAG_GONE = Rule("vocabulary-gone", "the handbook itself needs the tag '{tag}' in the group '{group}'", "put it back")
SAME_ADDRESS = Rule("address-twice", "'{other}' becomes the same web address", "rename one of the two")

# Tags that the handbook computes, compares with or asks; see handbook.relate, handbook.fit and handbook.views.
NEEDED_TAGS = {
    "state": (
        "not-considered", "learned-here", "proposed-generally", "proposed", "does-not-apply", "declined",
        "tried-unknown", "tried-failed", "tried-mixed", "tried-worked",
    ),
    "level": ("not-on-record", "reported-once", "used-again", "used-in-another-sector", "used-in-several"),
    "basis": ("reported", "inferred", "suggested"),
    "kind": ("open",),
    "outcome-known": ("yes", "no"),
    "outcome": ("worked", "mixed", "failed", "declined", "unknown"),
    "strength": ("must", "helps"),
    "language": ("en", "da", "de", "nb", "nl", "sv"),
    "source-kind": ("report", "account"),
    "open-question": ("question", "why", "avoid", "with", "dependence", "sector", "owner", "challenge", "who-came", "result"),
    "answer-shape": ("line", "text", "one", "several", "ticks"),
    "answer": ("yes", "debatable", "no"),
    "phase": ("before", "during", "after"),
    "size": ("try", "pilot", "full"),
    "facet": FACETS,
    "relation": ("used", "learned", "first", "behind"),
    "fit": VERDICTS,
    "readiness": LEVELS,
    "compared-part": ("needs", "takes", "known", "risks", "says-so"),
    "compared": (
        "must", "helps", "builds", "with", "first-step", "try", "pilot", "full", "tools", "level", "worked", "breadth", "uses", "states",
        "dependence", "figures", "not-when", "stop", "misfit", "side-effects", "dissent", "watch", "sources",
    ),
    "effort-part": ("what", "people", "time", "money"),
    "question": ("use-outcome", "not-known", "no-use", "untried", "people", "time", "money", "outcome-partly", "outcome-no", "breadth"),
}  # fmt: skip


def records_are_reachable(base: Base) -> Iterator[Problem]:
    """Something leads to each condition, tool and term; records of other kinds are listed on a page of their own."""
    raws = base.files.records
    conditions = {name for k in ("lesson", "tool", "recommendation") for raw in raws[k].values() for name, _ in required(raw)}
    tools = {tool for k in ("lesson", "recommendation") for raw in raws[k].values() for tool in listed(raw, "tools")}
    terms = {term for k in ("lesson", "tool", "sector") for raw in raws[k].values() for term in listed(raw, "terms")}
    wanted = (
        ("condition", conditions, ("lesson", "tool", "recommendation"), "requires"),
        ("tool", tools, ("lesson", "recommendation"), "tools"),
        ("term", terms, ("lesson", "tool", "sector"), "terms"),
    )
    for kind, reached, leading, field in wanted:
        for record_id, raw in raws[kind].items():
            if record_id not in reached and not base.may_name(record_id, *leading):
                by = f"{', '.join(leading[:-1])} or {leading[-1]}"
                yield ORPHAN.at(raw.place, record_id, kind=kind, leading=by, name=field)


def ids_stay_unique(base: Base) -> Iterator[Problem]:
    """An old id is not the id or the old id of another record of the same kind."""
    for kind, records in base.records.items():
        owners: dict[str, str] = {record_id: record_id for record_id in base.files.ids[kind]}
        for record_id, record in records.items():
            for index, alias in enumerate(dict.fromkeys(record.aliases)):
                if alias in owners:
                    place = place_of(base.raw(kind, record_id), ("aliases", index))
                    yield ALIAS_TAKEN.at(place, f"aliases {index + 1}", alias=alias, kind=kind, other=owners[alias])
                owners.setdefault(alias, record_id)


def titles_differ(base: Base) -> Iterator[Problem]:
    """No two records of one kind have the same title."""
    for kind, records in base.records.items():
        seen: dict[str, str] = {}
        for record_id, record in records.items():
            name = next((n for n in ("title", "term", "name") if n in type(record).model_fields), None)
            if name is None or kind == "source":
                continue
            key = getattr(record, name).casefold()
            if key in seen:
                yield SAME_TITLE.at(place_of(base.raw(kind, record_id), (name,)), name, kind=kind, other=seen[key])
            seen.setdefault(key, record_id)


def pages_differ(base: Base) -> Iterator[Problem]:
    """No two pages have the same title or description, by which readers tell the results of a search apart."""
    titles: dict[str, Page] = {}
    descriptions: dict[str, Page] = {}
    for page in base.files.pages.values():
        if page.front is None:
            continue
        front = page.front
        if (other := _first_with(front.get("title"), titles, page)) and not _is_compared_already(page, other):
            yield SAME_PAGE_TITLE.at(Place(page.path, *front.values_at["title"]), "title", other=other.path)
        for name in ("description", "summary"):
            if other := _first_with(front.get(name), descriptions, page):
                yield SAME_DESCRIPTION.at(Place(page.path, *front.values_at[name]), name, other=other.path)


def _first_with(text: object, seen: dict[str, Page], page: Page) -> Page | None:
    """The page before this one that says the same."""
    key = " ".join(text.casefold().split()) if isinstance(text, str) else ""
    other = seen.setdefault(key, page) if key else page
    return None if other is page else other


def _is_compared_already(page: Page, other: Page) -> bool:
    """Whether both pages are records of one kind, of which the titles are compared above."""
    kind = kind_of_page(page.path)
    return kind is not None and kind.folder is not None and kind == kind_of_page(other.path)


def blocks_exist(base: Base) -> Iterator[Problem]:
    """A use names blocks that its tool has, and a tool names each block once."""
    for tool_id, tool in base.records["tool"].items():
        seen: set[str] = set()
        for index, block in enumerate(tool.blocks):
            if block.id in seen:
                loc = ("blocks", index, "id")
                yield BLOCK_TWICE.at(place_of(base.raw("tool", tool_id), loc), field_name(loc), block=block.id)
            seen.add(block.id)
    for use_id, use in base.records["use"].items():
        raw = base.raw("use", use_id)
        blocks = [(part, i, c.block) for part in ("kept", "changed", "dropped") for i, c in enumerate(getattr(use, part))]
        if blocks and use.tool is None:
            yield BLOCK_WITHOUT_TOOL.at(place_of(raw, (blocks[0][0],)), blocks[0][0])
        tool = base.records["tool"].get(use.tool)
        if tool is None:
            continue
        names = [block.id for block in tool.blocks]
        for part, index, name in blocks:
            if name not in names:
                loc = (part, index, "block")
                yield UNKNOWN_BLOCK.at(place_of(raw, loc), field_name(loc), tool=tool.id, block=name, nearest=Guess(name, names))


def uses_are_of_something(base: Base) -> Iterator[Problem]:
    """A use is a use of a tool or of a recommendation."""
    for use_id, use in base.records["use"].items():
        if use.tool is None and not use.recommendations:
            yield USE_AIMLESS.at(base.raw("use", use_id).place)


def one_sector_is_home(base: Base) -> Iterator[Problem]:
    """Exactly one sector is the one that the lessons come from."""
    sectors = base.files.records["sector"]
    homes = [key for key, raw in sectors.items() if raw.values.get("home") == "true"]
    faults = base.problems.get(KINDS["sector"].home, ())
    unsure = len(sectors) < len(base.files.ids["sector"]) or any(fault.field == "home" for fault in faults) or base.may_name("home", "sector")
    if len(homes) > 1 or (sectors and not homes and not unsure):
        key = homes[-1] if homes else next(iter(sectors))
        yield HOME_SECTOR.at(place_of(sectors[key], ("home",)), f"{key} home", count=len(homes))


def states_do_not_contradict(base: Base) -> Iterator[Problem]:
    """A recommendation that does not apply in a sector was neither proposed for it by name nor tried there."""
    tried = {(r, use.sector): key for key, use in base.records["use"].items() for r in use.recommendations}
    for key, recommendation in base.records["recommendation"].items():
        proposed = {item.sector for item in recommendation.proposed}
        for index, item in enumerate(recommendation.does_not_apply):
            evidence = None
            if (key, item.sector) in tried:
                evidence = f"the use '{tried[key, item.sector]}' shows it there"
            elif item.sector in proposed:
                evidence = "a source proposes it for that sector by name"
            if evidence:
                loc = ("does_not_apply", index, "sector")
                place = place_of(base.raw("recommendation", key), loc)
                yield CONTRADICTION.at(place, field_name(loc), recommendation=key, sector=item.sector, evidence=evidence)


def groups_are_used(base: Base) -> Iterator[Problem]:
    """The vocabulary holds no group that nothing uses."""
    raw, used = base.files.vocabulary, tag_groups()
    missing = used.difference(raw)
    for group in raw:
        if group not in used:
            yield TAG_GROUP.at(Place(VOCABULARY, *raw.keys_at[group]), group, group=group, nearest=Guess(group, missing))


def vocabulary_is_whole(base: Base) -> Iterator[Problem]:
    """The vocabulary holds every group that a field takes its tags from, and every tag that the handbook itself needs."""
    raw = base.files.vocabulary
    if VOCABULARY in base.files.unread or not raw:
        return
    for group in tag_groups().difference(raw):
        if not base.may_name(group, VOCABULARY):
            yield GROUP_GONE.at(Place(VOCABULARY, 1, 1), group=group)
    for group in NEEDED_TAGS.keys() & raw:
        tags = raw[group]
        for tag in NEEDED_TAGS[group]:
            if isinstance(tags, Map) and tag not in tags and not base.may_name(tag, VOCABULARY):
                yield TAG_GONE.at(Place(VOCABULARY, *raw.keys_at[group]), group, tag=tag, group=group)


@cache
def tag_groups() -> frozenset[str]:
    """The groups that a field of a model takes its tags from, or that the handbook itself computes."""
    groups = {"state", "level", "size", "facet", "relation", "fit", "readiness", "compared-part", "compared", "effort-part", "question"}
    todo = [kind.model.model_json_schema() for kind in ALL_KINDS.values()]
    while todo:
        node = todo.pop()
        if isinstance(node, dict):
            if isinstance(node.get("tag_group"), str):
                groups.add(node["tag_group"])
            todo.extend(node.values())
        elif isinstance(node, list):
            todo.extend(node)
    return frozenset(groups)


def paths_differ(base: Base) -> Iterator[Problem]:
    """No two pages would become the same address. Capital letters have no place in one, see :mod:`handbook.load`."""
    owners: dict[str, list[str]] = defaultdict(list)
    for path in base.files.pages:
        owners[path.removesuffix(".md").removesuffix("/index")].append(path)
    for paths in owners.values():
        for path in paths[1:]:
            yield SAME_ADDRESS.at(Place(path, 1, 1), other=paths[0])


PRESENT = (
    ids_stay_unique,
    titles_differ,
    pages_differ,
    blocks_exist,
    uses_are_of_something,
    states_do_not_contradict,
    groups_are_used,
    paths_differ,
)
ABSENT = (records_are_reachable, one_sector_is_home, vocabulary_is_whole)
