"""An index of words, in the form that the page's search library loads.

The library is MiniSearch 7, whose ``loadJS`` takes what ``toJSON`` gives; its
form is number 2. The words must come out here as they do in the page, so
:func:`words` is written a second time in ``search/words.js``, and a test
compares the two over everything there is to find.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import Any

FORM = 2
"""What MiniSearch calls serializationVersion."""

_WORD = re.compile(r"[^\W_]+")
_LETTERS = str.maketrans({"ä": "ae", "æ": "ae", "ö": "oe", "ø": "oe", "ü": "ue", "å": "aa", "ß": "ss"})
_VOWEL = re.compile("[aeiouy]")


def words(text: str) -> Iterator[str]:
    """The words of ``text``: in small letters, without accents and English endings, and with ä, ø and the like in two letters."""
    for word in _WORD.findall(_plain(text.lower())):
        yield stem(word)


def _plain(text: str) -> str:
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    return "".join(sign for sign in apart if not unicodedata.category(sign).startswith("M"))


@lru_cache(50_000)
def stem(word: str) -> str:
    """``word`` without the ending of a plural or a verb, so that *companies* is found by *company* and *funding* by *fund*.

    Light on purpose: a stem need not be a word, but two words that mean
    different things should keep different stems.
    """
    return _without_verb_ending(_without_plural(word))


def _without_plural(word: str) -> str:
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):  # noqa: PLR2004  (letters)
        return word
    if word.endswith("ies") and len(word) > 4:  # noqa: PLR2004
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("sses", "ches", "shes")) else word[:-1]


def _without_verb_ending(word: str) -> str:
    for ending, least in (("ing", 6), ("ed", 5)):
        rest = word[: -len(ending)]
        if len(word) >= least and word.endswith(ending) and not word.endswith("eed") and _VOWEL.search(rest):
            return rest[:-1] if rest[-1] == rest[-2] and rest[-1] not in "ls" else _without_e(rest)
    return _without_e(word)


def _without_e(word: str) -> str:
    return word[:-1] if len(word) > 4 and word.endswith("e") else word  # noqa: PLR2004


def index(fields: Sequence[str], documents: Sequence[Sequence[str]], ignored: Collection[str] = ()) -> dict[str, Any]:
    """The index of ``documents``, each a text for every one of ``fields``, by the documents' numbers from 0.

    The words ``ignored`` are left out.
    """
    found: dict[str, dict[int, dict[int, int]]] = {}
    lengths: dict[int, list[int]] = {}
    for number, texts in enumerate(documents):
        lengths[number] = []
        for field, text in enumerate(texts):
            counts = Counter(word for word in words(text) if word not in ignored)
            lengths[number].append(len(counts))
            for word, count in counts.items():
                found.setdefault(word, {}).setdefault(field, {})[number] = count
    total = max(len(documents), 1)
    return {
        "serializationVersion": FORM,
        "documentCount": len(documents),
        "nextId": len(documents),
        "documentIds": {number: number for number in range(len(documents))},
        "fieldIds": {name: number for number, name in enumerate(fields)},
        "fieldLength": lengths,
        "averageFieldLength": [sum(length[field] for length in lengths.values()) / total for field in range(len(fields))],
        "storedFields": {},
        "dirtCount": 0,
        "index": list(found.items()),
    }
