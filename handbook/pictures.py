"""Whether a picture that contributors bring is one, and can do no more than be looked at.

A browser runs what an SVG file holds when somebody opens it by its address, and
may then load other files. So an SVG may only hold what draws; what is not on
the list below is refused, and so is whatever leads out of the file.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NoReturn
from xml.parsers import expat

from handbook.problem import Place, Problem, Rule

UNSAFE = Rule(
    "picture-unsafe",
    "the picture holds '{part}', which could run or lead to another file",
    "save it again as plain SVG, without links, programs, fonts and pictures inside it, or as .png",
)
NOT_A_PICTURE = Rule(
    "picture-broken", "this cannot be read as the kind of picture that its name says", "save it again, or give its name the right ending"
)
LARGE = Rule("picture-too-large", "the picture has {size:,} bytes, and no more than {limit:,} are allowed", "make it smaller, or save it as .webp")

REPEATS = Rule(
    "picture-repeats",
    "the picture draws parts of itself again and again, {limit:,} times or inside each other",
    "save it again with its parts drawn out, or as .png",
)

MANY = Rule("picture-parts", "the picture has more than {limit:,} parts", "save it again with fewer details, or as .webp")

MAX_PARTS = 20_000
"""Elements of a drawing. One of so many is a photograph or a map of every house."""

MAX_REPEATED = 20_000
"""Shapes that a drawing may show by naming them again. A few lines that name each other can ask a browser for thousands of millions."""

MAX_DEPTH = 40
"""How many elements one may stand inside. Drawing programs need a few."""

MAX_PICTURE = 1024 * 1024
"""Bytes of one picture. A reader on a telephone loads it."""

_BEGINS = {
    ".png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    ".jpg": re.compile(rb"\xff\xd8\xff"),
    ".webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
}
SUFFIXES = frozenset({".svg", *_BEGINS})

_DRAWS = frozenset(
    "svg g defs title desc symbol use path rect circle ellipse line polyline polygon text tspan textPath marker clipPath mask"  # noqa: SIM905
    " pattern linearGradient radialGradient stop filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix"
    " feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur"
    " feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence style".split()
)
_LEADS_OUT = re.compile(r"url\s*\((?!\s*['\"]?#)|@import|image-set|src\s*\(|javascript:|\\", re.IGNORECASE)
"""In an attribute or a style. A backslash could write any of the others in another way."""

_NAMED = re.compile(r"url\s*\(\s*['\"]?#([^'\")\s]*)", re.IGNORECASE)


def problems(raw: bytes, path: str) -> list[Problem]:
    """What is wrong with the picture of the name ``path``, which ends in one of ``SUFFIXES``. Raises nothing."""
    suffix = path[path.rindex(".") :]
    if suffix in _BEGINS:
        return [] if _BEGINS[suffix].match(raw) else [NOT_A_PICTURE.at(Place(path, 1, 1))]
    return _Drawing(path).problems(raw)


class _Stop(Exception):  # noqa: N818  (no error: the problem is noted, and the rest is not read)
    pass


class _Drawing:
    """Reads an SVG file, up to the first thing that has no place in it."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.found: list[Problem] = []
        self.style: list[str] | None = None  # the text of a style, which comes in pieces, perhaps in a million of them
        self.open: list[tuple[str, int]] = []  # the name of each element that has not ended, and how many came before it
        self.parts = 0
        self.sizes: Counter[str] = Counter()
        self.used: Counter[str] = Counter()
        self.filling: set[str] = set()
        self.holding: set[str] = set()
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text
        self.parser.StartDoctypeDeclHandler = lambda *_: self.refuse("<!DOCTYPE>")
        self.parser.ProcessingInstructionHandler = lambda name, _: self.refuse(f"<?{name}?>")

    def problems(self, raw: bytes) -> list[Problem]:
        try:
            self.parser.Parse(raw, True)
        except _Stop:
            pass
        except expat.ExpatError as error:
            self.found.append(NOT_A_PICTURE.at(Place(self.path, error.lineno, error.offset + 1)))
        repeated = sum(self.sizes[name] * times for name, times in self.used.items())
        if not self.found and (repeated > MAX_REPEATED or self.holding & (self.used.keys() | self.filling)):
            self.found.append(REPEATS.at(Place(self.path, 1, 1), limit=MAX_REPEATED))
        return self.found

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name not in _DRAWS or self.style is not None:  # nothing stands inside a style: a browser would join what is before and behind it
            self.refuse(f"<{name}>")
        if name == "style":
            self.style = []
        self.count(name, attributes)
        for attribute, value in attributes.items():
            word = attribute.rpartition(":")[2].lower()
            if word.startswith("on") or word == "base" or (word in {"href", "src"} and not value.startswith("#")) or _LEADS_OUT.search(value):
                self.refuse(f'{attribute}="{value}"')

    def count(self, name: str, attributes: dict[str, str]) -> None:
        """Note that an element begins, and which named parts it has drawn again."""
        self.open.append((attributes.get("id", ""), self.parts))
        self.parts += 1
        if self.parts > MAX_PARTS:
            self.stop(MANY, limit=MAX_PARTS)
        if len(self.open) > MAX_DEPTH:
            self.refuse(f"<{name}> inside more than {MAX_DEPTH} others")
        named = [value for key, value in attributes.items() if name == "use" and key.rpartition(":")[2].lower() == "href"]
        self.used.update(value.removeprefix("#") for value in named)
        self.filling.update(part for value in attributes.values() for part in _NAMED.findall(value))
        if named:
            self.holding.update(part for part, _ in self.open if part)

    def text(self, text: str) -> None:
        if self.style is not None:
            self.style.append(text)

    def end(self, _name: str) -> None:
        if self.style and (found := _LEADS_OUT.search("".join(self.style))):
            self.refuse(found[0])
        self.style = None
        part, before = self.open.pop()
        if part:
            self.sizes[part] += self.parts - before

    def refuse(self, part: str) -> NoReturn:
        self.stop(UNSAFE, part=part)

    def stop(self, rule: Rule, **values: object) -> NoReturn:
        self.found.append(rule.at(Place(self.path, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1), **values))
        raise _Stop
