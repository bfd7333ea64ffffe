r"""Find the answers in the text of a form that came back.

The host writes a form's answers as one text: for each question a line ``###``
with its words, an empty line, and the answer; ``_No response_`` where there is
none; choices by their words, several with a comma and a blank between them;
ticks as ``- [x]``. People then edit that text as they like, or send it by
e-mail, so every shape is taken, and what cannot be told is said.

Nothing here gives a text any meaning but these. Each step looks at each line a
bounded number of times.
"""

from __future__ import annotations

import codecs
import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from handbook.base import Base
from handbook.forms.choices import UNCHOSEN, key, offered, together
from handbook.forms.write import above, hint
from handbook.model import Form, FormQuestion
from handbook.yamlread import FORBIDDEN, ODD_SPACES

MAX_BYTES = 256 * 1024
MAX_ANSWER = 6_000
"""Characters of an answer that make about two pages."""
MAX_QUOTED = 5
"""How often a form may have been sent to and fro."""

FIRST_WORDS = 4
"""Words by which the beginning of a sentence of ours is known again."""

MAX_LINE = 160
MAX_WORD = 300

_HEADING = re.compile(r"[> ]{0,4}(?:\\?#){1,6}[ \t]++(.{1,300})")
_BOX = re.compile(r"[> ]{0,6}(?:\\?[-*+•–·][ \t]*)?(?:\\?\[[ \t]{0,3}(?P<x>[^\]\s\\]?)[ \t]{0,3}\\?\]|(?P<sign>[☐☑☒✓✔]))[ \t]*+(?P<words>.{0,300})")
_UNTICKED = ("", "☐")
NO_RESPONSE = "_No response_"
"""What the host writes where there is no answer."""

_NOTHING = {NO_RESPONSE.casefold(), "no response", "none", "-", "–", "n/a"}
_WORD = re.compile(r"[^\s>]+")
"""A word of a line, without the signs by which it is quoted."""

_CUT = re.compile(r"[> ]*(?:--|[—–])[ ]*")
_NAMES = ("organisation", "person")
"""The questions whose answers are names, which stand in the list of those who are thanked."""
_REACHED = re.compile(r"[^\s@]@[^\s@]+\.[^\s@]|(?<![\w&#./-])(?:\+|\(?0)[0-9 ()/.-]{6,40}[0-9](?!\w)")
"""An e-mail address, or a telephone number, which begins with a plus or a nought."""

_ODD = re.compile(f"[{ODD_SPACES}]")


@dataclass(frozen=True)
class Notice:
    """A sentence of ours to the contributor, and their own words that it is about, or those of the check to an editor."""

    text: str
    said: str = ""
    for_editors: bool = False
    """Whether an editor has to act and the contributor has not."""


@dataclass
class Answers:
    """What was answered, by the questions' ids; what was not is not there."""

    texts: dict[str, str] = field(default_factory=dict)
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    problems: list[Notice] = field(default_factory=list)
    """What keeps a record from being made."""
    notes: list[Notice] = field(default_factory=list)
    """What was left aside, or taken for granted."""

    def __contains__(self, question: str) -> bool:
        return question in self.texts or question in self.chosen

    def text(self, question: str) -> str:
        """The answer in words; empty if there is none."""
        return self.texts.get(question, "")

    def one(self, question: str) -> str | None:
        """What was chosen; None if nothing was."""
        return next(iter(self.chosen.get(question, ())), None)

    def ticked(self, question: str, tick: str) -> bool:
        """Whether a box was ticked."""
        return tick in self.chosen.get(question, ())


