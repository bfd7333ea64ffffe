"""Every script line of the workflows, run as GitHub would run it, with stand-ins for what is not of ours."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from handbook.__main__ import main
from tests.conftest import ROOT
from tests.workflows.test_workflows import RUN, workflow

SHELL = workflow("check")["defaults"]["run"]["shell"].replace(" {0}", "").split()
OURS = [line for line, command in RUN.items() if command != "made"]
WRITE_DOWN = """#!/bin/sh
{{ printf '%s\\0' "$@"; printf '\\n'; }} >> "{asked}"
echo "said"
exit {code}
"""


def run(line: str, folder: Path, code: int = 0) -> tuple[int, list[list[str]]]:
    """Run a script line in ``folder``, with programs that write down what they are asked and end with ``code``."""
    asked = folder / "asked"
    for name in (".venv/bin/python", "bin/python3", "bin/make"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(WRITE_DOWN.format(asked=asked, code=code), encoding="utf-8")
        path.chmod(0o755)
    script = folder / "script.sh"
    script.write_text(line, encoding="utf-8")
    environ = {**os.environ, "PATH": f"{folder / 'bin'}:{os.environ['PATH']}", "GITHUB_STEP_SUMMARY": str(folder / "sum mary"), "RUNNER_TEMP": "/a b"}
    done = subprocess.run([*SHELL, str(script)], cwd=folder, env=environ, capture_output=True, text=True, timeout=60, check=False)
    lines = asked.read_text(encoding="utf-8").splitlines() if asked.exists() else []
    return done.returncode, [line.rstrip("\0").split("\0") for line in lines]


@pytest.mark.parametrize("line", RUN)
def test_a_script_line_calls_one_program_once_with_whole_words_and_fails_if_that_fails(line: str, tmp_path: Path) -> None:
    (tmp_path / "form").mkdir()
    (tmp_path / "form/kind").write_text("use\n", encoding="utf-8")
    code, asked = run(line, tmp_path)
    assert code == 0
    assert len(asked) == 1
    assert run(line, tmp_path, code=1)[0] != 0
    if "$RUNNER_TEMP" in line:
        assert asked[0][-1] == "/a b/form"
    if "GITHUB_STEP_SUMMARY" in line:
        assert (tmp_path / "sum mary").read_text(encoding="utf-8") == "said\nsaid\n"
    if "report.md" in line and ">" in line:
        assert (tmp_path / "report.md").read_text(encoding="utf-8") == "said\n"


def test_a_form_that_could_not_be_read_is_still_answered(tmp_path: Path) -> None:
    line = next(line for line, command in RUN.items() if command == "from-form")
    (tmp_path / "form").mkdir()
    (tmp_path / "form/kind").write_text("lesson\n", encoding="utf-8")
    (tmp_path / "form/answer.md").write_text("What happened?", encoding="utf-8")
    code, asked = run(line, tmp_path, code=1)
    assert code == 0
    assert " ".join(asked[0]) == "-m handbook from-form form/form.md --kind lesson --into form/files --answer form/answer.md --note form/note.md"


@pytest.mark.parametrize("line", OURS)
def test_the_program_knows_every_command_and_option_in_a_script_line(line: str, tmp_path: Path) -> None:
    (tmp_path / "form").mkdir()
    (tmp_path / "form/kind").write_text("lesson\n", encoding="utf-8")
    words = run(line, tmp_path)[1][0]
    assert words[0] == "-m"
    known = subprocess.run([sys.executable, *words, "--help"], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert known.returncode == 0, known.stderr
    options = {word for word in words if word.startswith("--")}
    assert {option for option in options if option not in known.stdout} == set()


@pytest.mark.parametrize("target", [line.removeprefix("make ") for line, command in RUN.items() if command == "made"])
def test_make_knows_every_target_in_a_script_line(target: str) -> None:
    done = subprocess.run(["make", "--dry-run", target], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0
    asked = {"check": "handbook check", "site": "handbook build", "test": "python -m pytest", "other": "-m venv --clear .venv-other"}
    assert asked[target] in done.stdout


def test_check_annotates_the_line_of_a_fault_on_github(tiny: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    page = tiny / "docs/sectors/food.md"
    page.write_text(page.read_text(encoding="utf-8").replace("title: food\n", ""), encoding="utf-8")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert main(["--root", str(tiny), "check"]) == 1
    assert "::error file=docs/sectors/food.md,line=1,col=1::the page has no title" in capsys.readouterr().out


def test_the_audit_in_the_workflow_fails_for_a_site_with_a_fault(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/index.html").write_text("<html><h1>a</h1></html>", encoding="utf-8")
    assert main(["audit", str(tmp_path / "site")]) == 1


def test_the_link_check_in_the_workflow_writes_its_report_to_a_file(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(tiny), "links"]) == 0
    assert capsys.readouterr().out == "", "the tiny handbook cites names that belong to nobody"
