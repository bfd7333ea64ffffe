"""What keeps a person from being thanked by name, and has to be said."""

from __future__ import annotations

from handbook.forms.read import Answers, Notice


def unthanked(answers: Answers) -> list[Notice]:
    """Why a person who gave a name is not thanked by it: persons are thanked only if they agreed, and with their organisation."""
    if not answers.text("person"):
        return []
    if not answers.ticked("consent", "person"):
        return [Notice("You gave your name and did not tick that we may use it, so we do not.")]
    if not answers.text("organisation"):
        return [Notice("Persons are thanked with their organisation. You named none, so we cannot name you yet.")]
    if not answers.ticked("consent", "organisation"):
        return [Notice("Persons are thanked with their organisation. You did not tick that we may name yours, so we name neither.")]
    return []
