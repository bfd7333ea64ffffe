"""From the text of a form to a record, its page and the answer: whatever stands in it stays text, and nothing else is touched."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import textwrap
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from handbook.__main__ import main
from handbook.base import Base
from handbook.check import check
from handbook.forms.reply import reply
from handbook.forms.turn import Outcome, Taken, turn, write
from handbook.forms.wording import pieces, prose
from handbook.forms.write import mail_form
from handbook.model import KINDS
from handbook.relate import relate
from handbook.render import Renderer
from tests.handbook.hosted import CORRECTION, LESSON, NAMED, PERSON, USE, Given, form_of, hosted, snapshot
from tests.hostile import HOSTILE, REFUSED
from tests.reading import Element, parse, to_html

DAY = dt.date(2026, 4, 1)
SAMPLES: dict[str, dict[str, str | Sequence[str]]] = {"lesson": LESSON, "use": USE, "correction": CORRECTION}
LESSON_PAGE = "docs/lessons/ring-the-chef-before-the-office.md"
USE_FILE = "data/uses/call-your-members-food-2026.yaml"


def sent(tiny: Path, kind: str, given: Given) -> bytes:
    return hosted(form_of(check(tiny).base, kind), given).encode()


def turned(tiny: Path, kind: str = "lesson", /, **more: str | Sequence[str]) -> Outcome:
    """What becomes of the needed answers, and of more; an underscore in a name stands for a hyphen."""
    given = {**SAMPLES[kind], **{name.replace("_", "-"): answer for name, answer in more.items()}}
    return turn(sent(tiny, kind, given), kind, tiny, DAY)


def said(outcome: Outcome) -> str:
    return " | ".join(f"{notice.text} {notice.said}" for notice in (*outcome.problems, *outcome.notes))


def base_after(tiny: Path, outcome: Outcome) -> Base:
    """The handbook with what was made, which the check takes."""
    assert outcome.problems == []
    write(outcome, tiny)
    checked = check(tiny)
    assert [problem.message for problem in checked.problems] == []
    return checked.base


def page(base: Base, path: str) -> Element:
    renderer = Renderer(relate(base))
    return parse(to_html(renderer.page(path.removeprefix("docs/"), base.files.pages[path].body)))


def section(tree: Element, heading: str) -> list[str]:
    """The paragraphs and points under a heading, without their marks."""
    found, inside = [], False
    for element in tree.walk():
        if element.tag in {"h2", "h3"}:
            inside = element.text.startswith(heading)
        elif inside and element.tag in {"p", "li"} and not any(child.tag == "p" for child in element.children if isinstance(child, Element)):
            words = [child if isinstance(child, str) else child.text for child in element.children if isinstance(child, str) or child.tag != "a"]
            found.append(" ".join("".join(words).split()))
    return found


# -- a lesson -------------------------------------------------------------------------------


def test_six_answers_make_a_lesson_that_the_check_takes_and_the_page_shows(tiny: Path) -> None:
    base = base_after(tiny, turned(tiny))
    lesson = base.records["lesson"]["ring-the-chef-before-the-office"]
    assert (lesson.title, lesson.kind, lesson.breadth, lesson.outcome_known) == (LESSON["title"], "mixed", "one", "no")
    assert lesson.needs == ("win-companies", "find-buyers")
    assert lesson.field == "companies"
    assert lesson.summary == "We invited five kitchens in March 2026. Ring the chef first."
    assert [citation.source for citation in lesson.sources] == ["account-ring-the-chef-before-the-office"]
    tree = page(base, LESSON_PAGE)
    assert section(tree, "What happened") == ["We invited five kitchens in March 2026. Two came."]
    assert section(tree, "What to do") == ["Ring the chef first."]


def test_what_was_left_out_stands_on_the_page_as_an_open_question(tiny: Path) -> None:
    outcome = turned(tiny)
    base = base_after(tiny, outcome)
    words = {tag: entry.label for tag, entry in base.vocabulary["open-question"].items()}
    lesson = base.records["lesson"]["ring-the-chef-before-the-office"]
    assert set(lesson.open) == {question.open for question in base.records["form"]["lesson"].questions if question.open}
    tree = page(base, LESSON_PAGE)
    assert section(tree, "Why it matters") == [f"Nobody has answered this yet: {words['why']}"]
    assert section(tree, "What to avoid") == [f"Nobody has answered this yet: {words['avoid']}"]
    listed = " ".join(section(tree, "What has nobody answered yet?"))
    assert all(words[tag] in listed for tag in lesson.open)
    assert all(question.ask in reply(outcome, base) for question in outcome.left_out)


def test_what_was_answered_stands_where_it_belongs_and_is_not_open(tiny: Path) -> None:
    more = {
        "why": "Chefs decide.",
        "avoid": "- Mails\n- Calls at noon",
        "result": "A contract.",
        "preconditions": "A list.",
        "effort": "Three days.",
        "with": ["Small and medium-sized companies"],
        "sector": "Food",
        "dependence": "Not tied to a sector",
        "dependence_why": "Chefs are everywhere.",
        "question": "How do I win kitchens?",
        "tools": ["Telephone round"],
        "language": "Danish",
        "page": "https://cluster.example/report",
    }
    base = base_after(tiny, turned(tiny, **more))
    lesson = base.records["lesson"]["ring-the-chef-before-the-office"]
    assert lesson.open == ()
    assert (lesson.question, lesson.with_, lesson.tools, lesson.outcome_known) == (more["question"], ("smes",), ("telephone-round",), "yes")
    assert (lesson.learned_in, lesson.sector_dependence.level, lesson.sector_dependence.why) == ("food", "none", "Chefs are everywhere.")
    source = base.records["source"][lesson.sources[0].source]
    assert source.language == "da"
    assert "https://cluster.example/report" in source.note
    tree = page(base, LESSON_PAGE)
    assert section(tree, "What had to be in place") == ["A list."]
    assert section(tree, "What came of it") == ["A contract."]
    assert section(tree, "What it took") == ["Three days."]
    assert section(tree, "Why it matters") == ["Chefs decide."]
    assert section(tree, "What to avoid") == ["Mails", "Calls at noon"]


@pytest.mark.parametrize(
    ("kind", "result", "known"),
    [("Worked", "", "no"), ("Worked", "Sold.", "yes"), ("Open question", "", "no"), ("Open question", "Little.", "partly")],
)
def test_whether_the_outcome_is_known_follows_from_what_was_said(kind: str, result: str, known: str, tiny: Path) -> None:
    base = base_after(tiny, turned(tiny, kind=kind, result=result))
    assert base.records["lesson"]["ring-the-chef-before-the-office"].outcome_known == known


def test_every_passage_rests_on_the_account_and_every_mark_leads_to_it(tiny: Path) -> None:
    base = base_after(tiny, turned(tiny, consent=[LESSON["consent"][0], NAMED], why="One.\n\nTwo."))
    marks = [call for call in base.calls[LESSON_PAGE] if call.name == "cite"]
    assert {call.arguments for call in marks} == {("account-baltic-food-cluster-2026",)}
    assert len(marks) == 4
    links = [link for link in page(base, LESSON_PAGE).find("a") if "hb-basis-reported" in (link.attributes.get("class") or "")]
    assert {link.attributes["href"] for link in links} == {"../about/sources.md#account-baltic-food-cluster-2026"}


def test_a_page_in_another_language_says_so(tiny: Path) -> None:
    tree = page(base_after(tiny, turned(tiny, language="Danish")), LESSON_PAGE)
    assert "Danish, by the organisation whose account it is" in tree.text
    danish = [element.text for element in tree.walk() if element.attributes.get("lang") == "da"]
    assert danish == ["We invited five kitchens in March 2026. Ring the chef first."]


def test_a_page_in_the_handbook_s_language_does_not_say_so(tiny: Path) -> None:
    assert "Written in" not in page(base_after(tiny, turned(tiny)), LESSON_PAGE).text


# -- the account and the credit -------------------------------------------------------------


def test_an_organisation_that_agreed_is_named_in_the_source_and_thanked(tiny: Path) -> None:
    base = base_after(tiny, turned(tiny, consent=[*LESSON["consent"], NAMED]))
    source = base.records["source"]["account-baltic-food-cluster-2026"]
    assert (source.title, source.publisher) == ("Account by Baltic Food Cluster, 2026", "Baltic Food Cluster")
    assert (source.kind, source.named) == ("account", True)
    assert source.appraisal is None
    assert base.records["contributor"]["baltic-food-cluster"].person is None
    assert "Baltic Food Cluster" in page(base, LESSON_PAGE).text
    thanks = page(base, "docs/about/thanks.md")
    assert "Baltic Food Cluster" in thanks.text
    assert "../lessons/ring-the-chef-before-the-office.md" in [link.attributes["href"] for link in thanks.find("a")]


def test_an_organisation_that_did_not_agree_stands_nowhere(tiny: Path) -> None:
    outcome = turned(tiny, person="Ada Lovelace")
    assert not any("Baltic" in text or "Lovelace" in text for path, text in outcome.files.items())
    base = base_after(tiny, outcome)
    source = base.records["source"]["account-ring-the-chef-before-the-office"]
    assert (source.title, source.publisher, source.named) == (
        "Account by an organisation that is not named, 2026", "An organisation that is not named", False,
    )  # fmt: skip
    assert set(base.records["contributor"]) == {"first-cluster"}


@pytest.mark.parametrize(("ticks", "named"), [([NAMED], False), ([NAMED, PERSON], True), ([PERSON], False)])
def test_a_person_is_named_only_if_person_and_organisation_are_to_be(ticks: list[str], named: bool, tiny: Path) -> None:
    outcome = turned(tiny, consent=[*LESSON["consent"], *ticks], person="Ada Lovelace")
    assert any("Ada Lovelace" in text for text in outcome.files.values()) == named
    base = base_after(tiny, outcome)
    assert ("Ada Lovelace" in page(base, "docs/about/thanks.md").text) == named


def test_who_gives_again_is_thanked_for_both_in_one_place(tiny: Path) -> None:
    base_after(tiny, turned(tiny, consent=[*LESSON["consent"], NAMED], organisation="First Cluster"))
    base = base_after(tiny, turned(tiny, "use", consent=[*LESSON["consent"], NAMED], organisation="first cluster"))
    given = base.records["contributor"]["first-cluster"].contributions
    assert [(item.lesson, item.use) for item in given[-2:]] == [("ring-the-chef-before-the-office", None), (None, "call-your-members-food-2026")]
    accounts = [source for source in base.records["source"] if source.startswith("account-")]
    assert accounts == ["account-first-cluster-2026", "account-first-cluster-2026-2"]


def test_an_empty_list_of_contributors_makes_room_for_the_first(tiny: Path) -> None:
    (tiny / "data" / "contributors.yaml").write_text("# A note.\n", encoding="utf-8")
    base = base_after(tiny, turned(tiny, consent=[*LESSON["consent"], NAMED]))
    assert set(base.records["contributor"]) == {"baltic-food-cluster"}
    assert (tiny / "data" / "contributors.yaml").read_text(encoding="utf-8").startswith("# A note.\n\nbaltic-food-cluster:\n")


def test_the_list_files_keep_every_line_that_they_had(tiny: Path) -> None:
    before = {name: (tiny / "data" / name).read_text(encoding="utf-8").rstrip("\n") for name in ("sources.yaml", "contributors.yaml")}
    write(turned(tiny, consent=[*LESSON["consent"], NAMED]), tiny)
    assert all((tiny / "data" / name).read_text(encoding="utf-8").startswith(text) for name, text in before.items())


# -- a record of use ------------------------------------------------------------------------


def test_six_answers_make_a_record_of_use_that_changes_the_state_of_its_sector(tiny: Path) -> None:
    outcome = turned(tiny, "use", tool="Telephone round", result="Two contracts.")
    base = base_after(tiny, outcome)
    use = base.records["use"]["call-your-members-food-2026"]
    assert (use.tool, use.recommendations, use.sector) == ("telephone-round", ("call-your-members",), "food")
    assert (use.when, use.outcome) == ("2026-03-07", "mixed")
    assert (use.judged_by, use.place, use.owner, use.challenge) == ("organiser", "unknown", None, None)
    assert [claim.text for claim in use.done] == ["We rang twelve members.", "Four came."]
    assert [claim.text for claim in use.result] == ["Two contracts."]
    assert {"place", "owner", "challenge", "who-came"} <= set(use.open)
    assert relate(base).state("call-your-members", "food").state == "tried-mixed"
    shown = page(base, "docs/clusters/living-labs.md").text
    assert "We rang twelve members." in shown
    assert f"Nobody has answered this yet: {base.vocabulary['open-question']['owner'].label}" in shown


def test_who_comes_from_a_cell_of_the_matrix_need_not_choose_again(tiny: Path) -> None:
    outcome = turned(tiny, "use", about="Call your members: Food", recommendation="", sector="")
    assert outcome.problems == []
    assert outcome.files == turned(tiny, "use").files


def test_what_was_chosen_by_hand_wins_over_what_was_filled_in(tiny: Path) -> None:
    outcome = turned(tiny, "use", about="Call your members: Food", recommendation="", sector="Energy")
    assert "You chose something else under “In which sector?”, so we took that." in said(outcome)
    assert base_after(tiny, outcome).records["use"]["call-your-members-energy-2026"].sector == "energy"


@pytest.mark.parametrize("about", ["Call your members", "Call your members: Fishing", "{{ x }}: @me", "a" * 300])
def test_what_was_filled_in_and_means_nothing_is_left_aside_and_asked_for(about: str, tiny: Path) -> None:
    outcome = turned(tiny, "use", about=about, recommendation="", sector="")
    assert outcome.files == {}
    assert "“What did you try?” has no answer, and it is needed." in said(outcome)
    assert turned(tiny, "use", about=about[:160]).files == turned(tiny, "use").files


@pytest.mark.parametrize("kind", ["lesson", "use"])
def test_a_menu_that_was_passed_over_is_no_answer(kind: str, tiny: Path) -> None:
    for question in check(tiny).base.records["form"][kind].questions:
        if question.shape == "one" and question.required:
            assert f"“{question.ask}” has no answer, and it is needed." in said(turned(tiny, kind, **{question.id: ""}))


def test_what_was_changed_and_what_it_took_are_not_told_as_what_was_done(tiny: Path) -> None:
    base = base_after(tiny, turned(tiny, "use", changes="No visit.", effort="Ten days."))
    use = base.records["use"]["call-your-members-food-2026"]
    assert [[claim.text for claim in claims] for claims in (use.done, use.changes, use.effort)] == [
        ["We rang twelve members.", "Four came."], ["No visit."], ["Ten days."],
    ]  # fmt: skip
    assert not {"changes", "effort"} & set(use.open)
    facts = page(base, "docs/clusters/living-labs.md").text
    assert re.search(r"Otherwise than described\s+No visit\.", facts)
    assert re.search(r"What it took\s+Ten days\.", facts)


def test_a_use_without_a_name_is_called_by_what_was_tried_where_and_when(tiny: Path) -> None:
    base = base_after(tiny, turned(tiny, "use"))
    assert base.records["use"]["call-your-members-food-2026"].title == "Call your members: Food, 7 March 2026"


@pytest.mark.parametrize("kind", ["lesson", "use"])
def test_what_a_form_makes_leaves_nothing_to_mend(kind: str, tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = "We didn't \"invite\" them, e.g. 'all' of it.  \r\n- one\r\n- don't {{ cite(\"study\") }}\r\n"
    shapes = {question.id: question.shape for question in check(tiny).base.records["form"][kind].questions}
    texts = {name: words for name, shape in shapes.items() if shape == "text"}
    lines = {name: 'The town\'s "lab"' for name, shape in shapes.items() if shape == "line" and name not in {"when", "about", "title"}}
    outcome = turned(tiny, kind, **texts, **lines, sector="Food", consent=[*LESSON["consent"], NAMED, PERSON])
    base_after(tiny, outcome)
    capsys.readouterr()
    assert main(["--root", str(tiny), "fix", "--dry-run"]) == 0
    assert capsys.readouterr().out == "0 files to mend\n"


def test_a_use_of_a_tool_alone_names_the_tool(tiny: Path) -> None:
    other = next(q.other for q in check(tiny).base.records["form"]["use"].questions if q.other)
    assert "no tool is named" in said(turned(tiny, "use", recommendation=other))
    outcome = turned(tiny, "use", recommendation=other, tool="Telephone round")
    use = base_after(tiny, outcome).records["use"]["telephone-round-food-2026"]
    assert (use.tool, use.recommendations) == ("telephone-round", ())


def test_a_name_of_its_own_is_the_title_and_the_id(tiny: Path) -> None:
    more = {"name": "Smørrebrød & Ærter: 2. forsøg", "place": "Åbenrå", "country": "Denmark", "judged_by": "Somebody independent"}
    base = base_after(tiny, turned(tiny, "use", **more))
    use = base.records["use"]["smorrebrod-aerter-2-forsog"]
    assert (use.title, use.place, use.country, use.judged_by) == ("Smørrebrød & Ærter: 2. forsøg", "Åbenrå", "DK", "outsider")


@pytest.mark.parametrize("when", ["soon", "2026-13", "31.2.2026", "3/4/2026", "🙂", "2026; rm -rf /"])
def test_a_date_that_cannot_be_read_is_asked_for_again(when: str, tiny: Path) -> None:
    outcome = turned(tiny, "use", when=when)
    assert outcome.files == {}
    assert "The date cannot be read" in said(outcome)


# -- a correction ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("named", "path"),
    [
        ("https://handbook.example/x/lessons/ask-again/#open", "docs/lessons/ask-again.md"),
        ("lessons/ask-again", "docs/lessons/ask-again.md"),
        ("https://h.example/sectors/food/?q=1", "docs/sectors/food.md"),
        ("Ask again", "docs/lessons/ask-again.md"),
        ("the page with the map", None),
        ("../../../etc/passwd", None),
    ],
)
def test_a_correction_makes_no_file_and_a_note_that_names_the_page_if_it_can(named: str, path: str | None, tiny: Path) -> None:
    before = snapshot(tiny)
    outcome = turned(tiny, "correction", page=named)
    assert (outcome.problems, outcome.files) == ([], {})
    write(outcome, tiny)
    assert snapshot(tiny) == before
    assert outcome.note is not None
    assert (f"`{path}`" in outcome.note) if path else ("could not be told" in outcome.note)


def test_the_note_says_which_file_holds_the_facts_of_a_page(tiny: Path) -> None:
    note = turned(tiny, "correction", page="/sectors/food/").note
    assert note is not None
    assert "`data/sectors.yaml, food`" in note


@pytest.mark.parametrize("organisation", ["", "Baltic Food Cluster"])
def test_a_person_who_cannot_be_thanked_without_an_organisation_is_told_and_so_is_the_editor(organisation: str, tiny: Path) -> None:
    person = next(tick.says for q in check(tiny).base.records["form"]["correction"].questions for tick in q.ticks if tick.id == "person")
    outcome = turned(tiny, "correction", consent=[*CORRECTION["consent"], person], person="Ada Lovelace", organisation=organisation)
    assert "Persons are thanked with their organisation." in said(outcome)
    assert outcome.note is not None
    assert "`Ada Lovelace`" in outcome.note
    assert "ask for the organisation" in " ".join(outcome.note.split())


def test_a_name_in_a_correction_that_may_not_be_used_is_not_in_the_note(tiny: Path) -> None:
    outcome = turned(tiny, "correction", person="Ada Lovelace")
    assert "You gave your name and did not tick that we may use it" in said(outcome)
    assert "Lovelace" not in str(outcome.note)


def test_who_follows_do_you_know_finds_questions_that_an_answer_fits(root: Path) -> None:
    form = check(root).base.records["form"]["correction"]
    asked = {question.id: question.ask for question in form.questions if question.required}
    assert "open question" in asked["wrong"]
    assert "what do you know" in asked["right"]
    assert "open question" in form.summary


# -- what people write stays text -----------------------------------------------------------

STARTS = re.compile(r"(?:[-*+•–]|[0-9]{1,3}[.)])\s+")
EVIL = (
    *HOSTILE,
    "$(touch /tmp/owned) `touch owned` ; rm -rf / && echo $HOME | sh",
    "${{ github.event.issue.body }} ::set-output name=x::y",
    "{{ ''.__class__.__mro__ }} {% for x in y %}{% endfor %} {# gone #}",
    '{{ cite("study", "start") }} {{ suggested() }}',
    "title: &a *a !!python/object/apply:os.system [x]",
    "<<: *default",
    "@octocat closes #1 GH-2 https://x.example/?a=b&c=d",
    "%TAG ! tag:x,2000:",
)


def shown_as(text: str) -> str:
    """What a reader sees of a text: blanks run together; what begins a list is a list."""
    plain = " ".join(text.replace("\u00a0", " ").split())
    return STARTS.sub("", plain, count=1) if STARTS.match(plain) else plain


def straight(text: str) -> str:
    """A text whose marks of quotation may have become those that printers use."""
    return text.translate(str.maketrans("“”‘’", "\"\"''"))


@pytest.mark.parametrize("question", ["happened", "why", "result"])
def test_the_page_shows_exactly_what_was_written(question: str, tiny: Path) -> None:
    heading = {"happened": "What happened", "why": "Why it matters", "result": "What came of it"}[question]
    texts = [text for text in EVIL if "###" not in text]
    for start in range(0, len(texts), 40):
        some = texts[start : start + 40]
        folder = tiny.with_name(f"tiny-{start}")
        _copy(tiny, folder)
        base = base_after(folder, turned(folder, **{question: "\n\nThen.\n\n".join(["Words first.", *some])}))
        shown = [straight(text) for text in section(page(base, LESSON_PAGE), heading)]
        assert shown[::2] == ["Words first.", *(straight(shown_as(text)) for text in some)]
        assert set(shown[1::2]) == {"Then."}


@pytest.mark.parametrize(
    ("written", "made"),
    {
        "- one\n- two": "- one M\n- two M",
        "- one\n\n3. two": "- one M\n- 3&#46; two M",
        "3. one\n- two": "1. one M\n2. two M",
        "1. one\n\nThen.\n\n- two": "1. one M\n\nThen. M\n\n- two M",
    }.items(),
)
def test_points_right_behind_each_other_make_one_list(written: str, made: str) -> None:
    assert prose(pieces(written), "M") == made


@pytest.mark.parametrize("share", range(4))
def test_a_title_and_the_other_lines_stay_text_too(share: int, tiny: Path) -> None:
    wanted: dict[str, tuple[str, str]] = {}
    texts = [text for text in EVIL if text != "None"]  # which the host says where there is no answer
    for number, text in enumerate(texts[share::4]):
        line = " ".join(text.split())[:140]
        organisation = f"{line} {number}".replace("me@", "me at ")  # an e-mail address is not taken as a name
        more = {"organisation": organisation, "question": line, "consent": [*LESSON["consent"], NAMED]}
        outcome = turned(tiny, title=f"Tell {number} {line}", happened=f"We invited {number} kitchens.", **more)
        assert outcome.problems == []
        write(outcome, tiny)
        wanted[straight(f"Tell {number} {line}")] = straight(line), straight(organisation)
    base = check(tiny)
    assert base.problems == ()
    lessons = {straight(lesson.title): straight(lesson.question) for key, lesson in base.base.records["lesson"].items() if key.startswith("tell-")}
    assert lessons == {title: question for title, (question, _) in wanted.items()}
    assert {straight(contributor.name) for contributor in base.base.records["contributor"].values()} >= {name for _, name in wanted.values()}


def shown_plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split()).strip()


def test_claims_of_a_use_keep_their_words(tiny: Path) -> None:
    texts = [text for text in EVIL if "###" not in text][:60]
    base = base_after(tiny, turned(tiny, "use", done="\n\n".join(["Words first.", *texts]), owner=texts[0]))
    use = base.records["use"]["call-your-members-food-2026"]
    kept = [straight(claim.text) for claim in use.done]
    assert kept[0] == "Words first."
    assert kept[1:] == [re.sub(r"^[-*+•–]\s+", "", straight(shown_plain(text))) for text in texts]


@pytest.mark.parametrize("name", REFUSED)
def test_signs_that_nobody_sees_are_left_out_and_that_is_said(name: str, tiny: Path) -> None:
    outcome = turned(tiny, why=f"Before {REFUSED[name]} after.")
    assert "Signs that nobody can see" in said(outcome)
    base_after(tiny, outcome)


@pytest.mark.parametrize(
    "text",
    [
        "Vi ringede til køkkenchefen først. Ærligt talt: det virkede.",
        "Мы позвонили повару.",
        "私たちはシェフに電話しました。",
        "اتصلنا بالطاهي أولاً.",
        "Ἐκαλέσαμεν τὸν μάγειρον.",
    ],
)
def test_other_languages_go_through_and_get_an_id_in_plain_letters(text: str, tiny: Path) -> None:
    base = base_after(tiny, turned(tiny, title=text, happened=text))
    new = next(key for key, lesson in base.records["lesson"].items() if lesson.title == text)
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", new)
    assert section(page(base, f"docs/lessons/{new}.md"), "What happened") == [text]


@pytest.mark.parametrize("title", ["../../etc/passwd", "/absolute", "..", "CON", "index", "a/b\\c", "x.md\0", "%2e%2e%2f", "~root", "-rf"])
def test_a_title_is_never_a_path(title: str, tiny: Path, tmp_path: Path) -> None:
    outcome = turned(tiny, title=title)
    for path in outcome.files:
        assert re.fullmatch(r"docs/lessons/[a-z0-9-]+\.md|data/(sources|contributors)\.yaml", path)
    write(outcome, tiny)
    assert {path.name for path in tmp_path.iterdir()} == {"tiny"}


# -- forms in bad shape ---------------------------------------------------------------------


@pytest.mark.parametrize("kind", SAMPLES)
@pytest.mark.parametrize(
    "raw",
    [
        b"", b"\n\n", b"\xff\xfe\x00", b"### ", b"#" * 5000, b"### What happened?" * 2000, b"Hello, I have a lesson for you.",
        b"- [x]" * 9000, b"[" * 60_000, b"{{" * 30_000, b"\x00" * 1000, "😀".encode() * 20_000, b"### \n" * 20_000, b"a" * 300_000,
    ],
)  # fmt: skip
def test_whatever_comes_is_answered_in_words_and_makes_no_file(kind: str, raw: bytes, tiny: Path) -> None:
    started = time.process_time()
    outcome = turn(raw, kind, tiny, DAY)
    assert outcome.files == {}
    assert outcome.note is None
    assert outcome.problems
    assert "What is needed before we can go on" in reply(outcome, check(tiny).base)
    assert time.process_time() - started < 5


@pytest.mark.parametrize("kind", SAMPLES)
def test_each_answer_that_is_needed_is_asked_for(kind: str, tiny: Path) -> None:
    for question in check(tiny).base.records["form"][kind].questions:
        if question.required:
            outcome = turned(tiny, kind, **{question.id: ""})
            assert [notice.text.partition(" needed.")[0] for notice in outcome.problems] == [f"“{question.ask}” has no answer, and it is"]
            assert outcome.files == {}


def test_who_passed_over_a_menu_is_told_which_words_to_write_in_its_place(tiny: Path) -> None:
    kinds = "Worked; Did not work; Mixed; Open question."
    assert f"needed. Replace the words “Please choose” below it by one of these: {kinds}" in said(turned(tiny, kind=""))
    several = "Replace the words “_No response_” below it by one or more of these, with a comma between: Companies do not join"
    assert several in said(turned(tiny, needs=""))
    emptied = sent(tiny, "lesson", LESSON).replace(b"\n\nMixed", b"")
    assert f"needed. Write below it one of these: {kinds}" in said(turn(emptied, "lesson", tiny, DAY))
    mailed = filled(tiny, "lesson").replace("[x] Mixed", "[ ] Mixed").encode()
    assert f"needed. Put an x between the brackets of what fits: {kinds}" in said(turn(mailed, "lesson", tiny, DAY))


def test_without_the_tick_nothing_is_taken(tiny: Path) -> None:
    outcome = turned(tiny, consent=[NAMED])
    assert outcome.files == {}
    assert "CC BY 4.0" in said(outcome)


@pytest.mark.parametrize("question", ["title", "happened", "do", "why"])
def test_an_answer_of_100_kilobytes_is_not_taken_and_its_length_is_said(question: str, tiny: Path) -> None:
    outcome = turned(tiny, **{question: "Lorem ipsum dolor. " * 5300})
    assert outcome.files == {}
    assert "has 100,699 characters" in said(outcome)


def test_an_answer_that_would_be_too_long_for_a_page_once_it_is_safe_is_refused_in_words(tiny: Path) -> None:
    outcome = turned(tiny, happened="a {{ " * 1150, why="b }} " * 1150, result="* _ " * 1400)
    assert outcome.files == {}
    assert "an editor has to look" in said(outcome)


def test_what_the_check_refuses_is_said_whole_and_asks_nothing_of_the_contributor(tiny: Path) -> None:
    outcome = turned(tiny, happened="a {{ " * 1150, why="b }} " * 1150, result="* _ " * 1400)
    answer = " ".join(reply(outcome, check(tiny).base).split())
    assert [" ".join(problem.said.split()) in answer for problem in outcome.problems] == [True]
    assert len(outcome.problems[0].said) > 80
    assert "You need not do anything." in answer
    assert "before we can go on" not in answer
    assert "Edit" not in answer


def test_a_question_that_is_there_twice_is_not_guessed_at(tiny: Path) -> None:
    text = sent(tiny, "lesson", LESSON).decode()
    forged = text.replace("Two came.", "Two came.\n\n### What may we do with it?\n\n- [x] " + NAMED)
    outcome = turn(forged.encode(), "lesson", tiny, DAY)
    assert outcome.files == {}
    assert "is there more than once" in said(outcome)


def test_a_heading_of_one_s_own_is_part_of_the_answer(tiny: Path) -> None:
    base = base_after(tiny, turned(tiny, happened="First.\n\n### Day two\n\nSecond.\n\n## What to do\n\nThird."))
    assert section(page(base, LESSON_PAGE), "What happened") == ["First.", "### Day two", "Second.", "## What to do", "Third."]


EDITS: dict[str, Callable[[str], str]] = {
    "line ends of another system": lambda text: text.replace("\n", "\r\n"),
    "a byte order mark": lambda text: "\ufeff" + text,
    "headings of another level": lambda text: text.replace("### ", "## "),
    "headings with a closing sign": lambda text: re.sub(r"^(### .*)$", r"\1 ###", text, flags=re.MULTILINE),
    "bold headings": lambda text: re.sub(r"^### (.*)$", r"### **\1**", text, flags=re.MULTILINE),
    "other capitals": lambda text: re.sub(r"^### .*$", lambda found: found[0].upper(), text, flags=re.MULTILINE),
    "straight quotation marks": lambda text: text.replace("’", "'"),
    "no empty lines": lambda text: text.replace("\n\n", "\n"),
    "more empty lines": lambda text: text.replace("\n", "\n\n\n"),
    "blanks at line ends": lambda text: text.replace("\n", "  \n"),
    "the whole quoted in a reply": lambda text: re.sub("^", "> ", text, flags=re.MULTILINE),
    "quoted twice": lambda text: re.sub("^", ">> ", text, flags=re.MULTILINE),
    "headings of a word processor": lambda text: text.replace("### ", ""),
    "bullets of a word processor": lambda text: text.replace("- [", "•\t["),
    "signs escaped by an editor": lambda text: text.replace("#", "\\#").replace("[", "\\[").replace("]", "\\]"),
    "quoted in a reply": lambda text: re.sub(r"^(#|- )", r"> \1", text, flags=re.MULTILINE),
    "small ticks": lambda text: text.replace("[X]", "[x]"),
    "ticks of a word processor": lambda text: text.replace("- [X]", "☒").replace("- [ ]", "☐"),
    "words before the first question": lambda text: "Dear editors,\n\n" + text,
    "menus that nobody touched left empty": lambda text: text.replace("Please choose", "_No response_"),
    "menus that nobody touched left at none": lambda text: text.replace("Please choose", "None"),
    "another order": lambda text: "\n\n".join(reversed(re.split(r"\n\n(?=### )", text))),
}


@pytest.mark.parametrize("edit", EDITS)
def test_a_form_that_was_changed_by_hand_or_by_a_program_makes_the_same_record(edit: str, tiny: Path) -> None:
    wanted = turned(tiny, consent=[*LESSON["consent"], NAMED])
    text = sent(tiny, "lesson", {**LESSON, "consent": [*LESSON["consent"], NAMED]}).decode()
    outcome = turn(EDITS[edit](text).encode(), "lesson", tiny, DAY)
    assert outcome.problems == []
    assert outcome.files == wanted.files


def test_what_is_not_among_the_choices_is_left_aside_and_said(tiny: Path) -> None:
    text = sent(tiny, "lesson", LESSON).decode().replace("\n\nMixed", "\n\nSo-so, @octocat")
    outcome = turn(text.encode(), "lesson", tiny, DAY)
    assert outcome.files == {}
    assert "is none of its answers. Choose from: Worked; Did not work; Mixed; Open question." in said(outcome)
    text = sent(tiny, "lesson", {**LESSON, "with": ["Research"]}).decode().replace("\n\nResearch", "\n\nResearch, Aliens")
    outcome = turn(text.encode(), "lesson", tiny, DAY)
    assert outcome.problems == []
    assert "was left aside" in said(outcome)


def test_a_name_that_is_there_already_is_said_and_nothing_is_overwritten(tiny: Path) -> None:
    base_after(tiny, turned(tiny))
    before = snapshot(tiny)
    for title in ("Ring the chef before the office", "RING the chef — before the office!"):
        outcome = turned(tiny, title=title)
        assert outcome.files == {}
        assert "There is a lesson of this name already" in said(outcome)
    assert snapshot(tiny) == before


@pytest.mark.parametrize(
    ("kind", "question", "name", "what"),
    [
        ("lesson", "title", "Telephone round", "tool"),
        ("lesson", "title", "food", "sector"),
        ("use", "name", "Telephone  round!", "tool"),
        ("use", "name", "Ask again", "lesson"),
    ],
)
def test_a_name_that_something_else_has_is_refused_in_plain_words(kind: str, question: str, name: str, what: str, tiny: Path) -> None:
    outcome = turned(tiny, kind, **{question: name})
    assert outcome.files == {}
    assert f"There is a {what} of this name in the handbook" in said(outcome)
    assert "Our own check" not in said(outcome)


@pytest.mark.parametrize("title", ["https://cluster.example/very/long", "www.cluster.example", "Read more", "Here"])
def test_a_name_that_says_nothing_as_a_link_is_refused_in_plain_words(title: str, tiny: Path) -> None:
    for outcome in (turned(tiny, title=title), turned(tiny, "use", name=title)):
        assert outcome.files == {}
        assert "would not tell readers what it is about" in said(outcome)


# -- writing --------------------------------------------------------------------------------


def test_nothing_is_written_but_the_record_and_the_two_lists(tiny: Path) -> None:
    before = snapshot(tiny)
    write(turned(tiny, consent=[*LESSON["consent"], NAMED]), tiny)
    after = snapshot(tiny)
    assert {path for path in after if after[path] != before.get(path)} == {LESSON_PAGE, "data/sources.yaml", "data/contributors.yaml"}
    assert before.keys() <= after.keys()


def test_trying_a_form_changes_nothing(tiny: Path) -> None:
    before = snapshot(tiny)
    turned(tiny, consent=[*LESSON["consent"], NAMED])
    assert snapshot(tiny) == before


@pytest.mark.parametrize("path", [LESSON_PAGE, "data/sources.yaml", "docs/lessons"])
def test_no_link_is_followed_when_a_file_is_written(path: str, tiny: Path, tmp_path: Path) -> None:
    outcome = turned(tiny)
    elsewhere = tmp_path / "elsewhere"
    if (tiny / path).exists():
        (tiny / path).rename(elsewhere)
    (tiny / path).symlink_to(elsewhere)
    before = snapshot(tmp_path)
    with pytest.raises(Taken):
        write(outcome, tiny)
    assert snapshot(tmp_path) == before


def test_a_file_that_came_in_between_is_not_overwritten(tiny: Path) -> None:
    outcome = turned(tiny)
    (tiny / LESSON_PAGE).write_text("mine", encoding="utf-8")
    with pytest.raises(Taken):
        write(outcome, tiny)
    assert (tiny / LESSON_PAGE).read_text(encoding="utf-8") == "mine"


# -- the answer -----------------------------------------------------------------------------


def outside_code(text: str) -> str:
    """An answer without its blocks of code and its code in lines."""
    return re.sub(r"`[^`\n]*`", "", re.sub(r"^(`{3,})text\n.*?^\1$", "", text, flags=re.MULTILINE | re.DOTALL))


@pytest.mark.parametrize("kind", SAMPLES)
def test_the_contributor_s_words_stand_in_the_answer_as_code_only(kind: str, tiny: Path) -> None:
    evil = "@octocat ``` ` closes #1 ~~~ [x](https://evil.example) <img src=x> $(id)\n```\n@second"
    base = check(tiny).base
    shapes = {question.id: question.shape for question in base.records["form"][kind].questions}
    texts = {name: evil for name, shape in shapes.items() if shape == "text"}
    lines = {name: " ".join(evil.split()) for name, shape in shapes.items() if shape == "line"}
    for given in ({**texts, **lines, "when": "2026"}, {**texts, **lines}, {**texts, "title": evil * 9, "when": evil}):
        outcome = turned(tiny, kind, **{name: answer for name, answer in given.items() if name in shapes})
        for text in (reply(outcome, base), outcome.note or ""):
            assert not re.search("@|evil|octocat|closes|<|#1", outside_code(text)), outside_code(text)


def test_the_answer_says_what_was_understood_and_what_happens_next(tiny: Path) -> None:
    text = reply(turned(tiny), check(tiny).base)
    for words in ("What happens next", "What we understood", "Two came.", "- Mixed", "What is still open", LESSON_PAGE):
        assert words in text


def test_the_answer_promises_of_a_long_text_only_what_it_shows(tiny: Path) -> None:
    text = " ".join(reply(turned(tiny, happened="Lorem ipsum dolor. " * 400), check(tiny).base).split())
    assert "Lorem" not in text
    assert "An answer that is named above is not among it." in text
    assert "nothing of it is lost" not in text


def test_the_answer_says_where_what_is_open_can_be_answered(tiny: Path) -> None:
    text = " ".join(reply(turned(tiny), check(tiny).base).split())
    assert "what stands in a comment is read by people only" in text
    assert "Answer any of it here" not in text


# -- the command, and by e-mail -------------------------------------------------------------


def command(tiny: Path, kind: str, text: str | bytes, *more: str) -> int:
    file = tiny.with_name("sent.txt")
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return main(["--root", str(tiny), "from-form", str(file), "--kind", kind, "--date", "2026-04-01", *more])


def test_the_command_writes_the_files_and_the_answer(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = tiny.with_name("answer.md")
    assert command(tiny, "lesson", sent(tiny, "lesson", LESSON), "--answer", str(answer)) == 0
    assert capsys.readouterr().out.split() == [LESSON_PAGE, "data/sources.yaml"]
    assert "What happens next" in answer.read_text(encoding="utf-8")
    assert main(["--root", str(tiny), "check"]) == 0


def test_the_command_writes_into_another_folder_if_it_is_told_to(tiny: Path) -> None:
    other = tiny.with_name("other")
    before = snapshot(tiny)
    assert command(tiny, "use", sent(tiny, "use", USE), "--into", str(other), "--answer", str(tiny.with_name("a.md"))) == 0
    assert snapshot(tiny) == before
    assert set(snapshot(other)) == {USE_FILE, "data/sources.yaml"}


def test_the_command_prints_the_note_of_a_correction_and_writes_no_file(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = snapshot(tiny)
    assert command(tiny, "correction", sent(tiny, "correction", CORRECTION)) == 0
    assert "A correction was sent of the page `docs/lessons/ask-again.md`" in capsys.readouterr().out
    assert snapshot(tiny) == before


def test_the_command_answers_a_form_in_bad_shape_and_ends_with_an_error(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = snapshot(tiny)
    assert command(tiny, "lesson", b"\xff") == 1
    assert "What is needed before we can go on" in capsys.readouterr().out
    assert snapshot(tiny) == before


@pytest.mark.parametrize("file", ["nowhere.txt", "."])
def test_a_file_that_cannot_be_read_is_said_in_a_line(file: str, tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(tiny), "from-form", str(tiny / file), "--kind", "use"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


FILLED: dict[str, Mapping[str, str]] = {
    "lesson": {
        "What is your advice, in one line?": "Ring the chef before the office",
        "What happened?": "We invited five kitchens in March 2026. Two came.",
        "What should another cluster do?": "Ring the chef first.",
        "For which organisation do you write?": "Baltic Food Cluster",
    },
    "use": {
        "When was it?": "7.3.2026",
        "What did you do?": "We rang twelve members.\n\nFour came.",
        "For which organisation do you write?": "Baltic Food Cluster",
    },
    "correction": {
        "On which page is it?": "https://handbook.example/lessons/ask-again/",
        "What is wrong, or which open question can you answer?": "The year.",
        "What would be right, or what do you know?": "2018.",
    },
}


def filled(tiny: Path, kind: str) -> str:
    """The form for e-mail with answers below its hints and ticks in its brackets."""
    base = check(tiny).base
    lines = mail_form(base, base.records["form"][kind]).split("\n")
    for ask, answer in FILLED[kind].items():
        at = lines.index(f"### {ask}")
        end = next(number for number in range(at + 1, len(lines) + 1) if number == len(lines) or lines[number].startswith("### "))
        lines[end:end] = [*answer.split("\n"), ""]
    text = "\n".join(lines)
    for words in (part for answer in SAMPLES[kind].values() for part in ([answer] if isinstance(answer, str) else answer)):
        text = text.replace(f"- [ ] {words}\n", f"- [x] {words}\n")
    return text


@pytest.mark.parametrize("kind", SAMPLES)
def test_the_form_for_e_mail_makes_what_the_host_s_form_makes(kind: str, tiny: Path) -> None:
    outcome, wanted = turn(filled(tiny, kind).encode(), kind, tiny, DAY), turned(tiny, kind)
    assert [notice.text for notice in outcome.problems] == []
    assert (outcome.files, outcome.note) == (wanted.files, wanted.note)
    assert said(outcome) == said(wanted)


MAILED: dict[str, Callable[[str], bytes]] = {
    "saved as Unicode": lambda text: text.encode("utf-16"),
    "lines of Windows": lambda text: text.replace("\n", "\r\n").encode(),
    "quoted by a mail program": lambda text: re.sub("^", "> ", text, flags=re.MULTILINE).encode(),
    "indented": lambda text: re.sub("^(?=.)", "    ", text, flags=re.MULTILINE).encode(),
    "no signs before headings": lambda text: text.replace("### ", "").encode(),
    "bullets": lambda text: text.replace("- [", "• [").encode(),
    "ticks as pictures": lambda text: text.replace("- [x]", "☒").replace("- [ ]", "☐").encode(),
}


def _joined(text: str) -> str:
    """Each paragraph on one line, as Word does it, with the hint's quotation sign once."""
    return re.sub(r"(?<=\S)\n(?:> )?(?=[^\n#>-])", " ", text)


