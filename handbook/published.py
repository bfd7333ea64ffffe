"""The checked records as JSON files below ``data/`` of the site.

The tools that run in a page read them, and so may anybody else's program.
What people write is kept under the names it has in the files. Each claim says
what it rests on, and each citation how its mark reads and where it leads.
What is computed stands under ``computed``, apart from what was written.
What is long and only one page has use for is a file of its own, so that the
others need not wait for it. Addresses are relative to the site's first page.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from handbook import finder, fitdata
from handbook.computed import apart, computed
from handbook.model import KINDS, Citation, Claim
from handbook.relate import Handbook, Item, State
from handbook.views import Repository, Views
from handbook.views.parts import Parts

FOLDER = "data"
ON_THEIR_OWN = ("lesson", "tool", "recommendation", "use", "sector", "source")
"""Kinds with one file for each record; every other kind that pages show has one file with all its records."""

LONG = {"source": "passages"}
"""What a record of a kind has that no tool reads with the rest of it."""

IN_SHORT = ("id", "url", "title", "sector", "place", "when", "outcome", "judged_by", "sources")
"""What a plan says of a use."""

HOME_PAGE = "index.md"


def publish(book: Handbook, site: Path) -> None:
    """Write every file of :func:`files` below ``site``, the folder of a finished build."""
    for path, content in files(book):
        target = site / FOLDER / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(written(content))


def written(content: Any) -> bytes:
    """A file of data, as it is written."""
    return (json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def files(book: Handbook) -> Iterator[tuple[str, Any]]:
    """The path below ``data/`` and the content of each file."""
    parts = Views(book, Repository(), HOME_PAGE)
    yield "vocabulary.json", as_data(book.vocabulary, parts)
    yield "finder.json", found(book, parts)
    yield "ids.json", ids(book)
    yield "fit.json", fitdata.content(book, lambda kind, record_id: address(parts.target(kind, record_id)), lambda claim: as_data(claim, parts))
    yield "standing.json", standing(book, parts)
    for kind in (kind for kind in KINDS.values() if kind.shown):
        if kind.name in ON_THEIR_OWN:
            for item in book.all(kind.name):
                yield f"{kind.plural}/{item.id}.json", record(item, parts)
                for name, content in _apart(item, parts).items():
                    yield f"{name}/{kind.plural}/{item.id}.json", content
        else:
            yield f"{kind.plural}.json", [record(item, parts) for item in book.all(kind.name)]


def ids(book: Handbook) -> dict[str, Any]:
    """The ids of what can be put on a shortlist, and by each former id the present one, for each kind."""
    return {
        kind: {
            "ids": [item.id for item in book.all(kind)],
            "former": {former: item.id for item in book.all(kind) for former in item.record.aliases},
        }
        for kind in finder.RECORDS
    }


def found(book: Handbook, parts: Parts) -> dict[str, Any]:
    """What the finder needs: the facets with their values, and each record with its values and the reasons for its sectors."""
    facets = [
        {
            "id": facet,
            "label": book.vocabulary["facet"][facet].label,
            "description": book.vocabulary["facet"][facet].description,
            "values": [{"id": tag, "label": label} for tag, (label, _) in finder.values(book, facet).items()],
        }
        for facet in finder.FACETS
    ]
    reasons = {f"{group}.{tag}": entry.label for group in ("state", "relation") for tag, entry in book.vocabulary[group].items()}
    return {"facets": facets, "reasons": reasons, "entries": [_entry(entry, parts) for entry in book.entries]}


def _entry(entry: finder.Entry, parts: Parts) -> dict[str, Any]:
    item = entry.item
    return {
        "record": item.kind,
        "id": item.id,
        "title": item.title,
        "summary": item.record.summary,
        "url": address(parts.target(item.kind, item.id)),
        "must": sum(requirement.strength == "must" for requirement in item.record.requires),
        "sector": {sector: f"{reason.group}.{reason.tag}" for sector, reason in entry.sectors.items()},
        **{facet: list(tags) for facet, tags in entry.tags.items()},
    }


def record(item: Item, views: Views) -> dict[str, Any]:
    """A record: which kind of record, its id, the address that shows it, its own fields, and what is computed for it."""
    fields = {name: content for name, content in as_data(item.record, views).items() if name != LONG.get(item.kind)}
    more = computed(item, views.book)
    return {
        "record": item.kind,
        "id": item.id,
        "url": address(views.target(item.kind, item.id)),
        **fields,
        **({"computed": more} if more else {}),
    }


def _apart(item: Item, views: Views) -> dict[str, Any]:
    fields = {name: content for name, content in as_data(item.record, views).items() if name == LONG.get(item.kind)}
    return fields | apart(item, views, address)


def standing(book: Handbook, parts: Views) -> dict[str, Any]:
    """What is computed of records of use: how each recommendation stands in each sector, and how far each tool has travelled.

    Each names the ids of the uses behind it, and of every use it is said in
    short what and where it was and what came of it. A recommendation's state
    also has the citations and the reasons that it rests on.
    """
    sectors = [sector.id for sector in book.all("sector")]
    return {
        "recommendations": {
            item.id: {"uses": list(item.back.get("uses", ())), "sectors": {sector: _state(book.state(item.id, sector), parts) for sector in sectors}}
            for item in book.all("recommendation")
        },
        "tools": {item.id: {"uses": list(item.back.get("uses", ())), "level": book.level(item.id)} for item in book.all("tool")},
        "uses": {item.id: _in_short(record(item, parts)) for item in book.all("use")},
    }


def _in_short(use: Mapping[str, Any]) -> dict[str, Any]:
    return {name: use[name] for name in IN_SHORT if name in use}


def _state(state: State, parts: Parts) -> dict[str, Any]:
    return {
        "state": state.state,
        "uses": [use for evidence in state.evidence for use in evidence.uses],
        "sources": [_citation(evidence.citation, parts) for evidence in state.evidence if evidence.citation],
        "reasons": [evidence.text for evidence in state.evidence if evidence.text],
    }


def address(target: str) -> str:
    """The address of ``target``, a path below docs/ with or without an anchor, as the builders make it: ``lessons/x.md`` is ``lessons/x/``."""
    path, hash_mark, anchor = target.partition("#")
    page = path.removesuffix(".md")
    page = page.removesuffix("index") if page.rsplit("/", 1)[-1] == "index" else f"{page}/"
    return f"{page}{hash_mark}{anchor}"


def as_data(value: Any, parts: Parts) -> Any:
    """``value`` as JSON knows it. What is left out in a record is left out here."""
    if isinstance(value, Claim):
        return {"text": value.text, "basis": value.basis, "sources": [as_data(c, parts) for c in value.sources]}
    if isinstance(value, Citation):
        return _citation(value, parts)
    if isinstance(value, BaseModel):
        fields = type(value).model_fields.items()
        kept = ((field.alias or name, getattr(value, name)) for name, field in fields if not field.exclude)
        return {name: as_data(content, parts) for name, content in kept if content is not None and content not in ((), {})}
    if isinstance(value, Mapping):
        return {name: as_data(content, parts) for name, content in value.items()}
    if isinstance(value, tuple):
        return [as_data(content, parts) for content in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def _citation(citation: Citation, parts: Parts) -> dict[str, Any]:
    link = parts.source(citation)
    data: dict[str, Any] = {"source": citation.source, "label": link.label, "url": address(str(link.href))}
    if citation.passage:
        data |= {"passage": citation.passage, "place": link.place}
    return data
