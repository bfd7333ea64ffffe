"""What readers will see differently between two versions of the handbook."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from handbook.base import Base, owner_of, parts
from handbook.calls import CALL, MARKS, find
from handbook.load import DOCS, OWN_ASSETS, Page, kind_of_page
from handbook.model import KINDS, OWN_KINDS, Citation, Claim, Part, Ref, Requirement, Tag
from handbook.relate import Evidence, Handbook, Item

BASES = {"cite": "reported", "inferred": "inferred", "suggested": "suggested"}
"""What each mark in the text says that a passage rests on."""

PAGES_OF_HELP = {"fault": "contribute/when-a-check-fails.md", "checklist": "contribute/editors.md"}
"""The pages that are made of what the handbook says about its own making."""

LONG = 160
"""Characters of a value beyond which only is said that it changed."""

UNTRIED = ("not-considered", "learned-here", "proposed-generally")
"""States that a new recommendation or sector has everywhere, and that are no news."""


@dataclass(frozen=True)
class Version:
    """A handbook with the files that it is made of."""

    base: Base
    book: Handbook

    def body(self, path: str) -> str:
        """The text of a page, or nothing if there is no such page."""
        page = self.base.files.pages.get(path)
        return page.body if page else ""


@dataclass(frozen=True)
class FieldChange:
    """What changed in a field: its value, or entries of a list; nothing of it if it was only reworded at length."""

    name: str
    before: str | None = None
    after: str | None = None
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Changed:
    """A record that changed: its fields, and the headings under which its text did."""

    item: Item
    fields: tuple[FieldChange, ...]
    headings: tuple[str, ...]


@dataclass(frozen=True)
class KindChanges:
    """What happened to the records of one kind."""

    kind: str
    new: tuple[Item, ...]
    changed: tuple[Changed, ...]
    renamed: tuple[tuple[str, Item], ...]
    removed: tuple[Item, ...]


@dataclass(frozen=True)
class Cell:
    """A cell of the matrix with another state."""

    recommendation: Item
    sector: Item
    before: str | None
    after: str
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class Level:
    """A tool that has travelled further, or less far, than was said."""

    tool: Item
    before: str
    after: str
    rises: bool


@dataclass(frozen=True)
class Resting:
    """A claim that rests on something else than before."""

    item: Item
    text: str
    before: str
    after: str
    lost: tuple[str, ...]
    bare: bool


@dataclass(frozen=True)
class Changes:
    """Everything that readers will see differently."""

    kinds: tuple[KindChanges, ...] = ()
    cells: tuple[Cell, ...] = ()
    levels: tuple[Level, ...] = ()
    claims: tuple[Resting, ...] = ()
    new_pages: tuple[str, ...] = ()
    changed_pages: tuple[str, ...] = ()
    removed_pages: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    tags: tuple[FieldChange, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return any(vars(self).values())


def changes(before: Version, after: Version) -> Changes:
    """What readers see in ``after`` and did not in ``before``, and the other way round."""
    new, changed, removed = _pages(before, after)
    return Changes(
        tuple(kind for kind in (_kind(name, before, after) for name in KINDS) if kind.new or kind.changed or kind.renamed or kind.removed),
        tuple(_cells(before.book, after.book)),
        tuple(_levels(before.book, after.book)),
        tuple(_claims(before, after)),
        new,
        changed,
        removed,
        tuple(_pictures(before.base, after.base)),
        tuple(_tags(before.book, after.book)),
    )


# -- records ---------------------------------------------------------------------


def _kind(kind: str, before: Version, after: Version) -> KindChanges:
    old, new = before.book.items[kind], after.book.items[kind]
    renamed = {alias: item for item in new.values() if item.id not in old for alias in item.record.aliases if alias in old and alias not in new}
    came = {item.id for item in renamed.values()}
    pairs = [(old[key], new[key]) for key in new if key in old] + [(old[alias], item) for alias, item in renamed.items()]
    return KindChanges(
        kind,
        tuple(item for key, item in new.items() if key not in old and key not in came),
        tuple(found for found in (_changed(was, item, before, after) for was, item in pairs) if found.fields or found.headings),
        tuple(renamed.items()),
        tuple(item for key, item in old.items() if key not in new and key not in renamed),
    )


def _changed(was: Item, item: Item, before: Version, after: Version) -> Changed:
    fields = tuple(_fields(was.record, item.record, before.book, after.book))
    own_text = KINDS[item.kind].folder == f"{DOCS}/{KINDS[item.kind].page_folder}"
    headings = tuple(_headings(before.body(was.place.path), after.body(item.place.path), was.id, item.id)) if own_text else ()
    return Changed(item, fields, headings)


def _fields(was: Part, record: Part, old: Handbook, new: Handbook) -> Iterator[FieldChange]:
    for name, info in type(record).model_fields.items():
        one, other = getattr(was, name), getattr(record, name)
        if one == other or info.exclude or name == "aliases":
            continue
        mark = _mark(info.annotation, info.metadata)
        written = info.alias or name
        if isinstance(one, tuple) and isinstance(other, tuple):
            yield _list_change(written, [_said(value, mark, old) for value in one], [_said(value, mark, new) for value in other])
        elif isinstance(one, dict) and isinstance(other, dict):
            yield _list_change(written, list(one), list(other))
        else:
            shown = _said(one, mark, old) if one is not None else "", _said(other, mark, new) if other is not None else ""
            both = shown[0] is not None and shown[1] is not None and max(map(len, filter(None, shown)), default=0) <= LONG
            yield FieldChange(written, shown[0], shown[1]) if both else FieldChange(written)


def _list_change(name: str, one: list[str | None], other: list[str | None]) -> FieldChange:
    old, new = [text for text in one if text], [text for text in other if text]
    added = tuple(dict.fromkeys(text for text in new if text not in old))
    removed = tuple(dict.fromkeys(text for text in old if text not in new))
    if any(len(text) > LONG for text in (*added, *removed)):
        return FieldChange(name)
    return FieldChange(name, added=added, removed=removed)


def _said(value: Any, mark: Tag | Ref | None, book: Handbook) -> str | None:
    """A value as readers see it, or None if it cannot be said in a line."""
    if isinstance(value, Part):
        return _part_said(value, book)
    if isinstance(mark, Tag):
        return book.vocabulary[mark.group][value].label
    if isinstance(mark, Ref):
        return book.get(mark.kind, value).title
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def _part_said(part: Part, book: Handbook) -> str | None:
    if isinstance(part, Requirement):
        strength = book.vocabulary["strength"][part.strength].label
        return f"{book.get('condition', part.condition).title} ({strength})"
    if isinstance(part, Citation):
        return _place(part, book)
    return next((str(getattr(part, name)) for name in ("text", "name", "says", "energy") if hasattr(part, name)), None)


def _mark(annotation: Any, metadata: Iterable[Any] = ()) -> Tag | Ref | None:
    """What marks a field as one of tags or ids, wherever in its type that stands."""
    for found in (*metadata, *getattr(annotation, "__metadata__", ())):
        if isinstance(found, Tag | Ref):
            return found
    return next((mark for inner in get_args(annotation) if (mark := _mark(inner))), None)


def _place(citation: Citation, book: Handbook) -> str:
    """A citation as its mark and the place."""
    source = book.get("source", citation.source).record
    passage = source.passages.get(citation.passage) if citation.passage else None
    return f"{source.mark}, under “{passage.heading}”" if passage else str(source.mark)


# -- text ------------------------------------------------------------------------

_SECTION = re.compile(r"^## *", re.MULTILINE)
_PIECE = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*(?:[-*+]|[0-9]{1,9}[.)])[ \t])")


def _headings(one: str, other: str, was: str, record_id: str) -> Iterator[str]:
    """The headings under which the text differs; nothing for the name in the page's own calls."""
    old, new = _sections(one.replace(f'("{was}")', f'("{record_id}")')), _sections(other)
    yield from (heading for heading in {**old, **new} if old.get(heading) != new.get(heading))


