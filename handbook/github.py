"""What the workflows ask of GitHub: ``python3 -m handbook.github``.

Only jobs that may write to the repository call this, so it needs nothing but
Python, git and GitHub's own ``gh``: no package of others runs beside a right
to write. Text from an issue is data here. It comes in a file, is never part of
a command, and what was made of it is looked at once more before it is proposed:
a new page or record of a known name in a known place, and in the lists of sources
and contributors nothing but added lines.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

BRANCH = "form/issue-{number}"
AUTHOR = "github-actions[bot]"
MAIL = "41898282+github-actions[bot]@users.noreply.github.com"
"""The name and address under which GitHub shows what its workflows commit."""

LONGEST = 60_000
"""Characters of a text for GitHub at most. GitHub takes 65,536."""
LARGEST = 256 * 1024
"""Bytes of a proposed file at most: the check's own limit."""
MOST_FILES = 3

KINDS = ("lesson", "use", "correction")
"""The labels by which a form is known."""

_LISTS = {"data/sources.yaml", "data/contributors.yaml"}
"""What a form may add to, and not change."""
_ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_ALLOWED = {
    "the lesson": re.compile(rf"docs/lessons/({_ID})\.md"),
    "the record of use": re.compile(rf"data/uses/({_ID})\.yaml"),
}


class Refused(Exception):  # noqa: N818  (an answer to a person)
    """A proposal is not made. The text says why."""


# -- one issue that says what is to be done -------------------------------------------


def tell(label: str, title: str, report: Path) -> None:
    """Keep one open issue with ``label`` that says what is in ``report``; close it when the report is empty."""
    text = report.read_text(encoding="utf-8")
    found = json.loads(_gh("issue", "list", "--label", label, "--state", "open", "--json", "number"))
    number = str(min(issue["number"] for issue in found)) if found else None
    if not text.strip():
        if number:
            _gh("issue", "close", number, "--comment", "Nothing is left to do.")
        return
    body = _shortened(text, report)
    if number:
        _gh("issue", "edit", number, "--body-file", str(body))
    else:
        _gh("label", "create", label, "--force")
        _gh("issue", "create", "--title", title, "--label", label, "--body-file", str(body))


def _shortened(text: str, beside: Path) -> Path:
    """The text in a file that GitHub takes."""
    if len(text) > LONGEST:
        text = text[:LONGEST].rpartition("\n")[0] + "\n\nThe rest is left out here, because GitHub takes no longer text.\n"
    short = beside.with_name(f"{beside.stem}.sent{beside.suffix}")
    short.write_text(text, encoding="utf-8")
    return short


# -- a form that was sent --------------------------------------------------------------


def take(event: Mapping[str, Any], folder: Path) -> None:
    """Write the text of the event's issue to ``folder/form.md`` and the kind of form to ``folder/kind``. Raises :class:`Refused`."""
    labels = {label["name"] for label in event["issue"]["labels"]}
    kinds = [kind for kind in KINDS if kind in labels]
    if len(kinds) != 1:
        raise Refused(f"an issue needs one of the labels {', '.join(KINDS)} to be read as a form")
    folder.mkdir(parents=True)
    (folder / "form.md").write_text(event["issue"]["body"] or "", encoding="utf-8")
    (folder / "kind").write_text(kinds[0] + "\n", encoding="utf-8")


def propose(event: Mapping[str, Any], folder: Path) -> None:
    """Propose the files in ``folder/files``, if there are any, and answer in the issue with ``folder/answer.md``.

    A correction gives no file, but ``folder/note.md`` for the editors, which
    stands below the answer.

    The proposal is a branch of its own with one commit, made anew when the
    issue is edited, until somebody else works on it, and left alone when the
    same comes out of it: a form that is opened with its label arrives twice.
    """
    number = str(int(event["issue"]["number"]))
    base = event["repository"]["default_branch"]
    answer = (folder / "answer.md").read_text(encoding="utf-8")
    note = folder / "note.md"
    try:
        files = proposed(folder / "files")
        if files:
            answer += "\n\n" + _send(files, folder, number, base)
        elif not note.exists() and (earlier := _opened(BRANCH.format(number=number))):
            answer += f"\n\nWhat was prepared of your text before stays open meanwhile, without your last change: {earlier['url']}"
    except Refused as refused:
        answer += f"\n\nNothing was proposed: {refused}. An editor will look at it."
    if note.exists():
        answer += "\n\n---\n\n" + note.read_text(encoding="utf-8")
    body = _shortened(answer, folder / "answer.md")
    _gh("issue", "comment", number, "--edit-last", "--create-if-none", "--body-file", str(body))


def proposed(files: Path) -> dict[str, str | None]:
    """The files to propose, each with what is new in it, in words, or None for a list. Raises :class:`Refused` if one is out of place."""
    found: dict[str, str | None] = {}
    for path in sorted(files.rglob("*")) if files.is_dir() else ():
        if path.is_symlink() or not (path.is_dir() or path.is_file()):
            raise Refused("it holds something that is no ordinary file")
        if path.is_file():
            name = path.relative_to(files).as_posix()
            found[name] = None if name in _LISTS else _title(name)
            if path.stat().st_size > LARGEST:
                raise Refused("it holds a file that is too large")
    if len(found) > MOST_FILES:
        raise Refused("it holds too many files")
    return found


