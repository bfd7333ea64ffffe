"""What the search finds: a document for each record, each problem and each other page, and the index of their words.

Two files are written below ``search/`` of the site. ``records.json`` has what a
result shows, and the index of titles, names, questions and summaries: small
enough to answer while the reader types the first word. ``text.json`` has the
index of everything else that is said on the pages, and follows later. Both are
read by ``assets/javascripts/search/``.

Words of readers that the handbook does not use come from
``data/wordings.yaml``. A wording that leads to records is a word of its own in
the index of those records, its sign; so a long list of words in six languages
takes no more room there than one word.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from handbook.calls import CALL
from handbook.load import kind_of_page
from handbook.model import Said
from handbook.published import address, written
from handbook.relate import Handbook, Item
from handbook.views import Repository
from handbook.views.parts import PROBLEMS_PAGE, Parts
from handbook.views.records import OWN_LANGUAGE
from handbook.wordindex import index

FOLDER, FIRST, SECOND = "search", "records.json", "text.json"
FIELDS = ("title", "names", "signs", "question", "summary")
TEXT = ("text",)
TEASER = 220
"""Characters of a summary that a result shows at most."""

KINDS = {
    "problem": ("Problem", "Problems"),
    "lesson": ("Lesson", "Lessons"),
    "tool": ("Tool", "Tools"),
    "recommendation": ("Recommendation", "Recommendations"),
    "sector": ("Sector", "Sectors"),
    "condition": ("Condition", "Conditions"),
    "use": ("What was done", "What was done"),
    "term": ("Word", "Words"),
    "gap": ("Nobody knows", "What nobody knows"),
    "conflict": ("Sources disagree", "Where sources disagree"),
    "organisation": ("Partner", "Partners"),
    "source": ("Source", "Sources"),
    "contributor": ("Contributor", "Contributors"),
    "page": ("Page", "Pages"),
}
"""Kinds of results, with what readers call one of them and several."""

TITLES = {"term": "term", "organisation": "name", "contributor": "name"}
QUESTIONS = {"lesson": ("question",), "condition": ("question",)}
SUMMARIES = {
    "lesson": ("summary",),
    "tool": ("summary",),
    "recommendation": ("summary",),
    "sector": ("summary",),
    "condition": ("find_out",),
    "use": ("challenge", "owner"),
    "term": ("definition",),
    "gap": ("looked", "matters"),
    "conflict": ("reading",),
    "organisation": ("role", "focus"),
    "source": ("publisher", "note"),
    "contributor": (),
}
NAMES = {
    "tool": ("aka",),
    "sector": ("names",),
    "use": ("place",),
    "term": ("synonyms", "words"),
    "organisation": ("english", "city"),
    "source": ("short",),
}
"""For each kind, the fields that are read as its title, question, summary and names."""

_HEADING = re.compile(r"^#{2,3} +([^{\n]*)", re.MULTILINE)
_MARKUP = re.compile(r"\]\([^)]*\)|<[^>]*>|[\[\]#*_`|{}]")


@dataclass(frozen=True)
class Document:
    """Something that the search can find, and where it is."""

    kind: str
    key: str
    url: str
    title: str
    summary: str
    names: str = ""
    question: str = ""
    text: str = ""
    foreign: str = ""
    """The language of the title, if it is not the handbook's own."""


def write(book: Handbook, site: Path) -> None:
    """Write the two files below ``site``, the folder of a finished build."""
    folder = site / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files(book):
        (folder / name).write_bytes(written(content))


def files(book: Handbook) -> Iterator[tuple[str, dict[str, Any]]]:
    """The name and the content of each file."""
    found = list(documents(book))
    signs = _signs(book)
    first = [(d.title, d.names, " ".join(signs[d.kind, d.key]), d.question, d.summary) for d in found]
    rows = [[list(KINDS).index(d.kind), d.url, d.title, _teaser(d.summary), *([d.foreign] if d.foreign else [])] for d in found]
    made = hashlib.sha256(repr(first).encode()).hexdigest()[:16]  # the page tells by it that both files are of one build
    kinds = [[kind, *names] for kind, names in KINDS.items()]
    yield FIRST, {"made": made, "kinds": kinds, "documents": rows, "wordings": _wordings(book), "index": index(FIELDS, first)}
    yield SECOND, {"made": made, "index": index(TEXT, [(d.text,) for d in found])}


