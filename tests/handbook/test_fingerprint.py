"""Copied sentences are found, and names, quotations and one's own words are not taken for such."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook.__main__ import main
from handbook.check import check
from handbook.fingerprint import LIMIT, RUN, STEP, fingerprint, may_be_copied, runs, words_of
from handbook.rules.copied import QUOTED, WORD
from tests.conftest import ROOT
from tests.handbook.examples import LESSON, change

TEXT = (
    "Two of the three clusters took up the telephone and called every single member before the winter began, and most of these "
    "members said that they would come to the meeting in spring if somebody paid for the train."
)
WORDS = TEXT.replace(",", "").rstrip(".").split()


@pytest.fixture
def known(tiny: Path, tmp_path: Path) -> Path:
    """The tiny handbook with the fingerprint of a source."""
    (tmp_path / "study.md").write_text(TEXT, encoding="utf-8")
    assert main(["--root", str(tiny), "fingerprint", "study", str(tmp_path / "study.md")]) == 0
    return tiny


def said(root: Path) -> list[str]:
    assert {problem.rule.id for problem in check(root).problems} <= {"source-copied"}
    return [problem.message for problem in check(root).problems]


def hashes() -> set[int]:
    return {int(line, 16) for line in fingerprint(TEXT)}


def test_a_fingerprint_holds_a_hash_for_each_run_and_no_word(known: Path) -> None:
    kept = (known / "data/fingerprints/study.txt").read_text(encoding="ascii")
    assert len(kept.splitlines()) == len(WORDS) - RUN + 1
    assert kept.splitlines() == sorted(kept.splitlines())
    assert not any(word in kept for word in ("telephone", "clusters"))


@pytest.mark.parametrize("start", range(STEP))
@pytest.mark.parametrize("before", range(STEP))
def test_a_run_is_found_wherever_it_begins(start: int, before: int) -> None:
    text = " ".join(["own"] * before + WORDS[start : start + LIMIT + 1])
    assert may_be_copied(text, hashes())
    assert list(runs(words_of(text), hashes())) == [(before, before + LIMIT + 1)]


def test_a_run_that_is_one_word_shorter_is_left_alone() -> None:
    assert list(runs(words_of(" ".join(WORDS[:LIMIT])), hashes())) == []


@pytest.mark.parametrize("text", ["It’s “one” – two…", "a_b c-d", "Ærø, Ünsal 3.5 %", "x\u00a0y", "naïve\tand\nso on"])
def test_both_ways_to_find_words_find_the_same(text: str) -> None:
    assert [word.encode() for word in WORD.findall(text.lower())] == words_of(text)


@pytest.mark.parametrize(
    "copied",
    [
        " ".join(WORDS[4:20]),
        " ".join(WORDS[4:20]).upper(),
        "took up the *telephone* and called **every** single member; before the winter began",
        "took up the telephone\nand called every single member\nbefore the winter began",
    ],
    ids=["as it is", "in capitals", "with emphasis", "over lines"],
)
def test_a_copied_sentence_is_found_however_it_is_dressed(copied: str, known: Path) -> None:
    change(known, LESSON, "summary: ", f"summary: Members waited. {' '.join(copied.split())}. ")
    assert len(said(known)) == 1
    assert f"{LESSON}:3:10: summary: " in said(known)[0]


def test_a_message_names_the_place_in_the_text_and_how_many_words_there_are(known: Path) -> None:
    change(known, LESSON, "## Why it matters\n", f"## Why it matters\n\nThey {' '.join(WORDS[5:18])} early. {{{{ suggested() }}}}\n")
    line = (known / LESSON).read_text(encoding="utf-8").partition("\nThey ")[0].count("\n") + 2
    expected = (
        f"{LESSON}:{line}:6: 13 words in a row, from 'took up the telephone' on, are those of the source 'study'; say it in your own words, "
        f"or quote up to {QUOTED} words in quotation marks and name the source right behind them"
    )
    assert said(known) == [expected]


@pytest.mark.parametrize("marks", ["“{}”", '"{}"', "‘{}’", "«{}»", "„{}“"])
def test_a_short_quotation_is_no_copy_and_a_long_one_is(marks: str, known: Path) -> None:
    short, long = (marks.format(" ".join(WORDS[:count])) for count in (QUOTED, QUOTED + 1))
    change(known, LESSON, "## Why it matters\n", f"## Why it matters\n\nIt says: {short}. {{{{ suggested() }}}}\n")
    assert said(known) == []
    change(known, LESSON, short, long)
    assert len(said(known)) == 1


def test_names_and_terms_count_as_one_word(known: Path, tmp_path: Path) -> None:
    name = "Northern Connections Interreg North Sea Region Programme"
    text = f"We met all partners of the {name} in one town."
    (tmp_path / "study.md").write_text(text, encoding="utf-8")
    main(["--root", str(known), "fingerprint", "study", str(tmp_path / "study.md")])
    change(known, LESSON, "## Why it matters\n", f"## Why it matters\n\n{text} {{{{ suggested() }}}}\n")
    assert len(said(known)) == 1
    change(known, "data/sources.yaml", "  publisher: ", f"  publisher: {name}\n  short: ")
    assert said(known) == []


def test_the_fields_that_name_a_source_may_use_its_words(known: Path) -> None:
    change(known, "data/sources.yaml", "title: ", f"title: {' '.join(WORDS[:20])} ")
    assert said(known) == []


def test_the_report_has_a_fingerprint_and_no_page_copies_it() -> None:
    assert len((ROOT / "data/fingerprints/report.txt").read_text(encoding="ascii").splitlines()) > 2_000
    assert "source-copied" not in {problem.rule.id for problem in check(ROOT).problems}


@pytest.mark.parametrize("raw", [b"too few words", b"\xff\xfe", None], ids=["too short", "no text", "no file"])
def test_a_text_of_which_there_is_no_fingerprint_leaves_nothing_behind(
    raw: bytes | None, tiny: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if raw is not None:
        (tmp_path / "x.md").write_bytes(raw)
    assert main(["--root", str(tiny), "fingerprint", "study", str(tmp_path / "x.md")]) == 1
    assert capsys.readouterr().err
    assert not (tiny / "data/fingerprints").exists()


@pytest.mark.parametrize("source", ["../../x", "x/y", "X", ""])
def test_a_source_that_cannot_be_an_id_is_refused(source: str, tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text(TEXT, encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    assert main(["--root", str(tiny), "fingerprint", source, str(tmp_path / "x.md")]) == 1
    assert sorted(tmp_path.rglob("*")) == before
