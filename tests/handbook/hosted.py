"""The text that GitHub makes of an issue form that somebody has filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from handbook.base import Base
from handbook.forms.write import HOST_FOLDER, files

Given = Mapping[str, str | Sequence[str]]

LESSON: dict[str, str | Sequence[str]] = {
    "title": "Ring the chef before the office",
    "happened": "We invited five kitchens in March 2026. Two came.",
    "do": "Ring the chef first.",
    "kind": "Mixed",
    "needs": ["Companies do not join what we offer", "Our members do not meet buyers"],
    "organisation": "Baltic Food Cluster",
    "consent": ["You may publish what I wrote here, under the licence CC BY 4.0."],
}
"""The six answers that are needed, and the tick."""

USE: dict[str, str | Sequence[str]] = {
    "recommendation": "Call your members",
    "sector": "Food",
    "when": "7.3.2026",
    "done": "We rang twelve members.\n\nFour came.",
    "outcome": "Mixed",
    "organisation": "Baltic Food Cluster",
    "consent": ["You may publish what I wrote here, under the licence CC BY 4.0."],
}

CORRECTION: dict[str, str | Sequence[str]] = {
    "page": "https://handbook.example/lessons/ask-again/",
    "wrong": "The year.",
    "right": "2018.",
    "consent": ["You may publish what I wrote here, under the licence CC BY 4.0."],
}

NAMED = "You may name my organisation as the one that gave this account."
PERSON = "You may name me as well, with the name that I give further below."


def form_of(base: Base, form: str) -> dict[str, Any]:
    """The issue form as the host reads it."""
    found: dict[str, Any] = yaml.safe_load(files(base)[f"{HOST_FOLDER}/{form}.yml"])
    return found


def hosted(form: Mapping[str, Any], given: Given) -> str:
    """What the host makes of the answers ``given``, by the ids of the questions: words, or the words of several choices or ticks."""
    parts = []
    for element in form["body"]:
        if element["type"] == "markdown":
            continue
        attributes, answer = element["attributes"], given.get(element["id"])
        if element["type"] == "checkboxes":
            assert set(answer or ()) <= {option["label"] for option in attributes["options"]}
            value = "\n".join(f"- [{'X' if option['label'] in (answer or ()) else ' '}] {option['label']}" for option in attributes["options"])
        elif isinstance(answer, str) or answer is None:
            value = answer or (attributes["options"][0] if element["type"] == "dropdown" and not attributes["multiple"] else "_No response_")
        else:
            value = ", ".join(answer)
        if element["type"] == "dropdown" and answer:
            assert set([answer] if isinstance(answer, str) else answer) <= set(attributes["options"]), answer
        parts.append(f"### {attributes['label']}\n\n{value}")
    return "\n\n".join(parts)


def snapshot(root: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}