def read(raw: bytes, form: Form, base: Base) -> Answers:
    """The answers that ``raw``, a text of ``form`` that came back, holds. Raises nothing, whatever the bytes."""
    found = Answers()
    text = _decode(raw, found)
    if text is None:
        return found
    sections = _sections(text, form, found)
    if not sections and not found.problems:
        how = "Fill in the form, and leave its questions as they are."
        found.problems.append(Notice(f"This is not the form “{form.title}”: none of its questions is in it. {how}"))
        return found
    for question in form.questions:
        _answer(question, sections.get(question.id, ""), offered(base, question), found)
    for question in form.questions:
        if question.fills and question.id in found:
            _fill(question, form, base, found)
    for question in form.questions:
        if question.required and question.id not in found and not any(question.ask in problem.text for problem in found.problems):
            found.problems.append(Notice(f"“{question.ask}” has no answer, and it is needed.{_how(question, sections.get(question.id, ''), base)}"))
    return found


def _how(question: FormQuestion, text: str, base: Base) -> str:
    """How to answer in a text what was left out in a menu, which is no longer there: from the words themselves."""
    if question.shape not in {"one", "several"}:
        return ""
    allowed = "; ".join(offered(base, question).values())
    if any(_BOX.fullmatch(line) for line in text.split("\n")):
        return f" Put an x between the brackets of what fits: {allowed}."
    stands = next((words for words in (UNCHOSEN, NO_RESPONSE) if key(words) == key(text)), None)
    fits = "one of these" if question.shape == "one" else "one or more of these, with a comma between"
    return f" Replace the words “{stands}” below it by {fits}: {allowed}." if stands else f" Write below it {fits}: {allowed}."


