"""What a change changes for readers, told from two versions in a real git repository, and told as plain text."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from handbook import comments, revisions
from handbook.__main__ import main
from handbook.comments import CHECKLIST, LIMIT, difference, shortened
from handbook.text import comment
from tests.conftest import ROOT
from tests.handbook.examples import SECTOR, change

ASK = "docs/lessons/ask-again.md"
USE = "data/uses/calls-2019.yaml"
ADVICE = "data/recommendations.yaml"
SITE = "https://handbook.example/"
SEEN = "### What readers will see differently"
NOTHING = f"{SEEN}\n\nNothing that readers see.\n"


def git(folder: Path, *arguments: str) -> str:
    environ = {
        **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_CONFIG_SYSTEM": "/dev/null",
        **{f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in (("NAME", "A"), ("EMAIL", "a@b.example"))},
    }
    return subprocess.run(["git", "-C", str(folder), *arguments], env=environ, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def kept(tiny: Path) -> Path:
    """The tiny handbook in a repository of its own, on the branch ``change``, which begins at ``main``."""
    (tiny / "handbook").mkdir()
    (tiny / "handbook" / "x.py").write_text("1\n", encoding="utf-8")
    git(tiny, "init", "--quiet", "--initial-branch=main")
    commit(tiny)
    git(tiny, "switch", "--quiet", "--create", "change")
    return tiny


def commit(root: Path) -> None:
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "--message", "x")


def told(root: Path, base: str = "main", head: str = "change", site: str | None = None) -> str:
    """What is said of what now stands in the folder."""
    commit(root)
    return re.sub(r"&#(\d+);", lambda m: chr(int(m[1])), difference(root, base, head, site)[0])


def test_nothing_is_said_where_nothing_changes(kept: Path) -> None:
    assert told(kept) == NOTHING


def test_a_change_of_the_machinery_alone_is_nothing_that_readers_see(kept: Path) -> None:
    change(kept, "handbook/x.py", "1", "2")
    (kept / "README.md").write_text("x\n", encoding="utf-8")
    assert told(kept).startswith(f"{SEEN}\n\nNothing that readers see, as far as data and pages go; the machinery")


def test_white_space_in_data_is_nothing_that_readers_see(kept: Path) -> None:
    change(kept, ASK, "title: Ask again\n", "title:   Ask again\n")
    assert told(kept) == NOTHING


BEGIN = "    begin:\n      heading: Begin\n      gist: It begins.\n      context: It only begins.\n"

Told = dict[str, tuple[Callable[[Path], None], list[str]]]


def new_lesson(root: Path) -> None:
    text = (root / ASK).read_text(encoding="utf-8").replace("ask-again", "ask-soon").replace("Ask again", "Ask soon")
    text = text.replace("Ask them again.", "Ask them soon.")
    (root / "docs/lessons/ask-soon.md").write_text(text, encoding="utf-8")


def rename_lesson(root: Path) -> None:
    new_lesson(root)
    (root / ASK).unlink()
    change(root, "docs/lessons/ask-soon.md", "title: Ask soon\n", "title: Ask soon\naliases: [ask-again]\n")
    for path in [*(root / "data").rglob("*.yaml"), *(root / "docs").rglob("*.md")]:
        text = path.read_text(encoding="utf-8")
        if "ask-again" in text and path.name != "ask-soon.md":
            path.write_text(text.replace("ask-again", "ask-soon"), encoding="utf-8")


def edits(*those: tuple[str, str, str]) -> Callable[[Path], None]:
    def make(root: Path) -> None:
        for edit in those:
            change(root, *edit)

    return make


CHANGES: Told = {
    "a new lesson, with its summary": (
        new_lesson,
        ["**New lessons**", "- Ask soon (docs/lessons/ask-soon.md): Members forget what they said. Ask them soon."],
    ),
    "a renamed lesson": (rename_lesson, ["**Renamed lessons**", "- Ask soon (docs/lessons/ask-soon.md), before: ask-again"]),
    "a lesson that is gone": (
        lambda root: rename_lesson(root) or change(root, "docs/lessons/ask-soon.md", "aliases: [ask-again]\n", ""),
        ["**Removed lessons**", "- Ask again (ask-again)", "**New lessons**"],
    ),
    "a tag, with its labels": (edits((ASK, "kind: worked", "kind: mixed")), ["**Changed lessons**", "- Ask again (", "Did it work?: "]),
    "a list of tags": (edits((ASK, "needs: [win-companies]", "needs: [win-companies, win-the-city]")), ["Helps when: now also “"]),
    "a link to another record": (edits((ASK, "tools: [telephone-round]\n", "")), ["Tools: no longer “Telephone round”"]),
    "a title": (edits((ASK, "title: Ask again", "title: Ask twice")), ["Title: Ask again → Ask twice"]),
    "text under a heading": (edits((ASK, "1. Call one member on Monday.", "1. Call two members.")), ["- Text under “What to do”"]),
    "a day": (edits((ASK, "reviewed: 2026-11-22", "reviewed: 2026-11-20")), ["Last checked: 2026-11-22 → 2026-11-20"]),
    "a condition of a recommendation": (
        edits((ADVICE, "    - condition: spare-hours\n      strength: helps\n", "    - condition: spare-hours\n      strength: must\n")),
        ["**Changed recommendations**", "Conditions: now also “Spare hours (", "; no longer “Spare hours ("],
    ),
    "a condition's question": (
        edits(("data/conditions.yaml", "question: Does somebody have three", "question: Does somebody have four")),
        ["**Changed conditions**", "Question: Does somebody have three hours a week? → Does somebody have four hours a week?"],
    ),
    "a passage of a source": (
        edits(("data/sources.yaml", "    start:\n", BEGIN + "    start:\n")),
        ["**Changed sources**", "Passages: now also “begin”"],
    ),
    "a source": (
        edits(
            ("data/sources.yaml", "page:\n", "leaf:\n  title: A leaf\n  publisher: Us\n  kind: partner-page\n  language: en\npage:\n"),
            (ASK, "sources:\n", "sources:\n  - source: leaf\n"),
        ),
        ["**New sources**", "- A leaf (data/sources.yaml)", "Sources: now also “Us”"],
    ),
    "a cell that is tried now, with its evidence, and the tool's level": (
        edits((USE, "sector: energy", "sector: food")),
        ["**In the matrix**", "- Call your members (data/recommendations.yaml), ", "Evidence: Calls in the north (", "**How far tools", " rises: "],
    ),
    "a tool that falls": (
        edits((USE, "outcome: worked", "outcome: declined"), (USE, "judged_by: organiser", "judged_by: organiser")),
        ["- Telephone round (docs/toolbox/telephone-round.md) falls: "],
    ),
    "a claim that lost its source": (
        edits((USE, "  basis: reported\n  sources:\n    - source: page\nkept:", "  basis: suggested\nkept:")),
        ["**What claims rest on**", "“Members who do not read mail.” was ", " No longer cites ", " Names no source now."],
    ),
    "a mark in the text": (
        edits((ASK, 'telephoned. {{ cite("study", "start") }}', "telephoned. {{ suggested() }}")),
        ["“Two of three clusters telephoned.” was ", " Names no source now."],
    ),
    "another page": (
        edits((SECTOR, "description: The guide for food.", "description: Food.")),
        ["**Other pages**", "- Changed: food (docs/sectors/food.md)"],
    ),
    "the words of a tag": (
        lambda root: change(root, "data/vocabulary.yaml", "label: ", "label: Really "),
        ["**Tags**", "now also “Really ", "; no longer “"],
    ),
    "the editors' checklist": (
        edits(("data/checklist.yaml", "ask: Is it in plain words", "ask: Is all of it in plain words")),
        ["**Other pages**"],
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_readers_are_told_of(name: str, kept: Path) -> None:
    make, wanted = CHANGES[name]
    make(kept)
    if name == "the editors' checklist":
        page = "---\ntitle: Review\ndescription: The list.\n---\n\n{{ checklist() }}\n"
        (kept / "docs/contribute/editors.md").write_text(page, encoding="utf-8")
    text = told(kept)
    assert "does not fit" not in text
    assert [words for words in wanted if words not in text] == [], text


def test_only_what_changed_is_told(kept: Path) -> None:
    change(kept, ASK, "question: How do I reach members (ask-again)?", "question: How do I reach them?")
    assert told(kept) == (
        f"{SEEN}\n\n**Changed lessons**\n\n- Ask again (docs/lessons/ask-again.md)\n"
        "    - Question: How do I reach members (ask-again)? → How do I reach them?\n"
    )


def test_a_claim_that_is_only_reworded_rests_on_what_it_did(kept: Path) -> None:
    change(kept, USE, "text: Members who do not read mail.", "text: Members who never read mail.")
    assert "rest on" not in told(kept)


def test_a_claim_of_a_renamed_record_that_lost_its_source_is_told_and_a_new_id_alone_is_not(kept: Path) -> None:
    rename_lesson(kept)
    change(kept, "docs/lessons/ask-soon.md", "title: Ask soon", "title: Ask again")
    change(kept, "docs/lessons/ask-soon.md", 'telephoned. {{ cite("study", "start") }}', "telephoned. {{ suggested() }}")
    text = told(kept)
    assert "“Two of three clusters telephoned.” was " in text
    assert "Names no source now." in text
    assert re.findall(r"\*\*(.+)\*\*", text) == ["Changed lessons", "Renamed lessons", "What claims rest on"], text
    assert "reworded" not in text


def test_a_source_that_is_only_called_otherwise_is_not_lost(kept: Path) -> None:
    for path in [*(kept / "data").rglob("*.yaml"), *(kept / "docs").rglob("*.md")]:
        text = path.read_text(encoding="utf-8")
        text = text.replace("source: page\n", "source: leaf\n").replace('("page"', '("leaf"')
        path.write_text(re.sub(r"^page:\n", "leaf:\n  aliases: [page]\n", text, flags=re.MULTILINE), encoding="utf-8")
    text = told(kept)
    assert re.findall(r"\*\*(.+)\*\*", text) == ["Renamed sources"], text


def test_a_reworded_paragraph_that_lost_its_source_is_told(kept: Path) -> None:
    change(kept, ASK, 'Two of three clusters telephoned. {{ cite("study", "start") }}', "Two of four clusters telephoned. {{ suggested() }}")
    text = told(kept)
    assert "“Two of four clusters telephoned.” was " in text
    assert "Names no source now." in text


def test_a_paragraph_before_a_reworded_one_is_not_taken_for_it(kept: Path) -> None:
    old = 'Two of three clusters telephoned. {{ cite("study", "start") }}'
    new = 'They sent mail at first. {{ suggested() }}\n\nTwo of four clusters telephoned. {{ cite("study", "start") }}'
    change(kept, ASK, old, new)
    assert "rest on" not in told(kept)


def test_links_lead_to_pages_that_readers_can_open_already(kept: Path) -> None:
    new_lesson(kept)
    change(kept, ASK, "kind: worked", "kind: mixed")
    text = told(kept, site=SITE)
    assert f"- [Ask again]({SITE}lessons/ask-again/)" in text
    assert "- Ask soon (docs/lessons/ask-soon.md)" in text


def test_what_came_after_on_main_is_no_part_of_the_change(kept: Path) -> None:
    change(kept, ASK, "kind: worked", "kind: mixed")
    commit(kept)
    git(kept, "switch", "--quiet", "main")
    new_lesson(kept)
    commit(kept)
    git(kept, "switch", "--quiet", "change")
    text = told(kept)
    assert "Ask again" in text
    assert "Ask soon" not in text


def test_problems_are_named_in_the_words_of_the_check_instead(kept: Path) -> None:
    change(kept, ASK, "kind: worked", "kind: great")
    new_lesson(kept)
    text = told(kept)
    assert "- docs/lessons/ask-again.md:6:7: kind: 'great' is not one of the allowed tags of 'kind'; use one of: " in text
    assert "[tag-unknown]" in text
    assert "New lessons" not in text


def test_a_base_with_problems_is_not_compared(kept: Path) -> None:
    change(kept, ASK, "kind: worked", "kind: great")
    commit(kept)
    git(kept, "branch", "--force", "main", "change")
    change(kept, ASK, "kind: great", "kind: mixed")
    assert "This cannot be said, because the version before does not pass the check that runs here: 1 problem." in told(kept)


def test_content_and_machinery_together_are_to_be_split(kept: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(kept, ASK, "kind: worked", "kind: mixed")
    change(kept, "handbook/x.py", "1", "2")
    text = told(kept)
    assert text.startswith("### Please split this pull request\n")
    assert "- Content: docs/lessons/ask-again.md\n- Machinery: handbook/x.py\n" in text
    assert "Did it work?" in text
    arguments = ["--root", str(kept), "diff", "main", "change"]
    assert main(arguments) == 0
    assert main([*arguments, "--fail-if-mixed"]) == 1
    capsys.readouterr()


@pytest.mark.parametrize(
    ("path", "sort"),
    [
        ("docs/lessons/x.md", "content"),
        ("data/sources.yaml", "content"),
        ("docs/assets/images/x.png", "content"),
        ("docs/assets/javascripts/x.js", "machinery"),
        ("handbook/x.py", "machinery"),
        (".github/workflows/x.yml", "machinery"),
        ("docs.py", "machinery"),
        ("README.md", "neither"),
        ("CHANGELOG.md", "neither"),
        (".github/ISSUE_TEMPLATE/use.yml", "neither"),
        ("docs/assets/forms/use.txt", "neither"),
        ("docs/about/licences.md", "neither"),
        ("data/accessibility.yaml", "neither"),
        ("data/faults.yaml", "neither"),
        ("data/promises.yaml", "neither"),
    ],
)
def test_a_file_is_content_or_machinery_or_goes_with_either(path: str, sort: str) -> None:
    assert (revisions.is_content(path), revisions.is_machinery(path)) == (sort == "content", sort == "machinery")


def test_two_folders_are_compared_as_two_revisions_are(kept: Path, tmp_path: Path) -> None:
    shutil.copytree(kept, tmp_path / "before")
    change(kept, ASK, "kind: worked", "kind: mixed")
    by_git = told(kept)
    by_folder, mixed = difference(Path("nowhere"), str(tmp_path / "before"), str(kept), None)
    assert (re.sub(r"&#(\d+);", lambda m: chr(int(m[1])), by_folder), mixed) == (by_git, False)


@pytest.mark.parametrize("name", ["nosuch", "--output=x", "", "main:data", "main..change"])
def test_a_version_that_is_none_ends_with_two(name: str, kept: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(kept)
    assert main(["diff", "main", "--", name] if name.startswith("-") else ["diff", "main", name]) == 2
    assert "there is neither a revision nor a handbook's folder" in capsys.readouterr().err
    assert git(kept, "status", "--short") == ""


# -- nothing of a hostile change is run, and nothing of it becomes markup ------------------


def test_no_setting_filter_or_program_of_a_version_is_heeded(kept: Path, tmp_path: Path) -> None:
    (kept / ".gitattributes").write_text("docs/** export-ignore filter=x diff=x\n", encoding="utf-8")
    (kept / "handbook" / "check.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\n", encoding="utf-8")
    git(kept, "config", "filter.x.smudge", f"touch {tmp_path / 'ran'}")
    git(kept, "config", "diff.x.textconv", f"touch {tmp_path / 'ran'}")
    change(kept, ASK, "kind: worked", "kind: mixed")
    assert "Did it work?" in told(kept)
    assert not (tmp_path / "ran").exists()


def test_a_link_in_a_version_is_named_and_not_followed(kept: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("secret", encoding="utf-8")
    (kept / "docs/lessons/x.md").symlink_to(tmp_path / "secret.md")
    text = told(kept)
    assert "docs/lessons/x.md:1:1: this is a link to another file" in text
    assert "secret" not in text


def test_nothing_is_written_through_a_link(kept: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    shutil.rmtree(kept / "docs/lessons")
    (kept / "docs/lessons").symlink_to(tmp_path / "out")
    assert "docs/lessons:1:1: this is a link" in told(kept)
    assert list((tmp_path / "out").iterdir()) == []


HOSTILE = "Ask @everyone #12 GH-3 **b** [x](https://evil.example) <img src=x> www.evil.example `c` ![i](http://e.example) | a"


def test_whatever_a_contributor_writes_is_plain_text(kept: Path) -> None:
    change(kept, ASK, "title: Ask again", f"title: '{HOSTILE}'")
    commit(kept)
    raw = difference(kept, "main", "change", None)[0]
    line = next(line for line in raw.splitlines() if "Title: " in line)
    assert not re.search(r"@\w|#\d\d? |GH-|\*\*|\]\(|<|://|www\.|`|!\[", line)
    seen = re.sub(r"&#(\d+);", lambda m: chr(int(m[1])), line)
    assert not re.search(r"@\w|#\d|GH-|://\w|www\.", seen), "GitHub looks for these in what has been made of the references"
    assert HOSTILE in seen.replace("\u2060", "")


def test_the_name_of_a_file_is_plain_text(kept: Path) -> None:
    (kept / "docs/lessons" / "@x [y](z)\n# h.md").write_text("x", encoding="utf-8")
    commit(kept)
    raw = difference(kept, "main", "change", None)[0]
    assert "@x" not in raw
    assert "](z)" not in raw
    assert "\n# h" not in raw


@pytest.mark.parametrize("text", ["@a", "a@b.example", "#1", "o/r#1", "GH-1", "https://e.example", "www.e.example", "<b>", "[a](b)", "a | b"])
def test_a_text_for_a_comment_says_the_same_and_does_nothing(text: str) -> None:
    made = re.sub(r"&#(\d+);", lambda m: chr(int(m[1])), str(comment(text)))
    assert made.replace("\u2060", "") == text
    assert not re.search(r"[@#]\w|://\w|www\.|GH-", made)


def test_a_comment_is_never_longer_than_github_takes_and_says_what_is_left_out() -> None:
    text = "".join(f"- line {number} — ü\n" for number in range(9_000))
    cut = shortened(text, "More.")
    kept_lines = [line for line in cut.splitlines() if line.startswith("- line")]
    assert len(cut.encode()) <= LIMIT
    assert f"**{9_000 - len(kept_lines):,} more lines are left out.** More." in cut
    assert kept_lines == text.splitlines()[: len(kept_lines)]
    assert shortened("short\n", "More.") == "short\n"


def test_a_change_of_thousands_of_lines_is_cut(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comments, "LIMIT", 600)
    for number in range(12):
        text = (kept / ASK).read_text(encoding="utf-8").replace("ask-again", f"ask-{number}").replace("Ask again", f"Ask {number}")
        text = text.replace("Ask them again.", f"Ask them {number} times.")
        (kept / f"docs/lessons/ask-{number}.md").write_text(text, encoding="utf-8")
    text = told(kept)
    assert len(text.encode()) <= 600
    assert "more lines are left out.** To see them all: python -m handbook diff main change" in text


# -- the checklist -------------------------------------------------------------------------


def test_the_form_of_a_pull_request_is_the_checklist_of_the_page() -> None:
    assert (ROOT / CHECKLIST).read_text(encoding="utf-8") == comments.checklist(ROOT), "make it anew with: python -m handbook checklist"


def test_the_checklist_is_written_where_github_looks_for_it(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(tiny), "checklist"]) == 0
    form = (tiny / CHECKLIST).read_text(encoding="utf-8")
    assert form.count("- [ ] ") == (tiny / "data/checklist.yaml").read_text(encoding="utf-8").count("- ask: ")
    capsys.readouterr()