def _rewrapped(text: str) -> str:
    """Every long line of ours broken anew, as Outlook does it."""
    lines = _joined(text).split("\n")
    return "\n".join(textwrap.fill(line, 70) if line.startswith(">") or "Tell it in" in line else line for line in lines)


def _unquoted_hints(text: str) -> str:
    return re.sub("^> ", "", _joined(text), flags=re.MULTILINE)


def _replied(text: str) -> str:
    return "Hi,\n\nbelow is my form.\n\nOn Monday the editors wrote:\n" + re.sub("^", "> ", text, flags=re.MULTILINE)


def _without_blanks(text: str) -> str:
    """The answer directly behind the hint, on its last line."""
    return re.sub(r"^(> .*)\n\n(?=[^\n#-])", r"\1 ", _joined(text), flags=re.MULTILINE)


REBROKEN = {"joined": _joined, "broken anew": _rewrapped, "hints unquoted": _unquoted_hints, "answer behind hint": _without_blanks, "reply": _replied}


@pytest.mark.parametrize("kind", SAMPLES)
@pytest.mark.parametrize("way", [*REBROKEN, "reply to a reply"])
def test_no_hint_of_ours_is_taken_for_an_answer_however_a_program_breaks_its_lines(way: str, kind: str, tiny: Path) -> None:
    text = filled(tiny, kind)
    changed = _replied(_replied(text)) if way == "reply to a reply" else REBROKEN[way](text)
    assert changed != text
    outcome, wanted = turn(changed.encode(), kind, tiny, DAY), turned(tiny, kind)
    assert [notice.text for notice in outcome.problems] == []
    assert outcome.answers.texts == wanted.answers.texts
    assert (outcome.files, outcome.note) == (wanted.files, wanted.note)