def documents(book: Handbook) -> Iterator[Document]:
    """Everything that can be found: problems, records, and pages that show no single record."""
    parts = Parts(book, Repository(), "index.md")
    for tag, entry in book.vocabulary["need"].items():
        yield Document("problem", tag, address(f"{PROBLEMS_PAGE}#{tag}"), entry.label, entry.description)
    for kind in SUMMARIES:
        for item in book.all(kind):
            yield _of_record(book, item, address(parts.target(kind, item.id)))
    for page, head in book.heads.items():
        if kind_of_page(f"docs/{page}") is None:
            body = book.texts.get(page, "")  # pages made of tags have none of their own
            yield Document("page", page, address(page), head.title, head.description, "", " ".join(_HEADING.findall(body)), _prose(body))


def _of_record(book: Handbook, item: Item, url: str) -> Document:
    def read(fields: Mapping[str, tuple[str, ...]]) -> str:
        return " ".join(text for name in fields.get(item.kind, ()) for text in _texts(getattr(item.record, name)))

    title = str(getattr(item.record, TITLES.get(item.kind, "title")))
    page = url.removesuffix("/") + ".md" if "#" not in url else ""
    prose = _prose(book.texts[page]) if page in book.texts else ""
    said = " ".join(text for text in _texts(item.record) if " " in text)  # ids and tags have no blank
    return Document(item.kind, item.id, url, title, read(SUMMARIES), read(NAMES), read(QUESTIONS), f"{said} {prose}", _foreign(item))


def _foreign(item: Item) -> str:
    """The language of a record's title, if it has one of its own."""
    language = str(getattr(item.record, "language", OWN_LANGUAGE))
    return "" if language == OWN_LANGUAGE else language


def _texts(value: Any) -> Iterator[str]:
    """Every text in a value; of a claim its words, and not where they come from."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            if name not in {"sources", "basis", "id"}:
                yield from _texts(getattr(value, name))
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)


def _prose(body: str) -> str:
    """What people wrote on a page, without marks and calls."""
    return " ".join(_MARKUP.sub(" ", CALL.sub(" ", body)).split())


def _teaser(text: str) -> str:
    """The beginning of ``text``, to the end of a word."""
    if len(text) <= TEASER:
        return text
    cut = text[:TEASER]
    return (cut.rpartition(" ")[0] or cut).rstrip(",;:.") + " …"


# -- readers' words ------------------------------------------------------------------

LEADING = {
    "needs": "problem",
    "lessons": "lesson",
    "tools": "tool",
    "recommendations": "recommendation",
    "conditions": "condition",
    "sectors": "sector",
    "terms": "term",
    "uses": "use",
    "gaps": "gap",
    "conflicts": "conflict",
    "pages": "page",
}


def sign(number: int) -> str:
    """The word that stands in the index for a wording; nobody types such a word."""
    return f"wording{number}"


def _signs(book: Handbook) -> Mapping[tuple[str, str], list[str]]:
    """The signs of each document, by its kind and key."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for number, item in enumerate(book.all("wording")):
        for name, kind in LEADING.items():
            for key in getattr(item.record, name):
                found[kind, key].append(sign(number))
    return found


def _wordings(book: Handbook) -> list[dict[str, Any]]:
    """What readers say, in all languages, with the handbook's words for it, and the sign if it leads to something."""
    rows: list[dict[str, Any]] = []
    for number, item in enumerate(book.all("wording")):
        said: dict[str, list[str]] = {}
        for language in Said.model_fields:
            for word in getattr(item.record.said, language):
                said.setdefault(word, []).append(language)
        leads = any(getattr(item.record, name) for name in LEADING)
        said_in = {word: " ".join(languages) for word, languages in said.items()}
        row = {"said": said_in, "means": item.record.means, "sign": sign(number) if leads else None}
        rows.append({**row, "silent": True} if item.record.silent else row)
    return rows


__all__ = ["FOLDER", "KINDS", "Document", "documents", "files", "write"]