def _decode(raw: bytes, found: Answers) -> str | None:
    if len(raw) > MAX_BYTES:
        found.problems.append(Notice(f"The text has {len(raw):,} bytes, and no more than {MAX_BYTES:,} can be taken. Shorten it to the main points."))
        return None
    try:
        text = raw.decode("utf-16" if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig")
    except UnicodeDecodeError:
        how = "Save it again as a plain text with the encoding UTF-8, and look whether accents are still right."
        found.problems.append(Notice(f"The file is no plain text in UTF-8. {how}"))
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").replace("\f", "\n")
    text = _ODD.sub(" ", text)
    shown = FORBIDDEN.sub("", text)
    if shown != text:
        found.notes.append(Notice("Signs that nobody can see were left out of your text."))
    return shown


def _unquoted(lines: list[str], known: Mapping[str, FormQuestion]) -> list[str]:
    """``lines`` without the signs by which a mail program quotes the form, counted at its first heading.

    What stands above that heading, and quotations within an answer, keep their signs.
    """
    bare = [line.lstrip("> ") for line in lines]
    headings = (number for number, line in enumerate(bare) if _asked(line, known))
    first = next(headings, next((number for number, line in enumerate(bare) if key(line) in known), None))
    if first is None:
        return lines
    depth = lines[first][: len(lines[first]) - len(bare[first])].count(">")
    quoted = re.compile(f"(?: {{0,3}}> ?){{0,{min(depth, MAX_QUOTED)}}}")
    return [*lines[:first], *(quoted.sub("", line, count=1) if line.lstrip(" ").startswith(">") else line for line in lines[first:])]


# -- questions ----------------------------------------------------------------


def _sections(text: str, form: Form, found: Answers) -> dict[str, str]:
    """What stands below each question, by its id."""
    known = {key(question.ask): question for question in form.questions}
    given = _unquoted(text.split("\n"), known)
    lines: dict[str, list[str]] = {}
    twice: dict[str, FormQuestion] = {}
    here: list[str] = []  # what stands above the first question
    top = here
    # A word processor may have taken the signs of all headings away: then a line of the same words is one.
    marked = any(_asked(line, known) for line in given)
    for line in given:
        question = _asked(line, known) if marked else known.get(key(line))
        if question is None:
            here.append(line)
            continue
        if question.id in lines:
            twice[question.id] = question
        here = lines.setdefault(question.id, [])
    for question in twice.values():
        found.problems.append(Notice(f"The question “{question.ask}” is there more than once. Keep one of them, with one answer below it."))
    if lines and (signature := _signature(here)):
        del here[-len(signature) :]
        found.notes.append(Notice("What stands below a line of two hyphens at the end was taken for the signature of a mail, and was not used."))
    if lines and _own(top, above(form)):
        found.notes.append(Notice("What stands above the first question was not used.", " ".join(top)))
    return {question.id: "\n".join(_own(lines[question.id], hint(question))) for question in form.questions if question.id in lines}


def _signature(lines: list[str]) -> list[str]:
    """The end of a text from the line with which mail programs begin a signature."""
    first = next((number for number, line in enumerate(lines) if _CUT.fullmatch(line)), len(lines))
    return lines[first:]


def _asked(line: str, known: Mapping[str, FormQuestion]) -> FormQuestion | None:
    """The question whose heading a line is."""
    heading = _HEADING.fullmatch(line.rstrip(" \t#")) if "#" in line else None
    return known.get(key(heading[1])) if heading else None


def _own(lines: list[str], ours: list[str]) -> list[str]:
    """``lines`` without ``ours``, which the form brings, however they are broken, and without empty ones at both ends."""
    for paragraph in "\n".join(ours).split("\n\n"):
        lines = _without(lines, [key(word) for word in _WORD.findall(paragraph)])
    brought = {key(line.lstrip("> ")) for line in ours}
    left = [line for line in lines if not line.strip() or key(line.lstrip("> ")) not in brought]
    return "\n".join(left).strip().split("\n") if "".join(left).strip("> ") else []


def _without(lines: list[str], words: list[str]) -> list[str]:
    """``lines`` without ``words`` at the first place where a line begins with them; they may go on in the lines below it."""
    for first, line in enumerate(lines):
        begun = _WORD.search(line)
        if words and begun and _key(begun[0]) == words[0] and (end := _end(lines, first, words)):
            last, column = end
            return [*lines[:first], lines[last][column:], *lines[last + 1 :]]
    return lines


def _end(lines: list[str], first: int, words: list[str]) -> tuple[int, int] | None:
    """The line and the column at which ``words`` end if ``lines`` from ``first`` on begin with them."""
    found = ((number, word) for number in range(first, len(lines)) for word in _WORD.finditer(lines[number]))
    number, column = first, 0
    for wanted in words:
        number, word = next(found, (0, None))
        if word is None or _key(word[0]) != wanted:
            return None
        column = word.end()
    return number, column


_key = lru_cache(4096)(key)  # for single words, of which a text has the same again and again


# -- answers ------------------------------------------------------------------


def _answer(question: FormQuestion, text: str, options: Mapping[str, str], found: Answers) -> None:
    if question.shape == "ticks":
        found.chosen[question.id] = tuple(_ticked(text, options, []))
        for tick in question.ticks:
            if tick.required and tick.id not in found.chosen[question.id]:
                found.problems.append(Notice(f"Under “{question.ask}” this is not ticked: “{tick.says}” Without it we cannot take what you wrote."))
        return
    answered = text.strip().casefold() not in _NOTHING and key(text) != key(UNCHOSEN) and bool(text.strip())
    if answered and question.shape in {"line", "text"}:
        _words(question, text.strip(), found)
    elif answered:
        _choice(question, text, options, found)


def _words(question: FormQuestion, text: str, found: Answers) -> None:
    limit = MAX_LINE if question.shape == "line" and not question.fills else MAX_ANSWER
    whole = " ".join(text.split())
    if len(whole) > limit:
        how = "Shorten it to the main points."
        found.problems.append(Notice(f"Your answer to “{question.ask}” has {len(whole):,} characters, and no more than {limit:,} fit. {how}"))
    elif any(len(word) > MAX_WORD for word in whole.split()):
        found.problems.append(Notice(f"Your answer to “{question.ask}” holds a word of more than {MAX_WORD} letters. Write it in ordinary words."))
    elif question.id in _NAMES and _REACHED.search(whole):
        how = "Names are published; leave only the name there."
        found.problems.append(Notice(f"Your answer to “{question.ask}” holds an e-mail address or a telephone number. {how}"))
    elif question.id in _NAMES and re.search(r"\n\s*\n", text):
        found.problems.append(Notice(f"Your answer to “{question.ask}” has several paragraphs. Leave only the name there, in one line."))
    elif question.shape == "line" and _holds_hint(question, whole):
        found.problems.append(Notice(f"Your answer to “{question.ask}” still holds our hint. Leave only your own words there."))
    else:
        found.texts[question.id] = whole if question.shape == "line" else text


def _holds_hint(question: FormQuestion, line: str) -> bool:
    """Whether a sentence of the question's hint begins within a line."""
    begins = (" ".join(sentence.split()[:FIRST_WORDS]) for sentence in re.split(r"(?<=[.?;])\s", question.hint or ""))
    return any(len(words.split()) == FIRST_WORDS and key(words) in key(line) for words in begins)


def _fill(question: FormQuestion, form: Form, base: Base, found: Answers) -> None:
    """Answer the questions that a line filled in by a link answers; what was chosen by hand wins."""
    filled = [other for other in form.questions if other.id in question.fills]
    said = found.texts[question.id]
    for chosen in itertools.product(*(offered(base, other).items() for other in filled)):
        if key(together(words for _, words in chosen)) != key(said):
            continue
        for other, (option, _) in zip(filled, chosen, strict=True):
            if found.chosen.setdefault(other.id, (option,)) != (option,):
                found.notes.append(Notice(f"You chose something else under “{other.ask}”, so we took that.", said))
        return
    found.notes.append(Notice(f"This is not known under “{question.ask}”, and was left aside:", said))


def _choice(question: FormQuestion, text: str, options: Mapping[str, str], found: Answers) -> None:
    strange: list[str] = []
    chosen = tuple(dict.fromkeys(_chosen(text, options, strange)))
    for words in strange[:3]:
        found.notes.append(Notice(f"This is not among the answers to “{question.ask}”, and was left aside:", words))
    if question.shape == "one" and len(chosen) > 1:
        to = found.problems if question.required else found.notes
        to.append(Notice(f"More than one answer is chosen under “{question.ask}”, and only one fits. Choose the one that fits best."))
    elif chosen:
        found.chosen[question.id] = chosen
    elif question.required and strange:
        allowed = "; ".join(options.values())
        found.problems.append(Notice(f"What stands under “{question.ask}” is none of its answers. Choose from: {allowed}."))


def _chosen(text: str, options: Mapping[str, str], strange: list[str]) -> Iterator[str]:
    """The ids of what was chosen: ticked, or named."""
    if any(_BOX.fullmatch(line) for line in text.split("\n")):
        yield from _ticked(text, options, strange)
    else:
        yield from _named(text, options, strange)


def _ticked(text: str, options: Mapping[str, str], strange: list[str]) -> Iterator[str]:
    by_words = {key(words): option for option, words in options.items()}
    for line in text.split("\n"):
        box = _BOX.fullmatch(line)
        if box is None or not box["words"] or (box["x"] if box["x"] is not None else box["sign"]) in _UNTICKED:
            continue
        if (option := by_words.get(key(box["words"]))) is None:
            strange.append(box["words"])
        else:
            yield option


def _named(text: str, options: Mapping[str, str], strange: list[str]) -> Iterator[str]:
    """What is named with commas or line ends between. Words of a choice may hold commas themselves, so the longest are looked for first."""
    by_words = {key(words): option for option, words in options.items()} | {option: option for option in options if option}
    longest = sorted(by_words, key=len, reverse=True)
    for line in text.split("\n")[:200]:
        rest = key(line.lstrip(" -*+"))[:MAX_ANSWER]
        while rest:
            words = next((w for w in longest if rest.startswith(w) and rest[len(w) :].lstrip(" .")[:1] in {"", ",", ";"}), None)
            if words is None:
                strange.append(line)
                break
            yield by_words[words]
            rest = rest[len(words) :].lstrip(" .,;")
