"""A data value as text in Markdown, whatever it holds.

A value may stand in running text, a heading, a table cell, a link's label or
an HTML attribute, and must come out as the same text in all of them. Numeric
character references are read alike by Markdown and by HTML, and no reader of
Markdown takes them for a sign of its own, so everything that is not a letter,
a digit or plainly harmless is written as one.
"""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup

# Harmless right behind a letter or a digit: none of these can then begin
# a list, a link, emphasis, an attribute list or a definition. A full stop behind a
# digit could begin a numbered list, so it is not among those.
_HARMLESS = re.compile(r"(?:(?<=[^\W\d_])[,.;:?'/)-]|(?<=[0-9])[,%:)-])")
_SPECIAL = re.compile(r"[^\w ]|_")


def escape(value: Any) -> Markup:
    """``value`` as plain text for Markdown or HTML, on one line.

    White space, line ends included, becomes single blanks, because a line end
    would end a table row and four blanks would begin a block of code.
    """
    if hasattr(value, "__html__"):
        return Markup(value)
    text = " ".join(str(value).split())
    return Markup(_SPECIAL.sub(lambda m: m[0] if _HARMLESS.match(text, m.start()) else f"&#{ord(m[0])};", text))
