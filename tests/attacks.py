"""Texts that would have a builder run a program, read a file or tell a secret, and what becomes of each in four places.

``CANARY`` is a file beside ``docs/`` and ``data/``, ``SECRET`` a name in the
environment, ``MARKER`` a folder that a program makes if it is run.
"""

from __future__ import annotations

from typing import NamedTuple

CANARY, CONTENT = "canary.txt", "the-canary-has-sung"
SECRET, VALUE = "HANDBOOK_TEST_SECRET", "the-secret-is-out"
MARKER = "attacked"
TOKENS = (CONTENT, VALUE)

PLACES = ("page", "title", "front matter", "data")
TEXT = "is shown as text"
"""The outcome in places where the text means nothing to any program."""


class Attack(NamedTuple):
    """A text, and what becomes of it in a page, a title, front matter and a data field: the rule that refuses it, or ``TEXT``.

    In YAML it is written in quotes, unless it is ``raw``. ``front`` is what
    stands in front matter instead of the text as a description.
    """

    text: str
    outcomes: tuple[str, str, str, str]
    raw: bool = False
    front: str = ""


def plain(text: str, rule: str = "call-shape") -> Attack:
    return Attack(text, (rule, TEXT, TEXT, TEXT))


def yaml(text: str, rule: str, page: str = TEXT) -> Attack:
    return Attack(text, (page, rule, rule, rule), raw=True)


def field(text: str, rule: str = "page-field", page: str = TEXT) -> Attack:
    return Attack(text, (page, TEXT, rule, TEXT), front=text)


LINES = ("text-not-one-line", "page-field-line", "text-not-one-line")
"""What becomes of a text of several lines in places for one line."""

MAKE = f'mkdir("{MARKER}")'
READ = f'open("{CANARY}").read()'

