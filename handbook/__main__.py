"""The command line: ``python -m handbook``."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from handbook import audit, comments, export, fingerprint, links, new, other
from handbook.base import overlap
from handbook.check import Checked, check, counts
from handbook.fix import command as fix
from handbook.forms import command as forms
from handbook.load import DATA, DOCS
from handbook.made import TEMPLATES
from handbook.problem import Problem
from handbook.report import report
from handbook.rules.material import OVERRIDES
from handbook.rules.menu import SETTINGS

CHECKED = (DATA, DOCS, TEMPLATES, OVERRIDES, SETTINGS)
"""What the check reads."""


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
    audit.add_command(commands)
    other.add_command(commands)
    fingerprint.add_command(commands)
    comments.add_commands(commands)
    links.add_command(commands)
    forms.add_command(commands)
    fix.add_command(commands)
    new.add_command(commands)
    options = parser.parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):  # whatever a message holds, a terminal of any encoding can show it
        sys.stdout.reconfigure(errors="backslashreplace")
    if hasattr(options, "run"):
        code: int = options.run(options)
        return code
    if options.command == "schema":
        return _schema(options.root, options.folder)
    if not options.root.is_dir():
        parser.error(f"there is no folder {options.root}")
    checked = check(options.root)
    wanted = {path: _below(options.root, path) for path in options.paths}
    for path, below in wanted.items():
        if below is not None and not (options.root / below).exists() and not any(_concerns(problem, below) for problem in checked.problems):
            parser.error(f"there is no file or folder {path}")
        if below is None or not any(below == "." or overlap(below, part) for part in CHECKED):
            parser.error(f"{path} is not checked; that is done with {', '.join(CHECKED)}")
    return _judge(checked, {path: below for path, below in wanted.items() if below is not None})


def _judge(checked: Checked, wanted: Mapping[str, str]) -> int:
    """Report the problems in the files and folders ``wanted``, of which each has a path as it was given and one below the root."""
    problems = [problem for problem in checked.problems if not wanted or any(_concerns(problem, path) for path in wanted.values())]
    if problems:
        report(problems, sys.stdout)
        return 1
    if checked.problems:
        print(f"no problem in {', '.join(wanted)}, and {len(checked.problems)} elsewhere")
    else:
        print(counts(checked.base))
    return 0


def _below(root: Path, path: str) -> str | None:
    """A path as a person gives it, from here or else from the root, as a path from the root. None if it is outside.

    A folder that the root is in stands for the root.
    """
    top, given = (Path(os.path.abspath(name)) for name in (root, path))  # noqa: PTH100  (a link stays a link)
    inside = given if given.is_relative_to(top) and given.exists() else Path(os.path.normpath(top / path))
    if inside.is_relative_to(top):
        return inside.relative_to(top).as_posix()
    return "." if top.is_relative_to(given) or top.is_relative_to(inside) else None


def _concerns(problem: Problem, path: str) -> bool:
    return path == "." or overlap(problem.place.path, path)


def _schema(root: Path, folder: Path) -> int:
    for path in export.schemas(check(root).base, folder):
        print(path)
    return 0


def _run() -> int:
    """Run the command as a program. Who reads its output may stop before its end, as ``head`` does."""
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python would try again at its end
        return 1
    return code


if __name__ == "__main__":
    sys.exit(_run())
