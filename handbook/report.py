"""Print problems, for people and for GitHub."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TextIO

from handbook.problem import Problem


def report(problems: Sequence[Problem], stream: TextIO) -> None:
    """Print every problem and their number, as annotations too when GitHub Actions runs the program."""
    for problem in problems:
        print(problem.message, file=stream)
        if os.environ.get("GITHUB_ACTIONS") == "true":
            print(annotation(problem), file=stream)
    files = len({problem.place.path for problem in problems})
    where = f" in {files:,} files" if files > 1 else ""
    print(f"{len(problems):,} problem{'s' if len(problems) != 1 else ''} to mend{where}", file=sys.stderr)


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
    return f"::error file={prop(place.path)},line={place.line},col={place.column}::{data(problem.words)}"
