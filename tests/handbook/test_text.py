"""A value comes out of Markdown and HTML as the text that went in, wherever it stands."""

from __future__ import annotations

import random
from collections.abc import Iterator
from html import unescape

import pytest
from markupsafe import Markup

from handbook.text import attribute, escape, plain
from handbook.yamlread import FORBIDDEN
from tests.hostile import HOSTILE
from tests.reading import Element, parse, to_html

TABLE = """\
<table class="x" role="table" markdown="block">
<tbody markdown="block">
<tr markdown="block">
{}
</tr>
</tbody>
</table>"""

# Where a value stands, and the element that should hold it and nothing else. @ is the value.
PLACES = {
    "a paragraph": ("@", "p"),
    "a paragraph with a class": ("@\n{ .hb-lead }", "p"),
    "the start of a line": ("<b></b>\n@", "p"),
    "running text": ("<i></i>@", "p"),
    "a sentence": ("@. <i>More.</i>", "p"),
    "a list item that goes on": ("- @. <i>More.</i>", "li"),
    "a heading": ("## @", "h2"),
    "a heading with an id": ("### @ { #id }", "h3"),
    "the title": ("# @", "h1"),
    "a table cell in Markdown": ("| a | b |\n|---|---|\n| @ | c |", "td"),
    "a table cell in HTML": (TABLE.format('<td data-label="x" markdown="span">@</td>'), "td"),
    "a row's head in HTML": (TABLE.format('<th scope="row" markdown="span">[@](x.md)</th>'), "a"),
    "a link's label": ("[@](x.md)", "a"),
    "a link's label with classes": ("[@](x.md){ .hb-mark .hb-basis-reported }", "a"),
    "a link's label behind a span": ("[<span></span>@](x.md){ .hb-mark }", "a"),
    "a link's label in a list item": ("- [@](x.md){ .hb-card-title }\n\n    text", "a"),
    "a list item": ("- @\n- b", "li"),
    "a numbered list item": ("1. @", "li"),
    "a paragraph in a list item": ("- \n\n    @\n", "p"),
    "a strong text in a list item": ("1. **@**\n\n    text", "strong"),
    "a definition": ("term\n:   @", "dd"),
    "a defined term": ("@\n:   definition", "dt"),
    "code": ("<code>@</code>", "code"),
    "a span": ("<span>@</span>", "span"),
    "a paragraph in a block": ("<div markdown>\n\n@\n\n</div>", "p"),
    "a span in a list item in HTML": ('<ul markdown="block">\n<li markdown="span"><span lang="da">@</span></li>\n</ul>', "span"),
    "a picture's text": ("<svg>\n<desc>@</desc>\n</svg>", "desc"),
}
ATTRIBUTES = {
    "a span in a line": ('<span title="@">x</span>', escape),
    "a block that is not read as Markdown": ('<figure title="@">\n<b>x</b>\n</figure>', escape),
    "a cell that is read as Markdown": (TABLE.format('<td title="@" markdown="span">x</td>'), attribute),
    "a block that is read as Markdown": ('<div title="@" markdown>\n\nx\n\n</div>', attribute),
}


def folded(text: str) -> str:
    return " ".join(text.split())


def random_strings(number: int) -> Iterator[str]:
    """Strings of signs, words and white space as hostile as chance makes them; always the same ones."""
    chance = random.Random(2026)  # noqa: S311  (the same strings each time)
    signs = "\\`*_{}[]()#+-.!|<>&\"':;=~^$%@/?,"
    pieces = [
        *signs,
        *signs,
        " ",
        "  ",
        "\n",
        "\t",
        "a",
        "Z",
        "é",
        "ß",
        "1",
        "20",
        "٣",
        "²",
        "ø",
        "日",
        "👍",
        "\u0301",
        "\u00a0",
        "http://",
        "&amp;",
        "&#",
        "x",
    ]
    for _ in range(number):
        yield "".join(chance.choices(pieces, k=chance.randint(1, 24)))
    for _ in range(number):
        text = "".join(chr(chance.choice((chance.randrange(0x20, 0x7F), chance.randrange(0xA0, 0x3000)))) for _ in range(chance.randint(1, 40)))
        yield FORBIDDEN.sub("", text)


STRINGS = tuple(dict.fromkeys(text for text in (*HOSTILE, *random_strings(80)) if text.strip()))


def elements(tree: Element) -> list[tuple[str, tuple[str, ...]]]:
    """Elements and the names of their attributes, without the ids that headings are given."""
    return [(e.tag, tuple(sorted(e.attributes))) for e in tree.walk()]


@pytest.mark.parametrize("place", PLACES)
def test_a_value_is_the_same_text_in(place: str) -> None:
    markdown, tag = PLACES[place]
    harmless = elements(parse(to_html(markdown.replace("@", "harmless"))))
    for text in STRINGS:
        tree = parse(to_html(markdown.replace("@", escape(text))))
        assert tree.find(tag)[0].text.removesuffix(". More.") == folded(text)
        assert elements(tree) == harmless, text


@pytest.mark.parametrize("place", ATTRIBUTES)
def test_a_value_is_the_same_text_in_an_attribute_of(place: str) -> None:
    markdown, function = ATTRIBUTES[place]
    harmless = elements(parse(to_html(markdown.replace("@", "harmless"))))
    for text in STRINGS:
        tree = parse(to_html(markdown.replace("@", function(text))))
        assert [e.attributes["title"] for e in tree.walk() if "title" in e.attributes] == [folded(text)]
        assert elements(tree) == harmless, text


def test_a_value_is_the_same_text_in_a_page_s_head_and_no_template() -> None:
    for text in STRINGS:
        written = plain(text)
        assert unescape(written) == folded(text)
        assert not set('<>"{}') & set(written)
        assert parse(f'<title>{written}</title><meta content="{written}">').find("title")[0].text == folded(text)


def test_no_sign_with_a_meaning_in_markdown_or_html_is_left_behind_a_blank_or_at_the_start() -> None:
    for number in range(128):
        sign = chr(number)
        if not sign.isalnum() and not sign.isspace():
            assert escape(sign) == f"&#{number};"
            assert escape(f"a {sign}") == f"a &#{number};"


def test_plain_prose_is_left_readable() -> None:
    prose = "Read the report (page 3), then ask: who's the owner? 50% of small-sized firms, e.g. in Tromsø – “perhaps”; 10,000 or 3:1."
    assert escape(prose) == prose.replace("(page 3),", "&#40;page 3)&#44;").replace("”;", "”&#59;").replace("3:1.", "3:1&#46;")


def test_white_space_becomes_single_blanks() -> None:
    assert escape("  a \n\n\t b\u00a0c\u2028d  ") == "a b c d"


def test_what_says_itself_that_it_is_safe_is_left_alone() -> None:
    assert escape(Markup("<b>&amp;</b>")) == "<b>&amp;</b>"
    assert escape(escape("<")) == "&#60;"


def test_a_value_that_is_no_text_is_shown_as_text() -> None:
    assert escape(12) == "12"
    assert escape("12") == "&#49;2"
