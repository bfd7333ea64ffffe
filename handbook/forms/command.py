"""The commands ``forms``, which writes the forms, and ``from-form``, which reads one that came back."""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path

from handbook.check import check
from handbook.forms import write as forms
from handbook.forms.read import MAX_BYTES
from handbook.forms.reply import reply
from handbook.forms.turn import Taken, take, turn, write
from handbook.report import report
from handbook.rules.forms import OLD

KINDS = ("lesson", "use", "correction")


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add both commands to the command line."""
    writing = commands.add_parser("forms", help="write the forms of the host and those for e-mail out of data/forms.yaml")
    writing.set_defaults(run=_write_forms)
    reading = commands.add_parser("from-form", help="make a record of a form that came back, and word the answer to who sent it")
    reading.add_argument("file", metavar="FILE", help="the text of the form; - reads it from the input")
    reading.add_argument("--kind", choices=KINDS, required=True, help="which form it is")
    reading.add_argument("--into", type=Path, help="write the files below this folder (default: the handbook's)")
    reading.add_argument("--answer", type=Path, help="write the answer to the contributor into this file (default: print it)")
    reading.add_argument("--note", type=Path, help="write the note to the editors of a correction into this file (default: print it)")
    reading.add_argument("--date", type=dt.date.fromisoformat, default=None, help="the day on which it came (default: today)")
    reading.set_defaults(run=_from_form)


def _write_forms(options: argparse.Namespace) -> int:
    checked = check(options.root)
    problems = [problem for problem in checked.problems if problem.rule is not OLD]  # which is what this mends
    if problems:
        report(problems, sys.stderr)
        return 1
    for path, text in forms.files(checked.base).items():
        target = options.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
        print(path)
    return 0


def _from_form(options: argparse.Namespace) -> int:
    """Exit code 0 if all was taken, 1 if the contributor or an editor has to mend something first, 2 if the command cannot work."""
    try:
        raw = sys.stdin.buffer.read(MAX_BYTES + 1) if options.file == "-" else take(Path(options.file))
    except OSError as error:
        return _stop(f"{options.file}: {error.strerror}")
    base = check(options.root).base
    if options.kind not in base.records["form"]:
        return _stop(f"data/forms.yaml has no form '{options.kind}' without a fault")
    outcome = turn(raw, options.kind, options.root, options.date or dt.datetime.now(dt.UTC).date())
    try:
        write(outcome, options.into or options.root)
    except (Taken, OSError) as error:
        return _stop(f"cannot write: {error}")
    _give(options.answer, reply(outcome, base))
    if outcome.note:
        _give(options.note, outcome.note)
    for path in outcome.files:
        print(path)
    return 1 if outcome.problems else 0


def _stop(message: str) -> int:
    print(message, file=sys.stderr)
    return 2


def _give(path: Path | None, text: str) -> None:
    if path:
        path.write_text(text, encoding="utf-8", newline="\n")
    else:
        print(text, end="")
