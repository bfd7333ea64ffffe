"""The command line: ``python -m handbook``."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

from handbook import export
from handbook.check import check, counts
from handbook.problem import Problem


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns the exit code: 0 when all is well, 1 when the check found
    problems, 2 (raised by argparse) when the command itself was wrong.
    """
    parser = argparse.ArgumentParser(prog="python -m handbook", description="Check and export the transfer handbook.")
    parser.add_argument("--root", type=Path, default=Path(), help="the handbook's folder (default: this one)")
    commands = parser.add_subparsers(dest="command", required=True)
    checking = commands.add_parser("check", help="find every fault in the data and the pages")
    checking.add_argument("paths", nargs="*", metavar="PATH", help="report only faults in these files or folders")
    schemas = commands.add_parser("schema", help="write the JSON Schemas that editors use")
    schemas.add_argument("folder", type=Path, help="where to write them")
    options = parser.parse_args(arguments)
    if options.command == "schema":
        return _schema(options.root, options.folder)
    return _check(options.root, options.paths)


def _check(root: Path, paths: Sequence[str]) -> int:
    checked = check(root)
    missing = [path for path in paths if not (root / path).exists() and not Path(path).exists()]
    for path in missing:
        print(f"{path}: there is no such file or folder", file=sys.stderr)
    wanted = [_relative(root, path) for path in paths]
    problems = [p for p in checked.problems if not wanted or any(_within(p.place.path, path) for path in wanted)]
    if problems or missing:
        report(problems, sys.stdout)
        return 1
    print(counts(checked.base))
    return 0


def report(problems: Sequence[Problem], stream: TextIO) -> None:
    """Print every problem and their number, as annotations too when GitHub Actions runs the program."""
    for problem in problems:
        print(problem.message, file=stream)
        if os.environ.get("GITHUB_ACTIONS") == "true":
            print(annotation(problem), file=stream)
    print(f"{len(problems)} problem{'s' if len(problems) != 1 else ''} to mend", file=sys.stderr)


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
    prefix = f"{place.path}:{place.line}:{place.column}: "
    text = problem.message.removeprefix(prefix)
    return f"::error file={prop(place.path)},line={place.line},col={place.column}::{data(text)}"


def _relative(root: Path, path: str) -> str:
    absolute = Path(path).resolve()
    base = root.resolve()
    return absolute.relative_to(base).as_posix() if absolute.is_relative_to(base) else path


def _within(path: str, wanted: str) -> bool:
    return wanted in {".", path} or path.startswith(wanted + "/")


def _schema(root: Path, folder: Path) -> int:
    for path in export.schemas(check(root).base, folder):
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
