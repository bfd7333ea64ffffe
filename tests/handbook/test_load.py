"""Which files are read, and that what is no ordinary file is refused without waiting for it."""

from __future__ import annotations

import os
import socket
import time
from pathlib import Path

import pytest

from handbook.check import check
from handbook.load import load
from tests.handbook.examples import LESSON, found


def test_a_folder_that_is_named_like_a_page_is_refused(tiny: Path) -> None:
    (tiny / "docs/lessons/x.md").mkdir()
    (tiny / "docs/lessons/x.md/y.md").write_text("x", encoding="utf-8")
    assert found(tiny) == ["file-folder docs/lessons/x.md"]


def test_a_pipe_or_a_socket_does_not_keep_the_check_waiting(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tiny / "docs/assets").mkdir()
    for path in ("data/uses/x.yaml", "docs/lessons/x.md", "docs/assets/x.png"):
        os.mkfifo(tiny / path)
    monkeypatch.chdir(tiny)  # the path of a socket may not be long
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("data/gap.yaml")
        assert found(tiny) == [
            "file-unreadable data/gap.yaml",
            "file-unreadable data/uses/x.yaml",
            "file-unreadable docs/assets/x.png",
            "file-unreadable docs/lessons/x.md",
        ]


@pytest.mark.parametrize("path", [LESSON, "data/sources.yaml", "data/uses/calls-2019.yaml"])
def test_a_file_that_the_system_does_not_give_is_one_problem(path: str, tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Path.open

    def refuse(self: Path, *arguments: object, **options: object) -> object:
        if self == tiny / path:
            raise PermissionError(13, "Permission denied")
        return opened(self, *arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    assert found(tiny) == [f"file-unreadable {path}"]


def test_a_folder_that_the_system_does_not_give_is_one_problem(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scanned = os.scandir

    def refuse(path: Path) -> object:
        if path == tiny / "docs/lessons":
            raise PermissionError(13, "Permission denied")
        return scanned(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert found(tiny) == ["file-unreadable docs/lessons"]


@pytest.mark.parametrize("path", ["data", "docs", "docs/lessons", "data/uses", LESSON, "data/sources.yaml", "docs/assets"])
def test_a_link_is_never_followed(path: str, tiny: Path, tmp_path: Path) -> None:
    if (tiny / path).exists():
        (tiny / path).rename(tmp_path / "elsewhere")
    (tiny / path).symlink_to(tmp_path / "elsewhere")
    assert found(tiny) == [f"file-link {path}"]


def test_a_file_of_great_size_is_not_read(tiny: Path) -> None:
    with (tiny / LESSON).open("r+b") as file:
        file.truncate(10**12)
    started = time.process_time()
    assert found(tiny) == [f"yaml-too-large {LESSON}"]
    assert time.process_time() - started < 1


def test_a_name_that_is_no_text_is_shown_all_the_same(tiny: Path) -> None:
    (tiny / os.fsdecode(b"docs/lessons/\xff\n\x1b.md")).write_bytes(b"")
    (problem,) = check(tiny).problems
    assert problem.message.startswith("docs/lessons/\\udcff\\n\\x1b.md:1:1: '\\udcff\\n\\x1b' cannot be part of a web address")


def test_every_file_is_read_or_refused_or_an_asset(tiny: Path) -> None:
    (tiny / "docs/assets/deep-er").mkdir(parents=True)
    for path in ("docs/assets/deep-er/x.png", "docs/assets/x.exe", "docs/x.yaml", "data/x.md", "data/.hidden", "docs/lessons/.x.md", "docs/x"):
        (tiny / path).write_bytes(b"x")
    files = load(tiny)
    there = {p.relative_to(tiny).as_posix() for top in ("data", "docs") for p in (tiny / top).rglob("*") if p.is_file()}
    assert there == {*files.checked, *files.assets, *files.unread, "data/outlines.geojson"}
    assert files.assets == {"docs/assets/deep-er/x.png"}


def test_what_is_published_as_it_is_has_a_plain_name_and_a_bearable_size(tiny: Path) -> None:
    picture = '<svg xmlns="http://www.w3.org/2000/svg"/>'
    files = {
        "images/A B.svg": picture,
        "images/x.svg": picture,
        "images/X.svg": picture,
        "Images/x.svg": picture,
        "javascripts/a.min.js": "",
        "javascripts/B.js": "",
        "javascripts/..js": "",
        "stylesheets/a.css": " " * 1_100_000,
    }
    for path, text in files.items():
        (tiny / "docs/assets" / path).parent.mkdir(parents=True, exist_ok=True)
        (tiny / "docs/assets" / path).write_text(text, encoding="utf-8")
    assert found(tiny) == [
        "file-name docs/assets/Images",
        "file-name docs/assets/images/A B.svg",
        "file-name docs/assets/images/X.svg",
        "file-name docs/assets/javascripts/..js",
        "file-name docs/assets/javascripts/B.js",
        "machinery-stray docs/assets/javascripts/a.min.js",
        "yaml-too-large docs/assets/stylesheets/a.css",
    ]
