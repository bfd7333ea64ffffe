"""No change to a file brings the check down, keeps it waiting, or is said of a place that is not there."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handbook.check import check
from tests.conftest import copy_tiny
from tests.fuzz.makings import Change, changed, changes, examples
from tests.fuzz.test_loader import lines_of

SPOILT = (b"\xff", b"\xc3", b"\x00", b"\xef\xbb\xbf", b"\xff\xfe")


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny handbook that is whole again after each change."""
    return copy_tiny(tmp_path_factory.mktemp("check") / "tiny")


def test_no_change_to_a_file_makes_the_check_raise_or_wait(tiny: Path) -> None:
    paths = sorted(path for top in ("data", "docs") for path in (tiny / top).rglob("*") if path.suffix in {".md", ".yaml"})
    silent = []

    @examples(250)
    @given(st.sampled_from(paths), changes(), st.none() | st.none() | st.none() | st.tuples(st.floats(0, 1), st.sampled_from(SPOILT)))
    def each(path: Path, by: list[Change], spoilt: tuple[float, bytes] | None) -> None:
        before = path.read_bytes()
        made = changed(before.decode(), by).encode("utf-8", "surrogatepass")
        if spoilt:
            here = round(spoilt[0] * len(made))
            made = made[:here] + spoilt[1] + made[here:]
        path.write_bytes(made)
        try:
            silent.append(judge(tiny, path.relative_to(tiny).as_posix(), made))
        finally:
            path.write_bytes(before)

    each()
    assert 0.02 < sum(silent) / len(silent) < 0.98  # else the changes are too tame or too wild to prove anything


def judge(root: Path, path: str, made: bytes) -> bool:
    """Check what is promised of a check with a changed file; return whether nothing was said."""
    started = time.process_time()
    problems = check(root).problems
    assert time.process_time() - started < 1
    assert list(problems) == sorted(problems)
    lines = lines_of(made)
    for problem in problems:
        assert problem.message.isprintable()
        assert problem.place.line >= 1
        assert problem.place.column >= 1
        if problem.place.path == path:
            assert problem.place.line <= len(lines)
            assert problem.place.column <= len(lines[problem.place.line - 1]) + 1
    return not problems
