"""The handbook is read once for a build, and anew when a file changes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from handbook import made
from handbook.check import Checked, check
from handbook.made import Faulty, renderer
from handbook.render import Renderer
from handbook.views import Repository

HERE = Repository("https://git.example/edit")


@pytest.fixture(autouse=True)
def seen(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The roots that were checked, in order; nothing is kept from another test."""
    found: list[Path] = []

    def counted(root: Path) -> Checked:
        found.append(root)
        return check(root)

    monkeypatch.setattr(made, "check", counted)
    monkeypatch.setattr(made, "_kept", [])
    return found


def lesson(tiny: Path) -> Path:
    return tiny / "docs" / "lessons" / "write-it-down.md"


def test_calls_in_between_get_the_same_renderer(tiny: Path, seen: list[Path]) -> None:
    first = renderer(tiny, HERE)
    assert isinstance(first, Renderer)
    assert renderer(tiny, HERE) is first
    assert renderer(Path(str(tiny)), Repository("https://git.example/edit")) is first
    assert seen == [tiny]


def test_a_renderer_renders_the_calls_with_the_handbook_s_own_templates(tiny: Path) -> None:
    (tiny / "templates" / "proven.md.j2").write_text("{{ lessons_count }} lessons", encoding="utf-8")
    assert renderer(tiny, HERE).call("index.md", "proven") == "3 lessons"


def test_a_changed_page_is_read_again(tiny: Path, seen: list[Path]) -> None:
    assert "Write it down" in renderer(tiny, HERE).call("x.md", "lessons", "companies")
    lesson(tiny).write_text(lesson(tiny).read_text().replace("title: Write it down", "title: Write all of it down"))
    assert "Write all of it down" in renderer(tiny, HERE).call("x.md", "lessons", "companies")
    assert seen == [tiny, tiny]


def test_a_change_that_keeps_the_size_is_seen(tiny: Path) -> None:
    old = renderer(tiny, HERE).handbook.get("lesson", "write-it-down").title
    before = lesson(tiny).stat()
    lesson(tiny).write_text(lesson(tiny).read_text().replace("title: Write it down", "title: Write it soon"))
    os.utime(lesson(tiny), ns=(before.st_atime_ns, before.st_mtime_ns + 1))
    assert lesson(tiny).stat().st_size == before.st_size
    assert (old, renderer(tiny, HERE).handbook.get("lesson", "write-it-down").title) == ("Write it down", "Write it soon")


def test_a_change_that_keeps_the_time_is_seen(tiny: Path) -> None:
    renderer(tiny, HERE)
    before = lesson(tiny).stat()
    lesson(tiny).write_text(lesson(tiny).read_text().replace("title: Write it down", "title: Write all of it down"))
    os.utime(lesson(tiny), ns=(before.st_atime_ns, before.st_mtime_ns))
    assert renderer(tiny, HERE).handbook.get("lesson", "write-it-down").title == "Write all of it down"


@pytest.mark.parametrize(
    "path",
    ["data/glossary.yaml", "data/vocabulary.yaml", "data/outlines.geojson", "data/uses/calls-2019.yaml", "templates/home.md.j2", "docs/index.md"],
)
def test_every_sort_of_file_counts(path: str, tiny: Path, seen: list[Path]) -> None:
    first = renderer(tiny, HERE)
    with (tiny / path).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert renderer(tiny, HERE) is not first
    assert len(seen) == 2


def test_a_file_that_appears_or_disappears_counts(tiny: Path, seen: list[Path]) -> None:
    renderer(tiny, HERE)
    new = tiny / "docs" / "about" / "new.md"
    new.write_text("---\ntitle: New\ndescription: A new page.\n---\n\nText.\n", encoding="utf-8")
    assert "about/new.md" in renderer(tiny, HERE).handbook.heads
    new.unlink()
    assert "about/new.md" not in renderer(tiny, HERE).handbook.heads
    assert len(seen) == 3


def test_a_renamed_file_counts(tiny: Path) -> None:
    renderer(tiny, HERE)
    (tiny / "data/uses/calls-2019.yaml").rename(tiny / "data/uses/calls-2020.yaml")
    assert [item.id for item in renderer(tiny, HERE).handbook.all("use")] == ["calls-2020"]


def test_with_patience_the_files_are_looked_at_again_only_after_a_while(
    tiny: Path, seen: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [100.0]

    class Clock:
        @staticmethod
        def monotonic() -> float:
            clock[0] += 1  # a look at the files takes a second
            return clock[0]

    monkeypatch.setattr(made, "time", Clock)
    first = renderer(tiny, HERE, 20)
    (tiny / "data" / "uses" / "calls-2019.yaml").unlink()
    clock[0] += 10
    assert renderer(tiny, HERE, 20) is first
    clock[0] += 10
    assert renderer(tiny, HERE, 20) is not first
    assert len(seen) == 2


def test_without_patience_the_files_are_looked_at_each_time(tiny: Path, seen: list[Path]) -> None:
    first = renderer(tiny, HERE)
    (tiny / "data" / "uses" / "calls-2019.yaml").unlink()
    assert renderer(tiny, HERE) is not first
    assert len(seen) == 2


def test_another_root_or_another_repository_is_another_handbook(tiny: Path, seen: list[Path]) -> None:
    first = renderer(tiny, HERE)
    assert renderer(tiny, Repository()) is not first
    assert len(seen) == 2


def test_a_handbook_with_problems_raises_all_of_them_and_is_not_read_again_for_that(tiny: Path, seen: list[Path]) -> None:
    lesson(tiny).write_text(lesson(tiny).read_text().replace("kind: worked", "kind: wrked").replace("breadth: several", "breadth: 60%"))
    with pytest.raises(Faulty) as first:
        renderer(tiny, HERE)
    with pytest.raises(Faulty) as second:
        renderer(tiny, HERE)
    assert first.value is second.value
    assert len(seen) == 1
    assert {problem.field for problem in first.value.problems} >= {"kind", "breadth"}
    assert str(first.value).splitlines() == [problem.message for problem in first.value.problems]


def test_a_mended_handbook_is_read_again(tiny: Path) -> None:
    good = lesson(tiny).read_text()
    lesson(tiny).write_text(good.replace("kind: worked", "kind: wrked"))
    with pytest.raises(Faulty):
        renderer(tiny, HERE)
    lesson(tiny).write_text(good)
    assert isinstance(renderer(tiny, HERE), Renderer)


def test_a_file_that_vanishes_while_files_are_listed_is_no_fault(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An editor's passing file, under a live preview."""
    real = os.lstat

    def lstat(path: str) -> os.stat_result:
        if str(path).endswith("index.md"):
            raise FileNotFoundError(path)
        return real(path)

    with monkeypatch.context() as patch:
        patch.setattr(os, "lstat", lstat)
        stamp = made._stamp(tiny)
    assert stamp
    assert not any(path.endswith("index.md") for path, _, _ in stamp)
