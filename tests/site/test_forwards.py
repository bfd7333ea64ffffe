"""Whoever follows a link to a record under its former name gets to it, whichever builder made the site."""

from __future__ import annotations

from pathlib import Path

import pytest

from handbook import audit
from tests.site.conftest import python
from tests.small_project import small_project


@pytest.mark.parametrize("builder", ["mkdocs", "zensical"])
def test_a_former_address_says_where_the_page_is_now_and_leads_there(builder: str, tmp_path: Path) -> None:
    project = small_project(tmp_path / "project")
    data = project / "data/recommendations.yaml"
    renamed = data.read_text(encoding="utf-8").replace("  title: Call", "  aliases: [ring-them, phone-them]\n  title: Call", 1)
    data.write_text(renamed, encoding="utf-8")
    for page in ("conflicts", "evidence"):  # the tiny ones have no headings of their own, and the audit would say so
        text = (project / f"docs/about/{page}.md").read_text(encoding="utf-8")
        (project / f"docs/about/{page}.md").write_text(text.replace("---\n\n{{", "---\n\n## All\n\n{{"), encoding="utf-8")
    built = python(project, "handbook", "build", "--with", builder)
    assert built.returncode == 0, built.stdout + built.stderr
    site = audit.read(project / "site")
    for former in ("ring-them", "phone-them"):
        forward = site.pages[f"transfer/{former}/index.html"]
        assert forward.forwards == ["0; url=../call-your-members/"]
        assert forward.canonical == site.pages["transfer/call-your-members/index.html"].canonical
        assert [element.attributes["href"] for element in forward.named("a")] == ["../call-your-members/"]
        assert "Call your members" in forward.texts
        assert any(element.attributes.get("content") == "noindex" for element in forward.named("meta"))
    assert "ring-them" not in (project / "site/sitemap.xml").read_text(encoding="utf-8")
