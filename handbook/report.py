"""Print problems, for people and for GitHub."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from typing import TextIO

from handbook.address import address
from handbook.problem import Problem

HELP = "contribute/when-a-check-fails"
"""The page that explains the rules."""


def report(problems: Sequence[Problem], stream: TextIO) -> None:
    """Print every problem and their number, as annotations too when GitHub Actions runs the program."""
    for problem in problems:
        print(f"{problem.message} [{problem.rule.id}]", file=stream)
        if os.environ.get("GITHUB_ACTIONS") == "true":
            print(annotation(problem), file=stream)
    files = len({problem.place.path for problem in problems})
    where = f" in {files:,} files" if files > 1 else ""
    print(f"{len(problems):,} problem{'s' if len(problems) != 1 else ''} to mend{where}", file=sys.stderr)
    print(f"What each one in square brackets means: {help_page(os.environ)}", file=sys.stderr)


def help_page(environ: Mapping[str, str]) -> str:
    """Where the rules are explained: on the site if its address is known, or else in its folder."""
    site = address(environ).site
    return f"{site}{HELP}/" if site else f"docs/{HELP}.md"


def annotation(problem: Problem) -> str:
    """``problem`` as a GitHub Actions annotation on its line.

    The escapes are those of GitHub's workflow commands: a percent sign and
    line ends in the text, and in properties colons and commas as well.
    """

    def data(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def prop(text: str) -> str:
        return data(text).replace(":", "%3A").replace(",", "%2C")

    place = problem.place
    return f"::error file={prop(place.path)},line={place.line},col={place.column}::{data(f'{problem.words} [{problem.rule.id}]')}"
