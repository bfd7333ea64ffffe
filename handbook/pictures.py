"""Whether a picture that contributors bring is one, and can do no more than be looked at.

A browser runs what an SVG file holds when somebody opens it by its address, and
may then load other files. So an SVG may only hold what draws; what is not on
the list below is refused, and so is whatever leads out of the file.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NoReturn
from xml.parsers import expat

from handbook import raster
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

MOVES = Rule(
    "picture-moves",
    "the picture moves or flashes ({part}), which can make readers ill",
    "save it again as a picture that stands still",
)
TELLS = Rule(
    "picture-tells",
    "the file says more than the picture shows ({what}), perhaps who took it, where and when",
    "save it again without such data; a screenshot of it, cut to size, has none",
)
DOTS = Rule(
    "picture-dots",
    "the picture has {width:,} by {height:,} dots, and no more than {limit:,} altogether are allowed",
    "save it again in a smaller size",
)

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

MAX_DOTS = 20_000_000
"""Dots of one picture. A browser needs four bytes for each, however small the file is."""

SUFFIXES = frozenset({".svg", *raster.READERS})

_DRAWS = frozenset(
    "svg g defs title desc symbol use path rect circle ellipse line polyline polygon text tspan textPath marker clipPath mask"  # noqa: SIM905
    " pattern linearGradient radialGradient stop filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix"
    " feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur"
    " feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence style".split()
)
_LEADS_OUT = re.compile(r"url\s*\((?!\s*['\"]?#)|@import|image-set|src\s*\(|javascript:|\\", re.IGNORECASE)
"""In an attribute or a style. A backslash could write any of the others in another way."""

_NUMBER = re.compile(r"[0-9]+")
_MOVES = re.compile(r"@(?:-\w+-)?keyframes|(?:animation|transition)(?=[\w-]*\s*(?::|/\*))", re.IGNORECASE)
"""In a style. It may hold comments; none can stand inside a word."""

_NAMED = re.compile(r"url\s*\(\s*['\"]?#([^'\")\s]*)", re.IGNORECASE)


def problems(raw: bytes, path: str) -> list[Problem]:
    """What is wrong with the picture of the name ``path``, which ends in one of ``SUFFIXES``. Raises nothing."""
    suffix = path[path.rindex(".") :]
    return list(_of_dots(raster.READERS[suffix](raw), path)) if suffix in raster.READERS else _Drawing(path).problems(raw)


def _of_dots(found: raster.Found, path: str) -> Iterator[Problem]:
    here = Place(path, 1, 1)
    if found.sides is None or not all(found.sides) or not found.whole:
        yield NOT_A_PICTURE.at(here)
        return
    width, height = found.sides
    if width * height > MAX_DOTS:
        yield DOTS.at(here, width=width, height=height, limit=MAX_DOTS)
    if found.moves:
        yield MOVES.at(here, part="it has several frames")
    if found.tells:
        yield TELLS.at(here, what=", ".join(dict.fromkeys(found.tells)))


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
        self.shown: defaultdict[str, Counter[str]] = defaultdict(Counter)  # by the part that names others, how often it does
        self.styled: set[str] = set()  # parts that a style names, perhaps for every element
        self.plain: set[str] = set()  # parts that are colours, and draw nothing by themselves
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
        self.shown[""].update(dict.fromkeys(self.styled, self.parts))
        if not self.found and (self.drawn("", ()) > MAX_REPEATED or self.holding & (self.used.keys() | self.filling)):
            self.found.append(REPEATS.at(Place(self.path, 1, 1), limit=MAX_REPEATED))
        return self.found

    def drawn(self, part: str, inside: tuple[str, ...]) -> int:
        """How many shapes a part draws by naming others, at least so many as are too many."""
        total = 0
        for name, times in self.shown[part].items():
            if name in inside or total > MAX_REPEATED or len(inside) > MAX_DEPTH:
                return MAX_REPEATED + 1
            if name not in self.plain:
                total += times * (self.sizes[name] + self.drawn(name, (*inside, name)))
        return total

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
            if word == "style" and (moves := _MOVES.search(value)):
                self.stop(MOVES, part=moves[0])

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
        filling = [part for value in attributes.values() for part in _NAMED.findall(value)]
        self.filling.update(filling)
        if name in {"linearGradient", "radialGradient"}:
            self.plain.add(attributes.get("id", ""))
        times = 1
        if "marker" in str(attributes):  # drawn on each point of a line
            times += len(_NUMBER.findall(attributes.get("d", "") + attributes.get("points", ""))) // 2
        again = Counter({part: times * count for part, count in Counter(filling).items()})
        again.update(value.removeprefix("#") for value in named)
        for part in {"", *(part for part, _ in self.open if part)} if again else ():
            self.shown[part].update(again)
        if named:
            self.holding.update(part for part, _ in self.open if part)

    def text(self, text: str) -> None:
        if self.style is not None:
            self.style.append(text)

    def end(self, _name: str) -> None:
        if self.style and (found := _LEADS_OUT.search("".join(self.style))):
            self.refuse(found[0])
        if self.style:
            self.styled.update(_NAMED.findall("".join(self.style)))
        if self.style and (moves := _MOVES.search("".join(self.style))):
            self.stop(MOVES, part=moves[0])
        self.style = None
        part, before = self.open.pop()
        if part:
            self.sizes[part] += self.parts - before

    def refuse(self, part: str) -> NoReturn:
        self.stop(UNSAFE, part=part)

    def stop(self, rule: Rule, **values: object) -> NoReturn:
        self.found.append(rule.at(Place(self.path, self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1), **values))
        raise _Stop