ATTACKS = {
    # the template language: expressions
    "a file through what a call knows": plain(f'{{{{ cite.__globals__["__builtins__"].{READ} }}}}'),
    "the environment through what a call knows": plain(f'{{{{ cite.__globals__["os"].environ["{SECRET}"] }}}}'),
    "a program through the settings": plain(f"{{{{ config.__class__.__init__.__globals__['os'].{MAKE} }}}}"),
    "the environment through the settings": plain(f"{{{{ config.extra.__init__.__globals__.os.environ.{SECRET} }}}}"),
    "a program through a helper of the language": plain(f"{{{{ lipsum.__globals__.os.{MAKE} }}}}"),
    "the environment through another helper": plain(f"{{{{ cycler.__init__.__globals__.os.environ.{SECRET} }}}}"),
    "every class there is": Attack('{{ "".__class__.__mro__[1].__subclasses__() }}', ("call-shape", "id-taken", TEXT, TEXT)),
    "a class through a filter": plain('{{ ""|attr("__class__")|attr("__mro__") }}'),
    "all that the builder knows": plain("{{ context() }} {{ macros_info() }}", "call-unknown"),
    "the computer": plain("{{ environment }}"),
    "the page's own file": plain("{{ page.file.content_string }}"),
    "a sum, to see whether anybody counts": plain("{{ 7*7 }}"),
    "an expression over two lines": Attack(f"{{{{\n lipsum.__globals__.os.{MAKE} }}}}", ("call-shape", *LINES)),
    "an expression in code": plain(f"`{{{{ lipsum.__globals__.os.{MAKE} }}}}`"),
    "an expression behind a backslash": plain(f"\\{{{{ lipsum.__globals__.os.{MAKE} }}}}"),
    "an expression in entities": Attack(f"&#123;&#123; lipsum.__globals__.os.{MAKE} &#125;&#125;", (TEXT,) * 4),
    "an expression with an invisible letter": Attack(f"{{\u200b{{ lipsum.__globals__.os.{MAKE} }}}}", ("yaml-character",) * 4),
    # the template language: statements
    "another file as part of the page": plain(f'{{% include "../{CANARY}" %}}'),
    "another file as a source of calls": plain(f'{{% import "{CANARY}" as x %}}{{{{ x }}}}'),
    "another file as the page's frame": plain(f'{{% extends "/{CANARY}" %}}'),
    "a name for what a call knows": plain("{% set x = cite.__globals__ %}{{ x }}"),
    "a loop over every class": plain("{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}"),
    "a block that hides what follows": plain(f"{{% raw %}}{{% endraw %}}{{{{ lipsum.__globals__.os.{MAKE} }}}}"),
    "a remark that hides what follows": plain(f"{{# x #}}{{{{ lipsum.__globals__.os.{MAKE} }}}}"),
    # what calls are given
    "a call with a program for a text": plain(f"{{{{ cite({READ}) }}}}"),
    "a call with a changed text": plain('{{ cite("report"|attr("__class__")) }}'),
    "a call in a call": plain('{{ cite("{{ 7*7 }}") }}'),
    "a call with something behind it": plain('{{ cite("report").__class__ }}'),
    "a call with a path for a source": plain(f'{{{{ cite("../../{CANARY}") }}}}', "call-argument"),
    "a call with a path for an example": plain(f'{{{{ example("../{CANARY}") }}}}', "call-argument"),
    "a call that is the language's own": plain("{{ self() }}", "call-unknown"),
    # other ways to bring in a file
    "a snippet": plain(f'--8<-- "{CANARY}"', "sign-unread"),
    "a block of snippets": Attack(f"--8<--\n{CANARY}\n--8<--", ("sign-unread", *LINES)),
    "an include of Markdown": plain(f"{{!{CANARY}!}}"),
    "an include of a server": plain(f'<!--#include file="{CANARY}" -->', "text-html"),
    "a part of a program's documentation": plain("::: os.environ", "box-drawn"),
    "code that is run": Attack(f'``` python exec="on"\n{READ}\n```', ("listing-words", *LINES)),
    "a link to a file of the computer": plain(f"[x](file:///{CANARY})", "link-shape"),
    "a picture from outside the pages": plain(f"![x](../../{CANARY})", "picture-elsewhere"),
    # YAML
    "a tag that runs a program": yaml(f"!!python/object/apply:os.mkdir [{MARKER}]", "yaml-tag"),
    "a tag that names a program's part": yaml("!!python/name:os.environ", "yaml-tag"),
    "a tag that reads the environment": yaml(f"!ENV {SECRET}", "yaml-tag"),
    "a tag that reads a file": yaml(f"!include {CANARY}", "yaml-tag"),
    "a list of itself": yaml("&a [*a]", "yaml-anchor"),
    "a name for another value": yaml("*a", "yaml-alias"),
    "another value copied in": yaml("{<<: {title: x}}", "yaml-merge", "call-shape"),
    # front matter that gives the builder orders
    "an order to run the page as a template": field("render_macros: true"),
    "an order to read another file's data": field(f"include_yaml: [{CANARY}]"),
    "an order to use another frame": field(f"template: ../{CANARY}"),
    "a field in the place of a call": field("cite: x"),
    "a field in the place of the settings": field("config: {extra: x}", page="call-shape"),
    # markup
    "a script": plain("<script>alert(1)</script>", "text-html"),
    "a handler in a tag": plain("Look <img src=x onerror=alert(1)>", "text-html"),
    "a tag with a slash for a blank": plain("<svg/onload=alert(1)>", "text-html"),
    "a tag over two lines": Attack("<img src=x\nonerror=alert(1)>", ("text-html", *LINES)),
    "a tag in code": plain("`<script>alert(1)</script>`", "code-html"),
    "a tag that holds Markdown": plain('<div markdown="1" onclick="alert(1)">', "text-html"),
    "a remark of HTML": plain("<!--><img src=x onerror=alert(1)>-->", "text-html"),
    "a program's instruction": plain("<?php system('id') ?>", "text-html"),
    "a tag in entities": plain("&lt;script&gt;alert(1)&lt;/script&gt;", TEXT),
    "a list of attributes": plain("Words {: onclick=alert(1) }", "call-attributes"),
    "a list of attributes on a heading": plain("## Words { onclick=alert(1) #__config }", "call-attributes"),
    "attributes on a link": plain("[x](../index.md){: onmouseover=alert(1) target=_top }", "call-attributes"),
    "a link to a script": plain("[x](javascript:alert(1))", "link-shape"),
    "a link to a script in capitals and small letters": plain("[x](JaVaScRiPt:alert(1))", "link-shape"),
    "a link to a script in entities": plain("[x](&#106;avascript&colon;alert(1))", "link-shape"),
    "a link to a script in percent": plain("[x](javascript%3Aalert(1))", "link-shape"),
    "a link to a script behind a tab": plain("[x](java\tscript:alert(1))", "link-shape"),
    "a link to a script behind a control": Attack("[x](\x01javascript:alert(1))", ("yaml-character", *("yaml-escaped-character",) * 3)),
    "a link to a script in pointed brackets": plain("[x](<javascript:alert(1)>)", "link-shape"),
    "a bare link to a script": plain("<javascript:alert(1)>", "text-html"),
    "a link by name to a script": Attack("[x][y]\n\n[y]: javascript:alert(1)", ("link-by-name", *LINES)),
    "a link that holds a page": plain("[x](data:text/html;base64,PHNjcmlwdD4=)", "link-shape"),
    "a link to another site without a scheme": plain("[x](//evil.example/)", "link-shape"),
    "a link to another site with backslashes": plain("[x](\\\\evil.example)", "link-shape"),
    "a picture from another site": plain("![x](https://evil.example/x.svg)", "picture-elsewhere"),
    "a picture that holds a script": plain("![x](data:image/svg+xml,%3Csvg/onload=alert(1)%3E)", "link-shape"),
    "a link with a handler for a title": plain('[x](../index.md "a\\" onclick=\\"alert(1)")', "link-shape"),
    "a heading with the id of the theme's settings": Attack("## __config", ("id-taken", "id-taken", TEXT, TEXT)),
    "a title with the id of the theme's settings": Attack("__config", (TEXT, "id-taken", TEXT, TEXT)),
    "a footnote with an id": Attack("[^__config]\n\n[^__config]: x", ("sign-unread", *LINES)),
    "a form": plain("<form id=__config action=//evil.example><input name=cookie>", "text-html"),
    "a column with a style": Attack("| a |\n|--:|\n| b |", ("table-drawn", *LINES)),
}  # fmt: skip
