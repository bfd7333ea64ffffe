"""Signs that the builder does not read as the host does are refused, and what looks like them and is shown well is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.handbook.examples import change, rules_of

PAGE = "docs/about/evidence.md"


def judged(text: str, tiny: Path) -> list[str]:
    """The rules that a text breaks on a page of the tiny handbook."""
    change(tiny, PAGE, "{{ evidence() }}", f"{text}\n\n{{{{ evidence() }}}}")
    return rules_of(tiny)


LISTS = {
    "You need:\n- a room\n- a city": "list-joined",
    "Do this:\n1. ask\n2. wait": "list-joined",
    "## Needed\nYou need:\n* a room": "list-joined",
    "Words.\n\nYou need:\n+ a room": "list-joined",
    "> You need:\n> - a room": "list-joined",
    "- one\n\n    You need:\n    - a room": "list-joined",
    "```\nx\n```\n2. two": "list-joined",
    "- one\n  - two": "list-indent",
    "- one\n   - two": "list-indent",
    "1. one\n   - two": "list-indent",
    "- one\n\n- two\n\n   - three": "list-indent",
    "- one\n    - two\n      - three": "list-indent",
    "- one\n    - two\n  - three": "list-indent",
    "> - one\n>   - two": "list-indent",
    "1. one\n\n   More.\n\n2. two": "list-indent",
    "- one\n\n  More.": "list-indent",
    "- one\n    - two\n\n      More.": "list-indent",
    "1. one\n\n   ```\n   x\n   ```\n\n2. two": "list-indent",
    "1) one\n2) two": "list-number list-number",
    "Do this:\n1) one": "list-number",
    "1. one\n2) two": "list-number",
    "1. one\n\n2) two": "list-number",
    "2019. It went well.": "list-start",
    "## When\n5. May 2019 was the day.": "list-start",
    "1. one\n\nMore.\n\n2. two": "list-start",
    "10. one\n11. two": "list-start",
    "> 2. two": "list-start",
    "1. one\n2. two\n\n- three": "list-mixed",
    "- one\n\n1. two": "list-mixed",
    "1. one\n- two\n- three\n2. four": "list-mixed list-mixed",
    "1. one\ngoes on\n- two": "list-mixed",
    "12. one\n   - two": "list-start list-mixed",
    "Words:\n    - one\n    - two": "list-shifted list-shifted",
    "Words:\n\n    - one\n    - two": "list-shifted list-shifted",
    "- one\n        - two": "list-shifted",
    "1. one\n\n   > two\n\n2. three": "list-indent",
    "- one\n\n  > two": "list-indent",
    "- one\n    > two": "quotation-joined",
    "- one\n> two": "quotation-joined",
    "> one\n- two": "list-joined",
    "> - one\n- two": "list-joined",
    "```\nx\n``": "listing-open sign-unclosed",
    "1. one\n\n    ```\n   x\n   ```\n\n2. two": "listing-open",
    "You need:\n\n- a room\n- a city": "",
    "## Needed\n- a room\n- a city": "",
    "---\n- a room": "",
    "- one\n    - two\n\n        More.": "",
    "- one\n    - two\n        - three\n- four": "",
    "1. one\n    - two\n\n        - three": "",
    "- one\n\n    More.\n\n- two": "",
    "- one\n  goes on\n- two\ngoes on": "",
    "1. one\n   goes on\n2. two": "",
    " - one\n - two": "",
    "   - one\n   - two": "",
    "- one\n - two": "",
    "12. one\n    - two": "list-start",
    "- one\n\t- two": "",
    "- one\n\nWords.\n\n  Words.": "",
    "1. one\n\n    ```\n    x\n    ```\n\n2. two": "",
    "It was in\n2019. It went well.": "",
    "2019\\. It went well.": "",
    "A room - and a city\n-but not both": "",
    "5 * 3\n*both* and\n**more**": "",
    "What it costs, see\n(1) and 1)": "",
    "Words:\n\n    You need:\n    - a listing\n      - of code": "",
    "Words:\n\n    1) a listing": "",
    "```\nYou need:\n- a room\n  - a city\n1) or\n\n   two\n```": "",
    "> ```\n> You need:\n> - a room\n> ```": "",
    "> - one\n> - two\n\nWords.": "",
    "> Words.\n\n- one": "",
    "term\n:   what it means\n\n    - one\n    - two": "",
    "term\n:   - one\n    - two": "",
    "- one\n\n    > two\n    > three\n    >\n    > - four\n    >     - five": "",
    "- one\n\n    > two\n\n- three\n    > four": "quotation-joined",
    "- one\n\n    Words.\n    > two": "",
    "- one\n  goes on\n    > two": "quotation-joined",
    "- one\n  > two\n  > three\n- four\n\n    - five": "",
    "> one\ngoes on\n\n- two": "",
    "1. one\n\nSo far for this.\n\n- two": "",
    "- one\n\n        words\n          - of code\n\n        - more of it\n\n- two": "",
    "* * *\n\n- - -": "",
}


@pytest.mark.parametrize("text", LISTS)
def test_a_list_that_readers_would_not_see_as_one_is_refused(text: str, tiny: Path) -> None:
    assert judged(text, tiny) == LISTS[text].split()


SIGNS = {
    "- [ ] Ask the city": "list-ticked",
    "1. [x] Ask the city": "list-ticked",
    "> * [X] Ask the city": "list-ticked",
    '!!! note "Mind the budget"\n    Ask early.': "box-drawn",
    "??? note\n    Ask early.": "box-drawn",
    "???+ note\n    Ask early.": "box-drawn",
    '=== "City"\n\n    Ask the city.': "box-drawn",
    "::: tip\nAsk early.\n:::": "box-drawn",
    "> [!NOTE]\n> Ask early.": "box-drawn",
    "[TOC]": "toc-written",
    "- [TOC]": "toc-written",
    "What we ~~never~~ seldom do": "sign-unread",
    "a ==mark== here": "sign-unread",
    "Press ++ctrl+c++.": "sign-unread",
    "CO~2~ and m^2^": "sign-small sign-small",
    "What we saw.^[own account]": "sign-unread",
    "What we saw[^1] there": "sign-unread",
    "[^1]: a note": "sign-unread",
    "*[SME]: a small firm": "sign-unread",
    ":material-check: Done": "sign-unread",
    "Well done :smile:": "sign-unread",
    '--8<-- "x.md"': "sign-unread",
    "**bold not closed": "sign-unclosed",
    "- **bold\n- not closed**": "sign-unclosed",
    "one **two\n\nthree** four": "sign-unclosed",
    "***both": "sign-unclosed",
    "the `id: x of it": "sign-unclosed",
    "- the `id\n- of it`": "sign-unclosed sign-unclosed",
    "``one` more": "sign-unclosed sign-unclosed",
    "2*3*4 = 24": "sign-times",
    "2*3 and 4*5": "sign-times",
    "words [sic] and [x] more": "",
    "- [words](../index.md)": "",
    "Really!!! note it": "",
    "What??? note it": "",
    "a = b == c, and C++ or C++, and ~5, ~6": "",
    "at 10:30:00, ratio 1:2:3, ask: who: and why": "",
    "[words](https://example.org/~a~/:b:/c==d==/2*3*4)": "",
    "**bold** and *slanted*, ***both***, __bold__ and _slanted_": "",
    "**bold\nover two lines**": "",
    "**bold**, **again** and bold**er**": "",
    "**`code`** and **[words](../index.md)**": "",
    "2**3 and 5 ** 3": "",
    "5 * 3 * 2 and 2*3": "",
    "Price* and *words*": "",
    "* * *\n\n***": "",
    "\\**bold and \\~\\~old\\~\\~ and \\`": "",
    "`**bold` and `~~old~~` and `[TOC]` and `2*3*4` and `` ` ``": "",
    "```\n- [ ] a\n!!! note\n[TOC]\n~~old~~ **bold 2*3*4 :smile: `\n```": "",
    "Words:\n\n    !!! note\n        ~~old~~ **bold `\n\n    [TOC]\n\n- one": "",
    "__init__": "",
    "Words\\\nmore": "sign-unread",
    "Words ~~over\ntwo lines~~": "sign-unread",
    "Well done :+1:": "sign-unread",
    "2*(3+4)*5": "sign-times",
    "Leiter*innen und Mitarbeiter*innen": "sign-times",
    "Leiter\\*innen und Mitarbeiter\\*innen": "",
    "`C:\\dir\\` and `b`": "",
    "\\`one": "",
    "\\``one": "sign-unclosed",
    "\\`\\`one": "",
    "Costs: 5 €**, and 50 %**.": "",
    "- one\n\n        x **y ~~z~~ 2*3*4 `": "",
    "- one\n\n    x **y": "sign-unclosed",
}


@pytest.mark.parametrize("text", SIGNS)
def test_a_sign_that_the_builder_would_leave_as_it_is_is_refused(text: str, tiny: Path) -> None:
    assert judged(text, tiny) == SIGNS[text].split()


CODE = {
    '```html\n<p class="lead">\n```': "code-html",
    "`print(x<y)`": "code-html",
    "- one\n\nWords:\n\n    print(x<y)": "code-html",
    "print(x<y)": "text-html",
    "`a` <b> `c`": "text-html",
    "`a &lt; b &#38; c`": "code-sign code-sign",
    "```\na &amp; b\n```": "code-sign",
    "`a < b > c & d` and `print(x< y)`": "",
    '```html\n< p class="lead">\n```': "",
    "a &lt; b &amp; `c`": "",
    "`a & b; c &x`": "",
}


@pytest.mark.parametrize("text", CODE)
def test_code_holds_the_signs_that_are_meant(text: str, tiny: Path) -> None:
    assert judged(text, tiny) == CODE[text].split()
