"""What ``python -m handbook check`` prints, where, and how it ends."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from handbook.__main__ import main
from tests.conftest import ROOT
from tests.handbook.examples import LESSON, SECTOR, change

COUNTS = (
    "85 files in order: 3 lessons, 1 tools, 1 uses, 1 organisations, 2 sectors, 2 conditions, 1 recommendations, "
    "2 sources, 1 terms, 1 conflicts, 1 gaps, 2 wordings, 1 contributors\n"
)
KIND = f"{LESSON}:6:7: kind: 'great' is not one of the allowed tags of 'kind'; use one of: worked, did-not-work, mixed, open [tag-unknown]\n"
HELP = "What each one in square brackets means: docs/contribute/when-a-check-fails.md\n"
TITLE = f"{SECTOR}:1:1: the page has no title; add a line 'title:' between the two lines of hyphens [page-field-missing]\n"


@pytest.fixture
def spoilt(tiny: Path) -> Path:
    """The tiny handbook with a fault in a lesson and another in a sector's page."""
    change(tiny, LESSON, "kind: worked", "kind: great")
    change(tiny, SECTOR, "title: food\n", "")
    return tiny


def run(*arguments: str, root: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run the program as a person would, in the folder ``root``."""
    return subprocess.run(
        [sys.executable, "-m", "handbook", *arguments],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environ},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_when_all_is_well_one_line_says_what_was_checked(tiny: Path) -> None:
    done = run("check", root=tiny)
    assert (done.returncode, done.stdout, done.stderr) == (0, COUNTS, "")


def test_problems_go_to_standard_output_and_their_number_to_standard_error(spoilt: Path) -> None:
    done = run("check", root=spoilt)
    assert (done.returncode, done.stdout, done.stderr) == (1, KIND + TITLE, "2 problems to mend in 2 files\n" + HELP)


def test_the_page_that_explains_the_messages_is_named_by_its_address_where_there_is_one(spoilt: Path) -> None:
    done = run("check", root=spoilt, HANDBOOK_SITE_URL="https://handbook.example/site")
    assert done.stderr.endswith(": https://handbook.example/site/contribute/when-a-check-fails/\n")


def test_one_problem_is_called_one(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(tiny, LESSON, "kind: worked", "kind: great")
    assert main(["--root", str(tiny), "check"]) == 1
    assert capsys.readouterr() == (KIND, "1 problem to mend\n" + HELP)


@pytest.mark.parametrize(
    ("start", "path", "shown"),
    [
        (".", LESSON, KIND),
        (".", "docs/lessons", KIND),
        (".", "docs/lessons/", KIND),
        (".", "./docs/../docs/lessons", KIND),
        (".", SECTOR, TITLE),
        (".", "docs", KIND + TITLE),
        (".", ".", KIND + TITLE),
        (".", "{here}/docs/lessons", KIND),
        (".", "{here}", KIND + TITLE),
        ("docs/lessons", ".", KIND),
        ("docs/lessons", "../sectors/food.md", TITLE),
        ("docs/lessons", "docs/sectors", TITLE),
        ("..", "docs/sectors/", TITLE),
        ("..", "tiny/docs/sectors", TITLE),
        ("..", "{here}/docs/sectors", TITLE),
        (".", "..", KIND + TITLE),
        (".", "../..", KIND + TITLE),
        ("docs/lessons", "../../..", KIND + TITLE),
        (".", "/", KIND + TITLE),
    ],
)
def test_only_what_is_named_is_reported(start: str, path: str, shown: str, spoilt: Path) -> None:
    """A path is one from where the program was started, or else one from the handbook's folder."""
    done = run("--root", str(spoilt), "check", path.format(here=spoilt), root=spoilt / start)
    assert (done.returncode, done.stdout) == (1, shown)


def test_a_root_that_is_given_by_a_path_from_here_is_understood(spoilt: Path) -> None:
    assert run("--root", "..", "check", "sectors", root=spoilt / "docs").stdout == TITLE


def test_several_paths_are_reported_together(spoilt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(spoilt), "check", SECTOR, "data", LESSON]) == 1
    assert capsys.readouterr().out == KIND + TITLE


def test_problems_elsewhere_are_mentioned_and_do_not_count(spoilt: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(spoilt), "check", "data", "docs/lessons/index.md"]) == 0
    assert capsys.readouterr() == ("no problem in data, docs/lessons/index.md, and 2 elsewhere\n", "")


def test_a_path_in_a_handbook_without_a_problem_gets_the_line_for_all(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(tiny), "check", "data"]) == 0
    assert capsys.readouterr() == (COUNTS, "")


