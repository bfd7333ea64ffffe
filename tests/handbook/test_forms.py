"""The forms: what the command writes is what is kept, and the host takes it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import yaml

from handbook.__main__ import main
from handbook.base import Base
from handbook.check import check
from handbook.forms import correction, records
from handbook.forms.choices import OTHER, UNCHOSEN, key, offered, together
from handbook.forms.read import read
from handbook.forms.write import HOST_FOLDER, MAIL_FOLDER, files
from handbook.relate import relate
from handbook.render import Renderer
from handbook.views import Repository, Views
from tests.conftest import ROOT
from tests.handbook.examples import TOOL, change, found
from tests.handbook.hosted import CORRECTION, form_of, hosted

FORMS = ("lesson", "use", "correction")
ENTERED = ("input", "textarea", "dropdown", "checkboxes")


@pytest.fixture(scope="module")
def base() -> Base:
    return check(ROOT).base


def entered(base: Base, form: str) -> list[dict[str, Any]]:
    return [element for element in form_of(base, form)["body"] if element["type"] != "markdown"]


def test_the_forms_that_are_kept_are_those_that_the_command_writes(base: Base) -> None:
    for path, text in files(base).items():
        assert (ROOT / path).read_text(encoding="utf-8") == text, f"run python -m handbook forms: {path}"


def test_no_other_form_is_kept(base: Base) -> None:
    kept = {path.relative_to(ROOT).as_posix() for folder in (HOST_FOLDER, MAIL_FOLDER) for path in (ROOT / folder).iterdir()}
    assert kept == set(files(base))


def test_the_command_writes_the_forms(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(tiny), "forms"]) == 0
    assert set(capsys.readouterr().out.split()) == set(files(check(tiny).base))
    assert (tiny / HOST_FOLDER / "use.yml").read_text(encoding="utf-8") == files(check(tiny).base)[f"{HOST_FOLDER}/use.yml"]


def test_a_tool_with_another_title_asks_for_new_forms_and_the_command_writes_them(tiny: Path) -> None:
    assert main(["--root", str(tiny), "forms"]) == 0
    change(tiny, TOOL, "title: Telephone round", "title: Round of calls")
    assert found(tiny) == [f"form-old {HOST_FOLDER}/lesson.yml"]
    assert main(["--root", str(tiny), "forms"]) == 0
    assert found(tiny) == []


def test_the_command_writes_nothing_while_the_check_finds_a_fault(tiny: Path) -> None:
    (tiny / "data" / "gaps.yaml").write_text("a: b: c", encoding="utf-8")
    assert main(["--root", str(tiny), "forms"]) == 1
    assert not (tiny / HOST_FOLDER).exists()


@pytest.mark.parametrize(
    ("schema", "names"), [("vendor.github-issue-forms", [f"{form}.yml" for form in FORMS]), ("vendor.github-issue-config", ["config.yml"])]
)
def test_the_host_s_own_schema_takes_the_forms(schema: str, names: list[str]) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *(str(ROOT / HOST_FOLDER / name) for name in names)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("form", FORMS)
def test_what_no_schema_says_of_a_form_holds(form: str, base: Base) -> None:
    """GitHub refuses labels that are alike, choices that are there twice or called none, and words that ask for secrets."""
    elements = entered(base, form)
    ids = [element["id"] for element in elements]
    ticks = [option["label"] for element in elements if element["type"] == "checkboxes" for option in element["attributes"]["options"]]
    labels = [element["attributes"]["label"] for element in elements]
    assert all(re.fullmatch("[A-Za-z0-9_-]+", found) for found in ids)
    assert len(set(ids)) == len(ids)
    plain = [re.sub("[^a-z0-9]+", "-", label.lower()) for label in (*labels, *ticks)]
    assert len(set(plain)) == len(plain)
    for element in elements:
        assert element["type"] in ENTERED
        if element["type"] == "dropdown":
            options = element["attributes"]["options"]
            assert all(isinstance(option, str) and option.strip() for option in options)
            assert len({option.lower() for option in options}) == len(options)
            assert "none" not in {option.lower() for option in options}
    assert not any(re.search("password|secret|token|credential|api key", label, re.IGNORECASE) for label in labels)


@pytest.mark.parametrize(("form", "count"), [("lesson", 6), ("use", 6), ("correction", 3)])
def test_a_form_needs_few_answers_and_these_come_first(form: str, count: int, base: Base) -> None:
    filled = {question.id for question in base.records["form"][form].questions if question.fills}
    asked = [element for element in entered(base, form) if element["type"] != "checkboxes" and element["id"] not in filled]
    required = [bool(element.get("validations", {}).get("required")) for element in asked]
    assert sum(required) == count
    assert required == sorted(required, reverse=True) if form != "correction" else required[:3] == [True] * 3


@pytest.mark.parametrize("form", FORMS)
def test_choices_are_the_words_of_the_vocabulary_and_the_titles_of_records(form: str, base: Base) -> None:
    for question, element in zip(base.records["form"][form].questions, entered(base, form), strict=True):
        if element["type"] != "dropdown":
            continue
        if question.tags:
            wanted = [entry.label for entry in base.vocabulary[question.tags].values()]
        else:
            wanted = [record.title for record in base.records[question.records].values()]
        unchosen = [] if element["attributes"]["multiple"] else [UNCHOSEN]
        assert element["attributes"]["options"] == [*unchosen, *wanted, *([question.other] if question.other else [])]


@pytest.mark.parametrize("form", FORMS)
def test_the_choice_that_the_host_makes_for_people_is_none_of_ours(form: str, base: Base) -> None:
    """GitHub shows the first of a menu as chosen: whoever passes it over would have said that it worked."""
    menus = [element["attributes"] for element in entered(base, form) if element["type"] == "dropdown" and not element["attributes"]["multiple"]]
    assert {menu["options"][0] for menu in menus} <= {UNCHOSEN}
    assert not any(key(words) == key(UNCHOSEN) for question in base.records["form"][form].questions for words in offered(base, question).values())


@pytest.mark.parametrize("form", FORMS)
def test_each_choice_can_be_told_from_the_others_by_its_words(form: str, base: Base) -> None:
    for question in base.records["form"][form].questions:
        words = [key(label) for label in offered(base, question).values()]
        assert len(set(words)) == len(words)


def test_each_question_of_a_form_is_asked_for_by_the_program_and_no_other() -> None:
    """What the program looks for is there under that id, and what people answer is not thrown away."""
    text = Path(records.__file__).read_text(encoding="utf-8")
    template = (ROOT / "templates/forms/lesson.md.j2").read_text(encoding="utf-8")
    used = set(re.findall(r'"([a-z-]+)"', text)) | set(re.findall(r"given\.([a-z]+)", template))
    for form in ("lesson", "use"):
        asked = {question.id for question in check(ROOT).base.records["form"][form].questions if not question.fills}
        assert asked <= used, asked - used


def test_every_problem_that_a_lesson_may_help_with_has_its_shelf(base: Base) -> None:
    shelves = [shelf.need for shelf in base.records["form"]["lesson"].shelves]
    assert sorted(shelves) == sorted(base.vocabulary["need"])


# -- addresses ------------------------------------------------------------------------------

HERE = Repository("https://github.com/north-sea/handbook/edit/main")


def test_a_form_opens_with_what_is_known_filled_in() -> None:
    found = str(HERE.form("use", about=together(("Ask & tell (first)", "Food"))))
    assert found == "https://github.com/north-sea/handbook/issues/new?template=use.yml&about=Ask%20%26%20tell%20%28first%29%3A%20Food"


def test_every_cell_of_the_matrix_fills_in_a_line_that_the_form_understands(base: Base) -> None:
    """A line, because GitHub opens an empty page instead of the form if an address fills in a menu."""
    book = relate(base)
    form = base.records["form"]["use"]
    lines = {element["id"] for element in entered(base, "use") if element["type"] == "input"}
    cells = [cell for row in Views(book, HERE, "matrix/index.md").matrix()["rows"] for cell in row["cells"]]
    wanted = [(recommendation, sector) for recommendation in base.records["recommendation"] for sector in base.records["sector"]]
    assert len(cells) == len(wanted)
    for cell, pair in zip(cells, wanted, strict=True):
        filled = dict(parse_qsl(urlsplit(str(cell["tried"])).query))
        assert filled.pop("template") == "use.yml"
        assert set(filled) == {"about"} <= lines
        answers = read(hosted(form_of(base, "use"), filled).encode(), form, base)
        assert (answers.one("recommendation"), answers.one("sector")) == pair


def test_a_question_that_is_open_on_a_page_leads_to_a_form_that_knows_the_page(base: Base) -> None:
    filled = dict(parse_qsl(urlsplit(str(Views(relate(base), HERE, "lessons/agree-on-common-aims.md").answering())).query))
    assert filled == {"template": "correction.yml", "page": "lessons/agree-on-common-aims"}
    answers = read(hosted(form_of(base, "correction"), {**CORRECTION, "page": filled["page"]}).encode(), base.records["form"]["correction"], base)
    assert "`docs/lessons/agree-on-common-aims.md`" in correction.note(base.records["form"]["correction"], answers, base)


def test_the_new_file_s_editor_opens_with_a_name_and_a_text() -> None:
    found = str(HERE.new_file("docs/lessons", "x.md", '---\ntitle: "a & b" #1\n'))
    assert found == (
        "https://github.com/north-sea/handbook/new/main/docs/lessons?filename=x.md&value=---%0Atitle%3A%20%22a%20%26%20b%22%20%231%0A"
    )


@pytest.mark.parametrize("edit", ["", "https://git.example/edit", "https://git.example/a/b/-/edit/main", "https://x.example/a/b/edit/"])
def test_where_the_host_s_addresses_are_not_known_nothing_leads_there(edit: str) -> None:
    assert Repository(edit).form("use") is None
    assert Repository(edit).new_file("docs/lessons", "x.md", "text") is None


def test_what_stands_for_anything_else_has_no_id_of_its_own(base: Base) -> None:
    question = next(q for q in base.records["form"]["use"].questions if q.other)
    assert offered(base, question)[OTHER] == question.other
    assert yaml.safe_load(files(base)[f"{HOST_FOLDER}/use.yml"])["labels"] == ["use"]


def test_the_page_and_the_form_for_e_mail_say_where_to_send_it_if_an_address_is_known(tiny: Path) -> None:
    def said() -> tuple[str, str]:
        base = check(tiny).base
        page = Renderer(relate(base)).call("contribute/index.md", "add", "lesson")
        return page, files(base)[f"{MAIL_FOLDER}/lesson.txt"]

    page, text = said()
    assert "does not name their address" in page
    assert "Send the text to" not in text
    change(tiny, "data/forms.yaml", "  label: lesson\n", "  label: lesson\n  send_to: handbook@example.org\n")
    page, text = said()
    assert "send it to **handbook&#64;example.org**." in page
    assert "Send the text to handbook@example.org." in text
