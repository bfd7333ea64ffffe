"""What the settings may say is what they say, and a change of the machinery among them is named by its line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from handbook.check import check
from handbook.rules.menu import SETTINGS, known
from tests.conftest import ROOT
from tests.handbook.examples import change


def test_every_name_that_is_known_is_in_the_settings_but_for_those_that_a_fork_may_add() -> None:
    names = {key.value for key, _ in known().value}
    with (ROOT / SETTINGS).open(encoding="utf-8") as file:
        named = {key.value for key, _ in yaml.compose(file).value}
    assert names - named == {"site_author"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("site_name: The transfer handbook", "site_name: Our own handbook", ""),
        ("http://127.0.0.1:8000/", "https://handbook.example.org/", ""),
        ('!ENV [HANDBOOK_SITE_URL, "http://127.0.0.1:8000/"]', "https://handbook.example.org/", ""),
        ("primary: custom", "primary: indigo", "settings-machinery"),
        ("strict: true", "strict: true\nrepo_url: https://example.org/handbook", "settings-machinery"),
        ("strict: true", "strict: false", "settings-machinery"),
        ("  /find/*/*.md", "  /find/*/*.md\n  [z-a]", "settings-machinery"),
        ("  /find/*/*.md", "  /find/*/*.md\n  !", "settings-machinery"),
        ("site_name: The", f"site_name: {'The ' * 250}", "text-too-long"),
        ("  Content <a", f"  {'x' * 1000} <a", "text-too-long"),
        ("strict: true", "strict: true\nINHERIT: ../other.yml", "settings-machinery"),
        ("  - handbook/preview.py", "  - handbook/preview.py\n  - evil.py", "settings-machinery"),
        ("  - tables", "  - tables\n  - pymdownx.snippets", "settings-machinery"),
        ("toc_depth: 3", "toc_depth: !!python/object/apply:os.getcwd []", "settings-machinery"),
        ("language: en", "language: !!python/name:os.getcwd", "settings-machinery"),
        ("site_name: The", "site_name: !ENV HOME # The", "settings-machinery"),
        ("  - Decide:", "  - <img src=x onerror=alert(1)>:", "settings-signs"),
        ("site_name: The transfer handbook", """site_name: 'The "x" onclick="alert(1)'""", "settings-signs"),
        ("scheme: slate", "scheme: slate\n      media: '(prefers-color-scheme: dark)'", "settings-machinery"),
        ("language: en", "language: ../../../../x", "settings-machinery"),
        ("strict: true\n", "", "settings-missing"),
        ("  font: false\n", "", "settings-missing"),
        ("hooks:\n  - handbook/preview.py\n", "", "settings-missing"),
        ("site_description:", "site_author:", ""),
        ("  - Decide:", """  - 'Decide" onfocus="alert(1)':""", "settings-signs"),
        ("  - Home: index.md", "  - Home: index.md\n  - Evil: javascript:alert(1)", "menu-elsewhere"),
        ("strict: true", "extra_css: &a [*a]\nstrict: true", "menu-unreadable"),
        ("strict: true", f"extra: {'[' * 5000}{']' * 5000}", "menu-unreadable"),
    ],
)
def test_the_settings_are_the_editors_where_they_are_words_and_addresses_and_machinery_elsewhere(
    old: str, new: str, said: str, tiny: Path
) -> None:
    shutil.copy(ROOT / SETTINGS, tiny / SETTINGS)
    change(tiny, SETTINGS, old, new)
    found = {problem.rule.id for problem in check(tiny).problems if problem.place.path == SETTINGS}
    assert found - {"menu-broken"} == ({said} if said else set())


def test_settings_that_are_a_link_are_refused(tiny: Path) -> None:
    (tiny / SETTINGS).symlink_to(ROOT / SETTINGS)
    assert [problem.rule.id for problem in check(tiny).problems] == ["file-link"]