def test_a_problem_of_a_folder_concerns_what_is_in_it(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tiny / "docs" / "lessons").rename(tiny / "docs" / "Lessons")
    assert main(["--root", str(tiny), "check", "docs/Lessons/index.md"]) == 1
    assert capsys.readouterr().out.startswith("docs/Lessons:1:1: ")


def test_a_link_is_reported_where_it_is(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tiny / "docs/lessons/link.md").symlink_to("index.md")
    assert main(["--root", str(tiny), "check", "docs/lessons/link.md"]) == 1
    assert capsys.readouterr().out.startswith("docs/lessons/link.md:1:1: this is a link")


def test_a_file_that_is_missing_and_needed_can_be_asked_for(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tiny / "data" / "gaps.yaml").unlink()
    assert main(["--root", str(tiny), "check", "data/gaps.yaml"]) == 1
    assert capsys.readouterr().out.startswith("data/gaps.yaml:1:1: ")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check", "nosuch"], "there is no file or folder nosuch"),
        (["check", "docs/lessons/nosuch.md"], "there is no file or folder docs/lessons/nosuch.md"),
        (["--root", "nosuch", "check"], "there is no folder nosuch"),
        (["check", "/etc/passwd"], "/etc/passwd is not checked; that is done with data, docs, templates, overrides, mkdocs.yml"),
        (["check", "docs", "../other"], "../other is not checked"),
        (["check", "notes.txt"], "notes.txt is not checked"),
        ([], "required: command"),
        (["chekc"], "invalid choice"),
        (["check", "--fast"], "unrecognized"),
    ],
)
def test_a_command_that_makes_no_sense_ends_with_two(
    arguments: list[str], words: str, spoilt: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (spoilt / "README.md").write_text("Not checked.", encoding="utf-8")
    monkeypatch.chdir(spoilt)
    (spoilt / "notes.txt").touch()
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert words in shown.err


def test_github_gets_an_annotation_for_each_problem(spoilt: Path) -> None:
    done = run("check", root=spoilt, GITHUB_ACTIONS="true")
    kind, title = KIND.rstrip("\n"), TITLE.rstrip("\n")
    assert done.stdout.splitlines() == [
        kind,
        f"::error file={LESSON},line=6,col=7::{kind.partition(': ')[2]}",
        title,
        f"::error file={SECTOR},line=1,col=1::{title.partition(': ')[2]}",
    ]


def test_nothing_in_a_name_or_a_value_ends_an_annotation_early(
    tiny: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    (tiny / "docs/a,b:c%0A\n::error::.md").write_bytes(b"")
    change(tiny, LESSON, "kind: worked", 'kind: "50% %0A\\n::error::x"')
    assert main(["--root", str(tiny), "check"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 4
    assert lines[1].startswith("::error file=docs/a%2Cb%3Ac%250A%0A%3A%3Aerror%3A%3A.md,line=1,col=1::'a,b:c%250A\\n::error::' cannot")
    assert lines[3].startswith(f"::error file={LESSON},line=6,col=7::kind: '50%25 %250A\\n::error::x' is not one of")


def test_a_terminal_of_any_encoding_can_show_a_message(tiny: Path) -> None:
    change(tiny, LESSON, "kind: worked", "kind: größer")
    done = run("check", root=tiny, PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C")
    assert done.returncode == 1
    assert "kind: 'gr\\xf6\\xdfer' is not one of" in done.stdout


@pytest.mark.parametrize("command", [["check"], ["schema", "schemas"]])
def test_who_stops_reading_the_output_gets_no_traceback(command: list[str], tiny: Path) -> None:
    change(tiny, LESSON, "title: ", "".join(f"field-{number}: x\n" for number in range(40)) + "title: ")
    started = subprocess.Popen(
        [sys.executable, "-m", "handbook", *command],
        cwd=tiny,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert started.stdout is not None
    assert started.stderr is not None
    started.stdout.close()
    said = started.stderr.read()
    assert (started.wait(timeout=60), "Traceback" in said, "BrokenPipe" in said) == (1, False, False)


def test_the_same_files_always_give_the_same_lines(tiny: Path) -> None:
    for path in (tiny / "data").rglob("*.yaml"):
        path.write_text(path.read_text(encoding="utf-8").replace("basis: s", "basis: x").replace("e:", "ea:", 3), encoding="utf-8")
    outputs = {run("check", root=tiny, PYTHONHASHSEED=str(seed)).stdout for seed in range(4)}
    assert len(outputs) == 1
    assert len(outputs.pop().splitlines()) > 10