SIGNED = "Ann Other\nBaltic Food Cluster\nTel. +45 12 34 56 78\nann@food.example\n"


@pytest.mark.parametrize("line", ["-- ", "--", "—"])
@pytest.mark.parametrize("name", ["", "Ada Lovelace\n\n"])
def test_the_signature_of_a_mail_is_no_answer(line: str, name: str, tiny: Path) -> None:
    text = filled(tiny, "lesson") + f"{name}{line}\n{SIGNED}"
    outcome = turn(text.encode(), "lesson", tiny, DAY)
    assert outcome.problems == []
    assert outcome.answers.text("person") == name.strip()
    assert "taken for the signature of a mail" in said(outcome)
    assert "ann@" not in reply(outcome, check(tiny).base) + "".join(outcome.files.values())


@pytest.mark.parametrize("question", ["person", "organisation"])
@pytest.mark.parametrize("more", ["Tel. +45 12 34 56 78", "040/428 63-0", "ann@food.example"])
def test_a_name_with_an_e_mail_address_or_a_telephone_number_is_asked_for_again(question: str, more: str, tiny: Path) -> None:
    outcome = turned(tiny, consent=[*LESSON["consent"], NAMED, PERSON], **{question: f"Ann Other, {more}"})
    assert outcome.files == {}
    assert "holds an e-mail address or a telephone number" in said(outcome)


