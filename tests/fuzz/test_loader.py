"""Whatever a file holds, the loader reads what PyYAML reads, or says in a place of the file why it does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from handbook import yamlread
from handbook.yamlread import FORBIDDEN, MAX_DEPTH, MAX_VALUES, NULLS, Map, Seq, read
from tests.conftest import ROOT, TINY
from tests.fuzz.makings import changed, changes, examples, pieces, raw, texts

FILE = "data/x.yaml"
LOADERS = tuple(getattr(yaml, name) for name in ("CSafeLoader", "SafeLoader") if hasattr(yaml, name))
REAL = tuple(sorted((*TINY.glob("data/**/*.yaml"), ROOT / "data/clusters.yaml")))

# -- YAML out of a grammar ------------------------------------------------------------------

PLAIN = ("a", "b c", "NO", "2024-02-30", "1.10", "~", "null", "", "a:b", "x#y", "x #y", "x  #1", "- a", "a: b", "%a", "@a", "=", "\xa0a", "é")
PROPERTY = ("", "", "", "", "", "", "&a ", "!t ", "!!str ", "&b !t ")
NAMES = ("a", "b", "c", "a b", "<<", "'<<'", "null", "'null'", "~", "", "'a'", "[a]", "{a: b}", "*a", "? a", "&k d", "1", "NO", "é")


def scalars() -> st.SearchStrategy[Callable[[int], str]]:
    """Scalars of each style, as functions of the indentation."""
    words = st.one_of(st.sampled_from(PLAIN), pieces())
    return st.one_of(
        words.map(lambda text: lambda _: text),
        words.map(lambda text: lambda _: "'" + text.replace("'", "''") + "'"),
        words.map(lambda text: lambda _: '"' + text.replace('"', '\\"') + '"'),
        st.builds(lambda text, sign: lambda depth: f"{sign}\n{'  ' * depth}{text}", words, st.sampled_from((">-", "|", ">+", "|2-"))),
        st.just(lambda _: "*a"),
    )


def nodes() -> st.SearchStrategy[Callable[[int], str]]:
    """Values of each kind, as functions of the indentation."""
    names = st.sampled_from(NAMES)
    return st.recursive(
        scalars(),
        lambda inner: st.one_of(
            st.builds(_flow, st.lists(inner, max_size=4), st.just("[]")),
            st.builds(_flow, st.lists(st.builds(_pair, names, inner), max_size=4), st.just("{}")),
            st.builds(_block_list, st.sampled_from(PROPERTY), st.lists(inner, min_size=1, max_size=4)),
            st.builds(_block_map, st.sampled_from(PROPERTY), st.lists(st.tuples(names, inner), min_size=1, max_size=4)),
        ),
        max_leaves=12,
    )


def _flow(items: list[Callable[[int], str]], brackets: str) -> Callable[[int], str]:
    return lambda depth: brackets[0] + ", ".join(item(depth) for item in items) + brackets[1]


def _pair(name: str, value: Callable[[int], str]) -> Callable[[int], str]:
    return lambda depth: f"{name}: {value(depth)}"


def _block_list(prefix: str, items: list[Callable[[int], str]]) -> Callable[[int], str]:
    return lambda depth: prefix + "".join(f"\n{'  ' * depth}- {item(depth + 1)}" for item in items)


def _block_map(prefix: str, fields: list[tuple[str, Callable[[int], str]]]) -> Callable[[int], str]:
    return lambda depth: prefix + "".join(f"\n{'  ' * depth}{name}: {value(depth + 1)}" for name, value in fields)


def documents() -> st.SearchStrategy[str]:
    """Files whose top is a mapping, with lines before and after it that may stand there."""
    top = st.builds(_block_map, st.just(""), st.lists(st.tuples(st.sampled_from(NAMES), nodes()), min_size=1, max_size=4))
    before = st.sampled_from(("", "", "", "---", "--- &a", "%YAML 1.2\n---", "# note", "\ufeff"))
    after = st.sampled_from(("\n", "", "\n...\n", "\n---\na: b\n"))
    return st.builds(lambda first, made, last: first + made(0) + last, before, top, after)


def real() -> st.SearchStrategy[str]:
    """Files of the handbook."""
    return st.sampled_from(REAL).map(lambda path: path.read_text(encoding="utf-8"))


def files() -> st.SearchStrategy[str]:
    """What the grammar makes, real files with small changes, and no YAML at all."""
    return st.one_of(documents(), st.builds(changed, documents() | real(), changes()), texts())


# -- what is promised -----------------------------------------------------------------------

DELIBERATE = {
    *("yaml-not-utf8", "yaml-too-large", "yaml-too-deep", "yaml-too-many", "yaml-character", "yaml-space", "yaml-note", "yaml-directive"),
    *("yaml-anchor", "yaml-alias", "yaml-tag", "yaml-merge", "yaml-duplicate", "yaml-name", "yaml-escaped-character"),
}
"""What is refused although PyYAML reads it."""

REPLACED = {"yaml-character", "yaml-space"}
"""For these another sign is read, with which the rest may be no YAML."""


@examples(350)
@given(files(), st.sampled_from(LOADERS))
@example("? a #b", LOADERS[0])  # brought the check down: the value that is missing stands on a line that is not there
@example("{# gone #}", LOADERS[0])  # was said of the line after the last
@example("---", LOADERS[0])  # so was this
@example("a: [\n", LOADERS[0])  # and of this it was said that a bracket begins there
def test_what_is_read_without_a_problem_is_what_pyyaml_reads_and_problems_stand_in_the_file(source: str, loader: Any) -> None:
    judge(source, loader)


@examples(100)
@given(raw(files()) | st.binary(max_size=60), st.sampled_from(LOADERS))
def test_no_bytes_make_the_loader_raise(source: bytes, loader: Any) -> None:
    judge(source, loader)


def judge(source: str | bytes, loader: Any) -> None:
    """Check what is promised for any source, by a loader in C or in Python."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yamlread, "LOADER", loader)
        values, problems = read(source, FILE)
    assert problems == sorted(problems)
    lines = lines_of(source)
    for problem in problems:
        assert problem.message.isprintable()
        assert len(problem.message) < 1_000
        assert 1 <= problem.place.line <= len(lines)
        assert 1 <= problem.place.column <= len(lines[problem.place.line - 1]) + 1
    if not problems:
        assert same(values, yaml.load(source, texts_only(loader)))  # noqa: S506  (it makes nothing but text, lists and mappings)
        assert list(oddities(source, loader)) == []
    elif readable(source, loader):
        broken = {problem.rule.id for problem in problems}
        assert broken <= DELIBERATE or broken & REPLACED


