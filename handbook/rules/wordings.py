"""The words that readers type into the search."""

from __future__ import annotations

from collections.abc import Iterator

from handbook.base import Base
from handbook.doubt import texts
from handbook.load import DOCS, VOCABULARY
from handbook.model import Said, Wording
from handbook.problem import Guess, Problem, Rule
from handbook.records import field_name, place_of
from handbook.wordindex import words

AIMLESS = Rule("wording-aimless", "these words lead nowhere", "name the handbook's own words under 'means:', or a problem, a record or a page")
SILENT = Rule("wording-silent", "no words of readers are given", "add them under 'said:', by language")
NO_PAGE = Rule("wording-page", "there is no page '{page}'", "name a page by its path below docs, for example 'about/privacy.md'")
NOT_OURS = Rule(
    "wording-not-ours",
    "the handbook itself does not say '{words}'",
    "under 'means:' put words that its tools, recommendations, conditions, sectors, terms or problems use",
)
TWICE = Rule("wording-twice", "'{words}' is also said under '{other}'", "say it in one place only, and let that lead to all it should lead to")

TARGETS = tuple(name for name in Wording.model_fields if name not in {"id", "aliases", "said"})
SPEAKING = {
    "tool": ("title", "summary", "aka"),
    "recommendation": ("title", "summary"),
    "condition": ("title", "question"),
    "sector": ("title", "summary"),
    "term": ("term", "synonyms"),
    "gap": ("title", "matters"),
}
"""Where the handbook's own words are looked for."""


def wordings_lead_somewhere(base: Base) -> Iterator[Problem]:
    """What readers say is given, and leads to words, problems, records or pages."""
    for key, record in base.records["wording"].items():
        if not any(getattr(record, name) for name in TARGETS):
            yield AIMLESS.at(base.raw("wording", key).place, key)
        if not any(getattr(record.said, language) for language in Said.model_fields):
            yield SILENT.at(place_of(base.raw("wording", key), ("said",)), f"{key} said")


def wordings_name_pages(base: Base) -> Iterator[Problem]:
    """The pages that words lead to are there."""
    paths = [path.removeprefix(f"{DOCS}/") for path in base.files.pages]
    for key, record in base.records["wording"].items():
        for index, page in enumerate(record.pages):
            if page not in paths and not base.files.hides(f"{DOCS}/{page}"):
                loc = ("pages", index)
                yield NO_PAGE.at(place_of(base.raw("wording", key), loc), field_name(loc), page=page, nearest=Guess(page, paths))


def wordings_mean_our_words(base: Base) -> Iterator[Problem]:
    """The words given as the handbook's own are ones that it uses, or they would find nothing."""
    ours = set(_ours(base))
    for key, record in base.records["wording"].items():
        for index, meant in enumerate(record.means):
            if any(word not in ours and not base.may_name(word, *SPEAKING, VOCABULARY) for word in words(meant)):
                loc = ("means", index)
                yield NOT_OURS.at(place_of(base.raw("wording", key), loc), field_name(loc), words=meant)


def _ours(base: Base) -> Iterator[str]:
    for kind, fields in SPEAKING.items():
        for raw in base.files.records[kind].values():
            for name in fields:
                yield from (word for text in texts(raw.values.get(name)) for word in words(text))
    for entry in base.vocabulary.get("need", {}).values():
        yield from words(f"{entry.label} {entry.description}")


def readers_words_stand_once(base: Base) -> Iterator[Problem]:
    """What readers say in one language stands in one place only."""
    first: dict[tuple[str, str], str] = {}
    for key, record in base.records["wording"].items():
        for language in Said.model_fields:
            for index, said in enumerate(getattr(record.said, language)):
                other = first.setdefault((language, said.casefold()), key)
                if other != key:
                    loc = ("said", language, index)
                    yield TWICE.at(place_of(base.raw("wording", key), loc), field_name(loc), words=said, other=other)


PRESENT = (wordings_lead_somewhere, readers_words_stand_once)
ABSENT = (wordings_name_pages, wordings_mean_our_words)