def test_a_name_is_one_paragraph(tiny: Path) -> None:
    assert "has several paragraphs" in said(turned(tiny, person="Ann Other\n\nKind regards\nAnn"))
    assert turned(tiny, organisation="Baltic Food Cluster 2000, 1st of 3 (Area 51)").problems == []


def test_what_is_quoted_within_an_answer_stays_quoted(tiny: Path) -> None:
    outcome = turned(tiny, why="They said:\n\n> Ring us.\n> We are in.")
    assert outcome.answers.text("why") == "They said:\n\n> Ring us.\n> We are in."


def test_a_line_that_still_holds_a_hint_is_asked_for_again(tiny: Path) -> None:
    outcome = turned(tiny, title="> Begin with a verb, as in Telephone the owner. Ring the chef")
    assert outcome.files == {}
    assert "“What is your advice, in one line?” still holds our hint" in said(outcome)


@pytest.mark.parametrize("way", MAILED)
def test_a_form_for_e_mail_makes_the_same_whatever_the_programs_on_its_way_do(way: str, tiny: Path) -> None:
    outcome = turn(MAILED[way](filled(tiny, "lesson")), "lesson", tiny, DAY)
    assert outcome.problems == []
    assert outcome.files == turned(tiny).files


@pytest.mark.parametrize("raw", [b"PK\x03\x04\xff\xfe", "größer".encode("cp1252"), b"\xff\xfe\x00", b"\xff\xfe\x00\xd8\x00"])
def test_what_is_no_text_is_said(raw: bytes, tiny: Path) -> None:
    outcome = turn(raw, "lesson", tiny, DAY)
    assert "Save it again as a plain text with the encoding UTF-8" in said(outcome)


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_form_for_e_mail_that_nobody_has_filled_in_answers_nothing(kind: str, tiny: Path) -> None:
    base = check(tiny).base
    form = base.records["form"][kind]
    outcome = turn(mail_form(base, form).encode(), kind, tiny, DAY)
    assert outcome.answers.texts == {}
    assert not any(outcome.answers.chosen.values())
    assert len(outcome.problems) == sum(question.required for question in form.questions) + 1


def test_a_form_on_the_real_handbook_makes_a_lesson_in_good_order(root: Path, tmp_path: Path) -> None:
    for name in ("data", "docs", "templates"):
        _copy(root / name, tmp_path / name)
    shutil.copy(root / "vendor.toml", tmp_path)
    base = base_after(tmp_path, turned(tmp_path, consent=[*LESSON["consent"], NAMED]))
    assert section(page(base, LESSON_PAGE), "What to do") == ["Ring the chef first."]


def _copy(source: Path, target: Path) -> None:
    """Copy a folder by links to its files: tests write anew what they change."""
    for folder, _, names in os.walk(source):
        inside = target / Path(folder).relative_to(source)
        inside.mkdir(parents=True, exist_ok=True)
        for name in names:
            (inside / name).write_bytes((Path(folder) / name).read_bytes())


def test_every_kind_of_record_that_a_form_makes_has_a_home() -> None:
    assert all(KINDS[kind].folder for kind in ("lesson", "use"))
