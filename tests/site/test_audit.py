"""The real site, as it comes out, has nothing for the audit to find."""

from __future__ import annotations

import json
from pathlib import Path

from handbook import audit


def test_the_audit_finds_nothing_in_the_real_site(site: Path) -> None:
    assert audit.audit(audit.read(site)) == []


def test_every_page_of_the_handbook_is_in_the_site_and_nothing_else_but_the_page_for_wrong_addresses(site: Path) -> None:
    docs = site.parent / "docs"
    written = {path.relative_to(docs).with_suffix("").as_posix() for path in docs.rglob("*.md")}
    expected = {f"{path.removesuffix('index').rstrip('/')}/index.html".lstrip("/") for path in written}
    assert set(audit.read(site).pages) == expected | {audit.MISSING}


def test_the_sitemap_lists_every_page_once_by_its_own_address(site: Path) -> None:
    pages = audit.read(site).pages
    text = (site / "sitemap.xml").read_text(encoding="utf-8")
    listed = [part.partition("</loc>")[0].strip() for part in text.split("<loc>")[1:]]
    assert sorted(listed) == sorted(address for page in pages.values() for address in page.canonical)


def test_the_search_does_not_show_where_facts_are_kept_or_how_pages_are_listed(site: Path) -> None:
    documents = json.loads((site / "search" / "records.json").read_text(encoding="utf-8"))["documents"]
    about_editing = [row for row in documents if not row[1].startswith(("contribute/", "about/privacy"))]
    assert len(about_editing) > 300
    for _, address, title, teaser, *_ in about_editing:
        assert not any(words in f"{title} {teaser}" for words in ("Kept in", "Where this is kept", ".yaml", "On this page")), address


def test_every_passage_of_a_source_has_a_place_that_marks_lead_to_and_a_way_back(site: Path) -> None:
    pages = audit.read(site).pages
    sources, passages = pages["about/sources/index.html"], pages["about/source-map/index.html"]
    assert [e for e in sources.named("a") if e.attributes.get("href") == "../source-map/"]
    assert [e for e in passages.named("a") if e.attributes.get("href") == "../sources/#report"]
    marks = [e for page in pages.values() for e in page.named("a") if "hb-mark" in e.attributes.get("class", "")]
    led = {e.attributes["href"].rsplit("/", 2)[-2] for e in marks if "#report-" in e.attributes["href"] and "/" in e.attributes["href"]}
    assert led == {"source-map"}


def test_readers_see_typographic_apostrophes_and_quotation_marks(site: Path) -> None:
    straight = []
    pages = audit.read(site).pages
    del pages["contribute/when-a-check-fails/index.html"]  # shows messages as a terminal has them
    for page in pages.values():
        descriptions = [value for element in page.elements for name, value in element.attributes.items() if name in audit.READ_ALOUD]
        straight += [f"{page.path}: {text}" for text in (*page.texts, *page.titles, *descriptions) if "'" in text or '"' in text]
    assert straight == []