def _title(name: str) -> str:
    for what, pattern in _ALLOWED.items():
        if match := pattern.fullmatch(name):
            return f"{what} {match[1]}"
    raise Refused("it holds a file that has no place in a form's answer")


def only_adds(old: str, new: str) -> bool:
    """Whether every line of ``old`` stands in ``new``, in the same order."""
    lines = iter(new.splitlines())
    return all(line in lines for line in old.splitlines())


def _send(files: Mapping[str, str | None], folder: Path, number: str, base: str) -> str:
    """Commit, push and open the pull request. Returns the sentence for the contributor."""
    branch = BRANCH.format(number=number)
    there = _git("ls-remote", "--heads", "origin", f"refs/heads/{branch}").split()
    if there:
        _git("fetch", "--quiet", "--depth=1", "origin", there[0])
        if _git("log", "-1", "--format=%ae", there[0]).strip() != MAIL:
            return "An editor is already working on your proposal and will take over what you changed."
    _git("checkout", "--quiet", "-B", branch)
    for name in files:
        _place(folder / "files" / name, Path(name))
        _git("add", "--", name)
    title = "Add " + (" and ".join(filter(None, files.values())) or "to a list")
    _git("-c", f"user.name={AUTHOR}", "-c", f"user.email={MAIL}", "commit", "--quiet", "--message", title)
    if there and _git("rev-parse", f"{there[0]}^{{tree}}") == _git("rev-parse", "HEAD^{tree}"):
        return _open(base, title, number, folder, "Your proposal, which an editor will read")
    lease = f"--force-with-lease=refs/heads/{branch}:{there[0] if there else ''}"
    _git("push", "--quiet", lease, "origin", f"HEAD:refs/heads/{branch}")
    return _open(base, title, number, folder, "Your proposal was made anew from what you changed")


def _place(made: Path, target: Path) -> None:
    """Put a file in its place. Raises :class:`Refused` if that changes what is there."""
    if target.exists():
        if target.as_posix() not in _LISTS:
            raise Refused("there is already a file of this name in the handbook")
        if not only_adds(target.read_text(encoding="utf-8"), made.read_text(encoding="utf-8")):
            raise Refused("it changes what is already in the handbook")
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(made, target)


def _opened(branch: str) -> dict[str, Any] | None:
    """The open pull request of a branch: its number, title and address."""
    found: list[dict[str, Any]] = json.loads(_gh("pr", "list", "--head", branch, "--state", "open", "--json", "number,title,url"))
    return found[0] if found else None


def _open(base: str, title: str, number: str, folder: Path, again: str) -> str:
    """Open the pull request, or give the one that is open its title. Returns the sentence for the contributor, ``again`` if it was open."""
    branch = BRANCH.format(number=number)
    if found := _opened(branch):
        if found["title"] != title:
            _gh("api", "--method", "PATCH", f"repos/{{owner}}/{{repo}}/pulls/{found['number']}", "-f", f"title={title}")
        return f"{again}: {found['url']}"
    body = folder / "pull-request.md"
    body.write_text(f"Closes #{number}.\n\nMade from the form in #{number}; what is still open is said there.\n", encoding="utf-8")
    try:
        url = _gh("pr", "create", "--head", branch, "--base", base, "--title", title, "--body-file", str(body)).strip()
    except subprocess.CalledProcessError:  # the repository's settings may forbid it to workflows
        root = f"{os.environ.get('GITHUB_SERVER_URL', 'https://github.com')}/{os.environ.get('GITHUB_REPOSITORY', '')}"
        return f"An editor opens your proposal here: {root}/compare/{base}...{branch}?expand=1"
    return f"Your proposal, which an editor will read: {url}"


# -- programs ---------------------------------------------------------------------------


def _gh(*arguments: str) -> str:
    return _call("gh", *arguments)


def _git(*arguments: str) -> str:
    """Run git. The token stays in the environment: ``gh`` hands it to git when it is asked for."""
    return _call("git", "-c", "credential.helper=", "-c", "credential.helper=!gh auth git-credential", *arguments)


def _call(*command: str) -> str:
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, encoding="utf-8").stdout  # noqa: S603  (no shell)


def _event() -> dict[str, Any]:
    event: dict[str, Any] = json.loads(Path(os.environ["GITHUB_EVENT_PATH"]).read_text(encoding="utf-8"))
    return event


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns 0, or 1 with a reason if it was refused."""
    parser = argparse.ArgumentParser(prog="python3 -m handbook.github", description="What the workflows ask of GitHub.")
    commands = parser.add_subparsers(dest="command", required=True)
    telling = commands.add_parser("tell", help="keep one open issue that says what is in a report")
    telling.add_argument("label")
    telling.add_argument("title")
    telling.add_argument("report", type=Path)
    for name, what in (("take", "write the text of a form that was sent into a folder"), ("propose", "propose what was made of it, and answer")):
        commands.add_parser(name, help=what).add_argument("folder", type=Path)
    options = parser.parse_args(arguments)
    try:
        if options.command == "tell":
            tell(options.label, options.title, options.report)
        else:
            {"take": take, "propose": propose}[options.command](_event(), options.folder)
    except Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
