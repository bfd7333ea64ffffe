"""A data value as text in Markdown, whatever it holds.

A value may stand in running text, a heading, a table cell, a link's label or
an HTML attribute, and must come out as the same text in all of them. Numeric
character references are read alike by Markdown and by HTML, and no reader of
Markdown takes them for a sign of its own, so every sign of ASCII, the only
ones that Markdown and HTML give a meaning to, is written as one unless it is
plainly harmless.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from markupsafe import Markup

# Harmless right behind a letter or a digit: none of these can then begin
# a list, a link, emphasis, an attribute list or a definition. A full stop behind a
# digit could begin a numbered list, so it is not among those.
_HARMLESS = r"(?<![^\W\d_][,.;:?'/)-])(?<![0-9][,%:)-])"  # said of the sign before
_SPECIAL = re.compile(rf"[\x00-\x1f!-/:-@\[-`{{-\x7f]{_HARMLESS}")


def escape(value: Any) -> Markup:
    """``value`` as plain text for Markdown or HTML, on one line.

    White space, line ends included, becomes single blanks, because a line end
    would end a table row and four blanks would begin a block of code.
    """
    if type(value) is Markup:
        return value
    if type(value) is str:
        return _escape(value)
    if hasattr(value, "__html__"):
        return Markup(value)  # noqa: S704  (it says itself that it is safe)
    return _escape(str(value), number=True)


@lru_cache(4096)  # labels and titles come again and again
def _escape(value: str, *, number: bool = False) -> Markup:
    text = " ".join(value.split())
    if not number and text.isdecimal():  # a template's full stop behind it could begin a numbered list
        return Markup(f"&#{ord(text[0])};{text[1:]}")  # noqa: S704
    return Markup(_SPECIAL.sub(lambda m: f"&#{ord(m[0])};", text))  # noqa: S704


def signs(value: str) -> int:
    """How many signs of ``value`` :func:`escape` writes as references. At each the builder stops and looks."""
    return len(_SPECIAL.findall(value))


def plain(value: Any) -> str:
    """``value`` as text for a page's head and its menu, which are HTML and not Markdown.

    Only what means something there is written as a reference. Braces are among
    it: the macros plugin runs a title that holds two of them as a template.
    """
    return " ".join(str(value).split()).translate(_IN_HTML)


_IN_HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "{": "&#123;", "}": "&#125;"})


def attribute(value: Any) -> Markup:
    """``value`` as plain text in an attribute of an element whose inside is Markdown.

    Python-Markdown reads the attributes of such an element and writes them
    anew, but leaves what then looks like a character reference alone, so there
    they are resolved once more than anywhere else.
    """
    return Markup(str(escape(value)).replace("&", "&amp;"))  # noqa: S704


def listing(value: Any) -> Markup:
    """``value`` as plain text on one line of Markdown that keeps its blanks, and inside ``<pre>`` its line ends."""
    return Markup("".join(c if c.isalnum() else f"&#{ord(c)};" for c in str(value)))  # noqa: S704


_MENTION = re.compile(r"(?<=[@#])|(?<=://)|(?<=\bwww)(?=\.)|(?<=\bGH)(?=-)", re.IGNORECASE)
_JOINER = "\u2060"


def comment(value: Any) -> Markup:
    """``value`` as plain text in a comment on GitHub.

    GitHub looks for names, numbers of issues and addresses in what its reader
    of Markdown has made, where a reference has become the sign itself. So
    these are also parted by a sign that nobody sees.
    """
    if hasattr(value, "__html__"):
        return Markup(value)  # noqa: S704  (it says itself that it is safe)
    return escape(_MENTION.sub(_JOINER, str(value)))