def _sections(body: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for section in _SECTION.split(body):
        heading, _, text = section.partition("\n")
        found[heading.strip()] = text.strip()
    return found


def _marked(body: str) -> dict[str, tuple[tuple[str, Citation | None], ...]]:
    """Each paragraph and list item of a text, without its marks, and what they say."""
    found = {}
    for piece in _PIECE.split(body):
        marks = [call for call in find(piece) if call.name in MARKS]
        if marks:
            found[CALL.sub("", piece).strip()] = tuple((BASES[call.name], _cited(call.arguments)) for call in marks)
    return found


def _cited(arguments: tuple[str, ...]) -> Citation | None:
    return Citation(source=arguments[0], passage=arguments[1] if len(arguments) > 1 else None) if arguments else None


# -- claims ----------------------------------------------------------------------

_Rest = tuple[str, tuple[Citation, ...]]
_Rests = Mapping[tuple[Any, ...], tuple[str, _Rest]]


def _claims(before: Version, after: Version) -> Iterator[Resting]:
    """Claims that are there as before, word for word or in the same place, and lost a source or rest on something else."""
    for kind, items in after.book.items.items():
        for key, item in items.items() if kind in KINDS else ():
            was = before.book.items[kind].get(key)
            if was is None:
                continue
            for text, one, other in _pairs(_rests(was, before), _rests(item, after)):
                lost = tuple(_place(citation, before.book) for citation in one[1] if citation not in other[1])
                if lost or one[0] != other[0]:
                    basis = after.book.vocabulary["basis"]
                    yield Resting(item, text, basis[one[0]].label, basis[other[0]].label, lost, not other[1])


def _rests(item: Item, version: Version) -> dict[tuple[Any, ...], tuple[str, _Rest]]:
    """By where it stands: each claim of a record and its page, and what it rests on."""
    found: dict[tuple[Any, ...], tuple[str, _Rest]] = {}
    for loc, claim in parts(item.record, (Claim,)):
        found["field", *loc] = (claim.text, (claim.basis, claim.sources))
    page = version.base.files.pages.get(item.place.path)
    if page is not None and owner_of(page) == (item.kind, item.id):
        for text, marks in _marked(page.body).items():
            citations = tuple(citation for _, citation in marks if citation)
            found["text", text] = (text, (marks[0][0], citations))
    return found


def _pairs(one: _Rests, other: _Rests) -> Iterator[tuple[str, _Rest, _Rest]]:
    """The same claim before and after: of the same words, or else in the same place if its words are gone and no others came before it."""
    by_text: defaultdict[str, list[_Rest]] = defaultdict(list)
    for text, rest in one.values():
        by_text[text].append(rest)
    new = {text for text, _ in other.values()}
    for loc, (text, rest) in other.items():
        if by_text.get(text):
            yield text, by_text[text].pop(0), rest
        elif loc in one and one[loc][0] not in new:
            yield text, one[loc][1], rest


# -- what is computed ------------------------------------------------------------


def _cells(before: Handbook, after: Handbook) -> Iterator[Cell]:
    for recommendation in after.all("recommendation"):
        for sector in after.all("sector"):
            state = after.state(recommendation.id, sector.id)
            known = recommendation.id in before.items["recommendation"] and sector.id in before.items["sector"]
            was = before.state(recommendation.id, sector.id).state if known else None
            if was == state.state or (was is None and state.state in UNTRIED):
                continue
            labels = after.vocabulary["state"]
            evidence = tuple(words for found in state.evidence for words in _evidence(found, after))
            yield Cell(recommendation, sector, before.vocabulary["state"][was].label if was else None, labels[state.state].label, evidence)


def _evidence(evidence: Evidence, book: Handbook) -> Iterator[str]:
    for use in evidence.uses:
        item = book.get("use", use)
        yield f"{item.title} ({book.vocabulary['outcome'][item.record.outcome].label})"
    if evidence.citation:
        yield _place(evidence.citation, book)
    if evidence.text:
        yield evidence.text


def _levels(before: Handbook, after: Handbook) -> Iterator[Level]:
    for tool in after.all("tool"):
        if tool.id in before.items["tool"] and (was := before.level(tool.id)) != (now := after.level(tool.id)):
            labels = after.vocabulary["level"]
            rises = after.rank("level", now) > after.rank("level", was)
            yield Level(tool, labels[was].label if was in labels else was, labels[now].label, rises)


def _tags(before: Handbook, after: Handbook) -> Iterator[FieldChange]:
    """Tags by their group: labels that came, went or changed, and tags of which the meaning changed."""
    for group, tags in after.vocabulary.items():
        old = before.vocabulary.get(group, {})
        if tags != old:
            labels, were = [tag.label for tag in tags.values()], [tag.label for tag in old.values()]
            yield _list_change(group, list(were), list(labels))
    for group, tags in before.vocabulary.items():
        if group not in after.vocabulary:
            yield FieldChange(group, removed=tuple(tag.label for tag in tags.values()))


# -- pages and pictures ----------------------------------------------------------


def _pages(before: Version, after: Version) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The pages that are no record's own text, new, changed and removed, as paths below docs/."""
    old, new = _plain_pages(before), _plain_pages(after)
    of_help = [page for kind, page in PAGES_OF_HELP.items() if _records(before, kind) != _records(after, kind)]
    changed = [path for path in new if path in old and old[path] != new[path]]
    return (
        tuple(path for path in new if path not in old and not _shows_a_record(path)),
        tuple(dict.fromkeys([*changed, *(page for page in of_help if page in new)])),
        tuple(path for path in old if path not in new and not _shows_a_record(path)),
    )


def _shows_a_record(path: str) -> bool:
    return kind_of_page(f"{DOCS}/{path}") is not None


def _records(version: Version, kind: str) -> dict[str, Any]:
    return version.base.records[OWN_KINDS[kind].name]


def _plain_pages(version: Version) -> dict[str, tuple[Any, str]]:
    """Front matter and text of each page that is no record's file, by its path below docs/."""
    found: dict[str, tuple[Any, str]] = {}
    for path, page in version.base.files.pages.items():
        if not _is_a_record(page):
            found[path.removeprefix(f"{DOCS}/")] = (dict(page.front or {}), page.body)
    return found


def _is_a_record(page: Page) -> bool:
    kind = kind_of_page(page.path)
    return kind is not None and kind.folder is not None


def _pictures(before: Base, after: Base) -> Iterator[str]:
    old, new = _hashes(before), _hashes(after)
    yield from sorted(path for path in old.keys() | new.keys() if old.get(path) != new.get(path))


def _hashes(base: Base) -> dict[str, str]:
    own = tuple(f"{folder}/" for folder in OWN_ASSETS)
    return {path: hashlib.sha256(Path(base.files.root, path).read_bytes()).hexdigest() for path in base.files.assets if not path.startswith(own)}
