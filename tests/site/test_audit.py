"""The real site, as it comes out, has nothing for the audit to find."""

from __future__ import annotations

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