def texts_only(loader: Any) -> Any:
    """The loader of the same sort that leaves all scalars text."""
    return getattr(yaml, loader.__name__.replace("Safe", "Base"))


def lines_of(source: str | bytes) -> list[str]:
    """The lines of a file as its reader counts them."""
    text = source if isinstance(source, str) else source.decode("utf-8", "replace")
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def same(ours: Any, theirs: Any) -> bool:
    """Whether our values are PyYAML's. Where a field has none, ours is None and theirs is the text that says so."""
    if isinstance(ours, Map):
        return ours.keys() == theirs.keys() and all(same(ours[key], theirs[key]) for key in ours)
    if isinstance(ours, Seq):
        return len(ours) == len(theirs) and all(map(same, ours, theirs))
    return theirs in NULLS if ours is None else bool(ours == theirs)


def oddities(source: str | bytes, loader: Any) -> Iterator[str]:
    """What must not be let through, found in another way: in the tree that PyYAML makes before it makes values."""
    for event in yaml.parse(source, Loader=loader):
        if getattr(event, "anchor", None) or getattr(event, "tag", None):
            yield f"an anchor, an alias or a tag: {event}"
    stack, count = [(yaml.compose(source, Loader=loader), 1)], 0
    while stack:
        node, depth = stack.pop()
        count += 1
        if isinstance(node, yaml.MappingNode):
            yield from odd_names([key for key, _ in node.value])
            stack += [(value, depth + 1) for _, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            stack += [(item, depth + 1) for item in node.value]
        elif FORBIDDEN.search(node.value):
            yield f"an unseen character: {node.value!r}"
        if depth > MAX_DEPTH + 1 or count > MAX_VALUES + 1:
            yield "too deep or too many"


def odd_names(keys: list[Any]) -> Iterator[str]:
    names = [key.value for key in keys]
    if not all(isinstance(key, yaml.ScalarNode) for key in keys):
        yield f"a name that is no word: {names}"
    elif len(names) != len(set(names)):
        yield f"a name twice: {names}"
    elif any(not key.style and (key.value in NULLS or key.value == "<<") for key in keys):
        yield f"no name, or a merge: {names}"


def readable(source: str | bytes, loader: Any) -> bool:
    """Whether PyYAML makes one mapping of it."""
    try:
        return isinstance(yaml.load(source, texts_only(loader)), dict)  # noqa: S506
    except (yaml.YAMLError, ValueError, OverflowError, TypeError, RecursionError):
        return False
