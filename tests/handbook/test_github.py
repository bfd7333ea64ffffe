"""What is asked of GitHub: with a stand-in for ``gh`` that writes down what it is asked, and with real git."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from handbook.github import LARGEST, LONGEST, MAIL, Refused, only_adds, proposed
from tests.conftest import ROOT

STAND_IN = """#!{python}
import json, os, sys
from pathlib import Path
words = sys.argv[1:]
texts = [Path(words[words.index("--body-file") + 1]).read_text("utf-8")] if "--body-file" in words else []
with open(os.environ["ASKED"], "a", encoding="utf-8") as file:
    file.write(json.dumps([words, *texts]) + "\\n")
answers = json.loads(os.environ["ANSWERS"])
said = answers.get(" ".join(words[:2]), "")
if said is None:
    sys.exit(1)
print(said)
"""
ISSUE = 12
LESSON = "docs/lessons/ask-early.md"
SOURCES = "data/sources.yaml"
OLD_SOURCES = "a:\n  title: A\nb:\n  title: B\n"


class Host:
    """A repository at a host, a clone of it as a workflow has it, and a ``gh`` that answers as it is told."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.origin, self.clone = folder, folder / "origin.git", folder / "clone"
        self.asked_file = folder / "asked"
        self.answers: dict[str, str | None] = {"issue list": "[]", "pr list": "[]", "pr create": "https://github.com/o/n/pull/13"}
        self.labels = ["lesson"]
        programs = folder / "bin"
        programs.mkdir()
        (programs / "gh").write_text(STAND_IN.format(python=sys.executable), encoding="utf-8")
        (programs / "gh").chmod(0o755)
        self.environ = {
            **{key: value for key, value in os.environ.items() if not key.startswith(("GITHUB_", "GIT_"))},
            "PATH": f"{programs}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "ASKED": str(self.asked_file),
            "GITHUB_EVENT_PATH": str(folder / "event.json"),
            "GITHUB_REPOSITORY": "o/n",
            "GIT_CONFIG_GLOBAL": "/dev/null",
            "GIT_TERMINAL_PROMPT": "0",
        }
        self.git(folder, "init", "--quiet", "--bare", "--initial-branch=main", str(self.origin))
        work = folder / "work"
        self.git(folder, "clone", "--quiet", str(self.origin), str(work))
        (work / "docs/lessons").mkdir(parents=True)
        (work / "docs/lessons/old.md").write_text("old\n", encoding="utf-8")
        (work / "data").mkdir()
        (work / SOURCES).write_text(OLD_SOURCES, encoding="utf-8")
        self.commit(work, "a@example.org")
        self.git(work, "push", "--quiet", "origin", "HEAD:main")
        self.fresh()

    def git(self, folder: Path, *words: str) -> str:
        return subprocess.run(["git", *words], cwd=folder, env=self.environ, capture_output=True, text=True, check=True).stdout.strip()

    def commit(self, folder: Path, mail: str) -> None:
        self.git(folder, "add", ".")
        self.git(folder, "-c", "user.name=A", "-c", f"user.email={mail}", "commit", "--quiet", "--message", "All")

    def fresh(self) -> None:
        """Clone again, as each run of a workflow does."""
        if self.clone.exists():
            self.clone.rename(self.folder / f"used-{len(list(self.folder.iterdir()))}")
        self.git(self.folder, "clone", "--quiet", "--depth=1", f"file://{self.origin}", str(self.clone))

    def run(self, *words: str, body: str | None = "text", **environ: str) -> subprocess.CompletedProcess[str]:
        event = {
            "issue": {"number": ISSUE, "body": body, "title": "$(touch x)", "labels": [{"name": name} for name in self.labels]},
            "repository": {"default_branch": "main"},
        }
        (self.folder / "event.json").write_text(json.dumps(event), encoding="utf-8")
        return subprocess.run(
            [sys.executable, "-S", "-m", "handbook.github", *words],  # without any installed package
            cwd=self.clone,
            env={**self.environ, "ANSWERS": json.dumps(self.answers), **environ},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    @property
    def asked(self) -> list[list[Any]]:
        return [json.loads(line) for line in self.asked_file.read_text(encoding="utf-8").splitlines()] if self.asked_file.exists() else []

    def asked_for(self, *words: str) -> list[list[Any]]:
        return [entry for entry in self.asked if entry[0][: len(words)] == list(words)]

    def form(self, files: Mapping[str, str], answer: str = "Thank you.") -> Path:
        """What the first job hands over."""
        folder = self.folder / f"form-{len(list(self.folder.iterdir()))}"
        folder.mkdir()
        (folder / "answer.md").write_text(answer, encoding="utf-8")
        for name, text in files.items():
            path = folder / "files" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return folder

    def branch(self) -> str:
        return self.git(self.origin, "ls-tree", "-r", "--name-only", f"form/issue-{ISSUE}")


@pytest.fixture
def host(tmp_path: Path) -> Host:
    return Host(tmp_path)


# -- one issue -----------------------------------------------------------------------------


def tell(host: Host, text: str) -> None:
    report = host.folder / "report.md"
    report.write_text(text, encoding="utf-8")
    done = host.run("tell", "links", "Look at these", str(report))
    assert done.returncode == 0, done.stderr


def test_the_first_report_opens_one_issue_with_the_text_from_a_file(host: Host) -> None:
    tell(host, "- <https://x.org/> answers 404\n")
    opened = host.asked_for("issue", "create")
    assert [entry[1] for entry in opened] == ["- <https://x.org/> answers 404\n"]
    assert opened[0][0][:6] == ["issue", "create", "--title", "Look at these", "--label", "links"]


def test_the_next_report_changes_the_open_issue_and_opens_none(host: Host) -> None:
    host.answers["issue list"] = '[{"number": 9}, {"number": 7}]'
    tell(host, "new\n")
    assert [(entry[0][:3], entry[1]) for entry in host.asked_for("issue", "edit")] == [(["issue", "edit", "7"], "new\n")]
    assert host.asked_for("issue", "create") == []


def test_an_empty_report_closes_the_issue_and_opens_none(host: Host) -> None:
    tell(host, "\n")
    assert [entry[0][:2] for entry in host.asked] == [["issue", "list"]]
    host.answers["issue list"] = '[{"number": 7}]'
    tell(host, "")
    assert host.asked[-1][0][:3] == ["issue", "close", "7"]


def test_a_report_longer_than_github_takes_is_cut_at_a_line_and_says_so(host: Host) -> None:
    tell(host, "- a line\n" * 10_000)
    sent = host.asked_for("issue", "create")[0][1]
    assert len(sent) < LONGEST + 200
    assert sent.endswith("- a line\n\nThe rest is left out here, because GitHub takes no longer text.\n")


# -- taking a form -----------------------------------------------------------------------------

HOSTILE = ["", None, "`$(touch hacked)` ; touch hacked; {{ config }} ${{ github.token }}", "æøå 你好 \u202e", "x" * 65_536, "😀" * 65_536]


@pytest.mark.parametrize("body", HOSTILE, ids=["empty", "none", "commands", "languages", "long", "long in bytes"])
def test_the_text_of_an_issue_reaches_a_file_unchanged_and_runs_nothing(host: Host, body: str | None) -> None:
    before = sorted(path.name for path in host.clone.iterdir())
    done = host.run("take", "form", body=body)
    assert done.returncode == 0, done.stderr
    assert (host.clone / "form/form.md").read_text(encoding="utf-8") == (body or "")
    assert (host.clone / "form/kind").read_text(encoding="utf-8") == "lesson\n"
    assert sorted(path.name for path in host.clone.iterdir()) == sorted([*before, "form"])
    assert host.asked == []


@pytest.mark.parametrize("labels", [[], ["bug"], ["lesson", "use"], ["$(x)"]])
def test_an_issue_without_exactly_one_label_of_a_form_is_not_read(host: Host, labels: list[str]) -> None:
    host.labels = labels
    done = host.run("take", "form")
    assert done.returncode == 1
    assert "labels lesson, use, correction" in done.stderr
    assert not (host.clone / "form").exists()


# -- proposing -----------------------------------------------------------------------------------


def propose(host: Host, files: Mapping[str, str], answer: str = "Thank you.") -> str:
    """Propose, and return what the contributor is told."""
    done = host.run("propose", str(host.form(files, answer)))
    assert done.returncode == 0, done.stderr
    said: str = host.asked_for("issue", "comment")[-1][1]
    return said


def test_a_form_becomes_one_commit_on_a_branch_of_its_own_one_pull_request_and_one_answer(host: Host) -> None:
    said = propose(host, {LESSON: "a lesson\n"}, "Still open: the source.")
    assert host.branch().split() == [SOURCES, LESSON, "docs/lessons/old.md"]
    assert host.git(host.origin, "show", f"form/issue-{ISSUE}:{LESSON}") == "a lesson"
    assert host.git(host.origin, "log", "-1", "--format=%s|%ae|%P", f"form/issue-{ISSUE}") == (
        f"Add the lesson ask-early|{MAIL}|{host.git(host.origin, 'rev-parse', 'main')}"
    )
    opened = host.asked_for("pr", "create")
    assert len(opened) == 1
    assert opened[0][0][2:8] == ["--head", f"form/issue-{ISSUE}", "--base", "main", "--title", "Add the lesson ask-early"]
    assert opened[0][1].startswith(f"Closes #{ISSUE}.")
    assert said == "Still open: the source.\n\nYour proposal, which an editor will read: https://github.com/o/n/pull/13"
    assert host.asked_for("issue", "comment")[0][0][2:5] == [str(ISSUE), "--edit-last", "--create-if-none"]
    assert host.git(host.origin, "log", "--format=%s", "main") == "All", "nothing reaches the main branch"


OPENED = '[{"number": 13, "title": "Add the lesson ask-early", "url": "https://github.com/o/n/pull/13"}]'


def test_a_form_that_is_edited_makes_the_same_proposal_anew(host: Host) -> None:
    propose(host, {LESSON: "a lesson\n"})
    host.fresh()
    host.answers["pr list"] = OPENED
    said = propose(host, {LESSON: "a better lesson\n"})
    assert host.git(host.origin, "show", f"form/issue-{ISSUE}:{LESSON}") == "a better lesson"
    assert len(host.asked_for("pr", "create")) == 1
    assert host.asked_for("api") == []
    assert said.endswith("made anew from what you changed: https://github.com/o/n/pull/13")


def test_a_proposal_that_gets_another_name_gets_another_title(host: Host) -> None:
    propose(host, {LESSON: "a lesson\n"})
    host.fresh()
    host.answers["pr list"] = OPENED
    propose(host, {"docs/lessons/ask-very-early.md": "a lesson\n"})
    assert host.branch().split() == [SOURCES, "docs/lessons/ask-very-early.md", "docs/lessons/old.md"]
    assert [entry[0][1:] for entry in host.asked_for("api")] == [
        ["--method", "PATCH", "repos/{owner}/{repo}/pulls/13", "-f", "title=Add the lesson ask-very-early"]
    ]


def test_the_same_text_once_more_leaves_the_proposal_and_its_answer_as_they_are(host: Host) -> None:
    first = propose(host, {LESSON: "a lesson\n"})
    commit = host.git(host.origin, "rev-parse", f"form/issue-{ISSUE}")
    host.fresh()
    host.answers["pr list"] = OPENED
    host.environ["GIT_COMMITTER_DATE"] = "2031-01-01T00:00:00Z"
    assert propose(host, {LESSON: "a lesson\n"}) == first
    assert host.git(host.origin, "rev-parse", f"form/issue-{ISSUE}") == commit


def test_a_change_that_cannot_be_taken_says_that_the_proposal_before_it_is_still_open(host: Host) -> None:
    propose(host, {LESSON: "a lesson\n"})
    host.fresh()
    host.answers["pr list"] = OPENED
    said = propose(host, {}, "Something is needed.")
    assert said == (
        "Something is needed.\n\nWhat was prepared of your text before stays open meanwhile, without your last change: https://github.com/o/n/pull/13"
    )
    assert host.git(host.origin, "show", f"form/issue-{ISSUE}:{LESSON}") == "a lesson"


def test_what_an_editor_did_on_the_branch_is_never_overwritten(host: Host) -> None:
    propose(host, {LESSON: "a lesson\n"})
    editor = host.folder / "editor"
    host.git(host.folder, "clone", "--quiet", "--branch", f"form/issue-{ISSUE}", str(host.origin), str(editor))
    (editor / LESSON).write_text("the editor's lesson\n", encoding="utf-8")
    host.commit(editor, "editor@example.org")
    host.git(editor, "push", "--quiet")
    host.fresh()
    said = propose(host, {LESSON: "another lesson\n"})
    assert host.git(host.origin, "show", f"form/issue-{ISSUE}:{LESSON}") == "the editor's lesson"
    assert said.endswith("An editor is already working on your proposal and will take over what you changed.")


def test_a_form_that_gives_no_file_is_answered_and_proposes_nothing(host: Host) -> None:
    assert propose(host, {}, "What should be corrected?") == "What should be corrected?"
    assert [entry[0][:2] for entry in host.asked] == [["pr", "list"], ["issue", "comment"]]
    assert host.git(host.origin, "branch", "--list", "form/*") == ""


def test_where_workflows_may_open_no_pull_request_the_answer_leads_an_editor_to_it(host: Host) -> None:
    host.answers["pr create"] = None
    assert propose(host, {LESSON: "x\n"}).endswith(f"https://github.com/o/n/compare/main...form/issue-{ISSUE}?expand=1")


OUT_OF_PLACE = [
    ".github/workflows/x.yml",
    "handbook/load.py",
    "docs/index.md",
    "docs/lessons/index.html",
    "docs/lessons/UPPER.md",
    "docs/lessons/-x.md",
    "docs/lessons/a/b.md",
    "docs/lessons/x.md\n",
    "data/vocabulary.yaml",
    "data/uses/x.yml",
    "--force",
]


@pytest.mark.parametrize("name", OUT_OF_PLACE)
def test_a_file_out_of_place_is_not_proposed_and_the_contributor_is_told(host: Host, name: str) -> None:
    said = propose(host, {LESSON: "x\n", name: "x\n"})
    assert "Nothing was proposed: it holds a file that has no place in a form's answer." in said
    assert host.git(host.origin, "branch", "--list", "form/*") == ""


def test_a_file_that_is_already_there_is_never_replaced(host: Host) -> None:
    said = propose(host, {"docs/lessons/old.md": "new\n"})
    assert "there is already a file of this name in the handbook" in said
    assert host.git(host.origin, "branch", "--list", "form/*") == ""


def test_a_source_that_comes_with_a_lesson_is_added_to_the_list(host: Host) -> None:
    propose(host, {LESSON: "x\n", SOURCES: OLD_SOURCES + "c:\n  title: C\n"})
    assert host.git(host.origin, "show", f"form/issue-{ISSUE}:{SOURCES}") == (OLD_SOURCES + "c:\n  title: C").strip()
    assert host.asked_for("pr", "create")[0][0][7] == "Add the lesson ask-early"


@pytest.mark.parametrize("text", ["", "c:\n", OLD_SOURCES.replace("title: A", "title: X"), "b:\n  title: B\na:\n  title: A\n"])
def test_a_list_in_which_something_changes_or_vanishes_is_not_proposed(host: Host, text: str) -> None:
    assert "it changes what is already in the handbook" in propose(host, {LESSON: "x\n", SOURCES: text})
    assert host.git(host.origin, "branch", "--list", "form/*") == ""


def test_lines_added_anywhere_are_additions_and_a_lost_double_is_none() -> None:
    assert only_adds("a\nb\n", "x\na\ny\nb\nz\n")
    assert not only_adds("a\na\n", "a\n")


def test_a_correction_is_answered_with_the_note_for_the_editors_below(host: Host) -> None:
    folder = host.form({}, "Thank you.")
    (folder / "note.md").write_text("The page says 7.", encoding="utf-8")
    assert host.run("propose", str(folder)).returncode == 0
    assert host.asked_for("issue", "comment")[0][1] == "Thank you.\n\n---\n\nThe page says 7."


def test_a_link_a_large_file_and_many_files_are_not_proposed(tmp_path: Path) -> None:
    uses = tmp_path / "files/data/uses"
    uses.mkdir(parents=True)
    (uses / "a.yaml").symlink_to("/etc/passwd")
    with pytest.raises(Refused, match="no ordinary file"):
        proposed(tmp_path / "files")
    (uses / "a.yaml").unlink()
    (uses / "a.yaml").write_bytes(b"x" * (LARGEST + 1))
    with pytest.raises(Refused, match="too large"):
        proposed(tmp_path / "files")
    for name in "abcd":
        (uses / f"{name}.yaml").write_text("x", encoding="utf-8")
    with pytest.raises(Refused, match="too many"):
        proposed(tmp_path / "files")


def test_the_token_is_in_no_command_and_not_kept(host: Host) -> None:
    token = "ghs_" + "x" * 36
    done = host.run("propose", str(host.form({LESSON: "x\n"})), GH_TOKEN=token)
    assert done.returncode == 0
    assert token not in json.dumps(host.asked) + done.stdout + done.stderr
    assert token not in (host.clone / ".git/config").read_text(encoding="utf-8")
