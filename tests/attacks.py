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


def jinja(text: str, rule: str = "call-shape") -> Attack:
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
    "a file through what a call knows": jinja(f'{{{{ cite.__globals__["__builtins__"].{READ} }}}}'),
    "the environment through what a call knows": jinja(f'{{{{ cite.__globals__["os"].environ["{SECRET}"] }}}}'),
    "a program through the settings": jinja(f"{{{{ config.__class__.__init__.__globals__['os'].{MAKE} }}}}"),
    "the environment through the settings": jinja(f"{{{{ config.extra.__init__.__globals__.os.environ.{SECRET} }}}}"),
    "a program through a helper of the language": jinja(f"{{{{ lipsum.__globals__.os.{MAKE} }}}}"),
    "the environment through another helper": jinja(f"{{{{ cycler.__init__.__globals__.os.environ.{SECRET} }}}}"),
    "every class there is": Attack('{{ "".__class__.__mro__[1].__subclasses__() }}', ("call-shape", "id-taken", TEXT, TEXT)),
    "a class through a filter": jinja('{{ ""|attr("__class__")|attr("__mro__") }}'),
    "all that the builder knows": jinja("{{ context() }} {{ macros_info() }}", "call-unknown"),
    "the computer": jinja("{{ environment }}"),
    "the page's own file": jinja("{{ page.file.content_string }}"),
    "a sum, to see whether anybody counts": jinja("{{ 7*7 }}"),
    "an expression over two lines": Attack(f"{{{{\n lipsum.__globals__.os.{MAKE} }}}}", ("call-shape", *LINES)),
    "an expression in code": jinja(f"`{{{{ lipsum.__globals__.os.{MAKE} }}}}`"),
    "an expression behind a backslash": jinja(f"\\{{{{ lipsum.__globals__.os.{MAKE} }}}}"),
    "an expression in entities": Attack(f"&#123;&#123; lipsum.__globals__.os.{MAKE} &#125;&#125;", (TEXT,) * 4),
    "an expression with an invisible letter": Attack(f"{{\u200b{{ lipsum.__globals__.os.{MAKE} }}}}", ("yaml-character",) * 4),
    # the template language: statements
    "another file as part of the page": jinja(f'{{% include "../{CANARY}" %}}'),
    "another file as a source of calls": jinja(f'{{% import "{CANARY}" as x %}}{{{{ x }}}}'),
    "another file as the page's frame": jinja(f'{{% extends "/{CANARY}" %}}'),
    "a name for what a call knows": jinja("{% set x = cite.__globals__ %}{{ x }}"),
    "a loop over every class": jinja("{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}"),
    "a block that hides what follows": jinja(f"{{% raw %}}{{% endraw %}}{{{{ lipsum.__globals__.os.{MAKE} }}}}"),
    "a remark that hides what follows": jinja(f"{{# x #}}{{{{ lipsum.__globals__.os.{MAKE} }}}}"),
    # what calls are given
    "a call with a program for a text": jinja(f"{{{{ cite({READ}) }}}}"),
    "a call with a changed text": jinja('{{ cite("report"|attr("__class__")) }}'),
    "a call in a call": jinja('{{ cite("{{ 7*7 }}") }}'),
    "a call with something behind it": jinja('{{ cite("report").__class__ }}'),
    "a call with a path for a source": jinja(f'{{{{ cite("../../{CANARY}") }}}}', "call-argument"),
    "a call with a path for an example": jinja(f'{{{{ example("../{CANARY}") }}}}', "call-argument"),
    "a call that is the language's own": jinja("{{ self() }}", "call-unknown"),
    # other ways to bring in a file
    "a snippet": jinja(f'--8<-- "{CANARY}"', TEXT),
    "a block of snippets": Attack(f"--8<--\n{CANARY}\n--8<--", (TEXT, *LINES)),
    "an include of Markdown": jinja(f"{{!{CANARY}!}}"),
    "an include of a server": jinja(f'<!--#include file="{CANARY}" -->', "text-html"),
    "a part of a program's documentation": jinja("::: os.environ", TEXT),
    "code that is run": Attack(f'``` python exec="on"\n{READ}\n```', (TEXT, *LINES)),
    "a link to a file of the computer": jinja(f"[x](file:///{CANARY})", "link-shape"),
    "a picture from outside the pages": jinja(f"![x](../../{CANARY})", "link-shape"),
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
}  # fmt: skip
