"""The real site, as it comes out, has nothing for the audit to find; with something in it that is not ours, it has."""

from __future__ import annotations

import json
from pathlib import Path

from handbook import audit
from handbook.theme import files as theme_files


def test_the_audit_finds_nothing_in_the_real_site(site: Path) -> None:
    assert audit.audit(audit.read(site)) == []


ARTICLE = '<article class="md-content__inner md-typeset">'
THEMES_SCRIPT = next(path for path in theme_files() if path.startswith("assets/javascripts/bundle.") and path.endswith(".min.js"))
THEMES_STYLESHEET = next(path for path in theme_files() if path.startswith("assets/stylesheets/main.") and path.endswith(".min.css"))
LEFT_OUT = "assets/javascripts/lunr/wordcut.js"
NOT_OURS = "holds '{}' in its text, and no page of ours does"
STRAY = "has {} signs '<' that do not begin a tag, in a comment, an attribute or an open text"

PLAIN = '<a href="https://evil.example/"><strong>Your session has ended. Sign in again</strong></a>'
SVG = '<svg viewBox="{}">'
PANEL = '<figure class="hb-diagram"><svg viewBox="0 0 284 90" role="group" aria-label="x">'
GROUP = '<g class="hb-group-must" role="group" aria-label="x">'

INJECTED = {
    "<script>alert(1)</script>": "holds a script: 'alert(1)'",
    "<SCRIPT SRC=//evil.example/a.js></SCRIPT>": "runs a script that is not ours ('//evil.example/a.js')",
    '<script type="module" src="../assets/vendor/docx.js"></script>': "runs a script that is not ours ('../assets/vendor/docx.js')",
    "<img src=x onerror=alert(1) alt=''>": "<img> runs a script (onerror)",
    "<p/onpointerenter=alert(1)>x</p>": "<p> runs a script (onpointerenter)",
    "<a href='javascript:alert(1)'>x</a>": "<a> has an address that begins with 'javascript:'",
    "<a href='&#106;ava&Tab;script&colon;alert(1)'>x</a>": "<a> has an address that begins with 'javascript:'",
    "<a href='\x01 VBScript:alert(1)'>x</a>": "<a> has an address that begins with 'vbscript:'",
    "<a href='data:text/html;base64,PHNjcmlwdD4='>x</a>": "<a> has an address that begins with 'data:'",
    "<iframe srcdoc='&lt;script&gt;'></iframe>": "holds <iframe>",
    "<object data='x.swf'></object>": "holds <object>",
    "<base href='https://evil.example/'>": "holds <base>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/'>": "forwards its readers ('0;url=https://evil.example/')",
    "<svg><animate attributeName=href values='javascript:alert(1)'/></svg>": NOT_OURS.format(
        '<animate attributename="href" values="javascript:alert(1)">'
    ),
    "<svg><use href='data:image/svg+xml,x'/></svg>": NOT_OURS.format('<use href="data:image/svg+xml,x">'),
    "<math><maction>x</maction></math>": NOT_OURS.format("<maction>"),
    "<template><p>x</p></template>": NOT_OURS.format("<template>"),
    "<form name=find action='https://evil.example/'></form>": "<form> asks another site ('https://evil.example/')",
    "<button type=submit formaction='javascript:alert(1)'>x</button>": NOT_OURS.format('<button formaction="javascript:alert(1)" type="submit">'),
    "<input type=password name=query>": NOT_OURS.format('<input name="query" type="password">'),
    "<p style='position:fixed'>x</p>": "<p> has a style of its own ('position:fixed')",
    "<style>a{}</style>": "holds <style>",
    "<link rel=stylesheet href='https://evil.example/a.css'>": "has a stylesheet that is not ours ('https://evil.example/a.css')",
    "<p id=__config>{}</p>": "<p> has the id '__config', by which scripts know another part",
    "<p id=hb-search-hint>x</p>": "<p> has the id 'hb-search-hint', by which scripts know another part",
    "<form name=cookie></form>": NOT_OURS.format('<form name="cookie">'),
    "<div data-part='../../evil'></div>": "has a part '../../evil' that is none of ours",
    "<div data-part='evil'></div>": "has a part 'evil' that is none of ours",
    "<article hidden aria-hidden=true>x</article>": NOT_OURS.format('<article aria-hidden="true" hidden="">'),
    "<form data-md-component=palette></form>": NOT_OURS.format('<form data-md-component="palette">'),
    "<a href='#' ping='https://evil.example/'>x</a>": "<a> asks another site ('https://evil.example/')",
    "<!--><img src=x onerror=alert(1)>-->": STRAY.format(2),
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>": STRAY.format(2),
    "<p title=='a onclick=alert(1) '>x</p>": "has a tag that cannot be read for sure ('<p title=='a onclick=alert(1) '>x')",
    "<p title=x\u00a0class=' onclick=alert(1) '>x</p>": "has a tag that cannot be read for sure ('<p title=x\\xa0class=' onclick=alert(1) '>x')",
    "<p title=x\u000bclass=' onclick=alert(1) '>x</p>": "has a tag that cannot be read for sure ('<p title=x\\x0bclass=' onclick=alert(1) '>x')",
    '<pre class="mermaid"><code>graph TD; A</code></pre>': NOT_OURS.format('<pre class="mermaid">'),
    '<svg viewBox="0 0 9 9"><path d="M0 0h9" fill="url(https://evil.example/a.svg#b)"></path></svg>': (
        NOT_OURS.format('<path d="M0 0h9" fill="url(https://evil.example/a.svg#b)">')
    ),
    '<meta name="robots" content="noindex">': "hides from search engines (robots)",
    '<link rel="CANONICAL" href="../../about/">': NOT_OURS.format('<link href="../../about/" rel="CANONICAL">'),
    '<meta name="viewport" content="width=1">': NOT_OURS.format('<meta content="width=1" name="viewport">'),
    '<a class="md-overlay" href="https://evil.example/login">Sign in again</a>': NOT_OURS.format(
        '<a class="md-overlay" href="https://evil.example/login">'
    ),
    '<script type="application/json">{"x":1}</script>': "holds data that are not the theme's settings",
    '<div data-md-component="dialog"></div>': NOT_OURS.format('<div data-md-component="dialog">'),
    '<form name="find"></form>': NOT_OURS.format('<form name="find">'),
    '<label for="__search">x</label>': NOT_OURS.format('<label for="__search">'),
    '<div data-part="plan"></div>': "has the part 'plan', which other pages have",
    '<a class="headerlink" href="https://evil.example/">here</a>': NOT_OURS.format('<a class="headerlink" href="https://evil.example/">'),
    f'<div class="hb-diagram">{SVG.format("0 0 100 100")}<a href="../../plan/"><rect width="999" height="999" x="-9" y="-9"/></a></svg></div>': (
        NOT_OURS.format('<rect height="999" width="999" x="-9" y="-9">')
    ),
    f'<div class="hb-diagram">{SVG.format("0 0 1 1")}<circle cx="0" cy="0" r="99"/></svg></div>': NOT_OURS.format('<circle cx="0" cy="0" r="99">'),
    f"{SVG.format('0 0 1 1000')}</svg>": NOT_OURS.format('<svg viewbox="0 0 1 1000">'),
    f'{PANEL}{GROUP}<a href="https://evil.example/"><text x="9" y="9">Sign in</text></a></g></svg></figure>': (
        "has a link with the look of one of ours that leads to another site ('https://evil.example/')"
    ),
    '<g class="hb-hidden"/>': "has a tag that does not end where it should ('</article>')",
    f'<p class="hb-hidden">{PLAIN}</p>': NOT_OURS.format('<p class="hb-hidden">'),
    f'<p class="hb-without-script">{PLAIN}</p>': NOT_OURS.format('<p class="hb-without-script">'),
    '<div class="hb-without-script"><p>Casino</p></div>': "has a text for readers without scripts, and no tool in its place",
    '<p class="hb-print-only">Casino</p>': NOT_OURS.format('<p class="hb-print-only">'),
    '<p class="hb-screen-only">Casino</p>': NOT_OURS.format('<p class="hb-screen-only">'),
    '<p class="hb-paper-hold">Casino</p>': NOT_OURS.format('<p class="hb-paper-hold">'),
    '<span class="hb-bar-origin">Casino</span>': NOT_OURS.format('<span class="hb-bar-origin">'),
    '<p><span class="hb-hidden">Casino</span></p>': NOT_OURS.format('<span class="hb-hidden">'),
    '<p><span class="hb-badge hb-hidden">Casino</span></p>': NOT_OURS.format('<span class="hb-badge hb-hidden">'),
    '<div class="hb-plan-live"></div>': NOT_OURS.format('<div class="hb-plan-live">'),
    f'<div class="hb-notices"><div class="hb-notice"><p>{PLAIN}</p></div></div>': NOT_OURS.format('<div class="hb-notice">'),
    '<a href="https://evil.example/"><span class="hb-mark hb-basis-reported">reported</span></a>': (
        NOT_OURS.format('<span class="hb-mark hb-basis-reported">')
    ),
    f'<p class="hb-button hb-first">{PLAIN}</p>': NOT_OURS.format('<p class="hb-button hb-first">'),
    '<p><a class="hb-button hb-first" href="../../plan/">Sign in</a></p>': NOT_OURS.format('<a class="hb-button hb-first" href="../../plan/">'),
    '<div class="hb-cards"><a class="hb-card-title" href="../../plan/">Sign in</a></div>': (
        NOT_OURS.format('<a class="hb-card-title" href="../../plan/">')
    ),
    '<nav class="hb-eyebrow" aria-label="Breadcrumb"><a href="https://evil.example/">Home</a></nav>': (
        "has a link with the look of one of ours that leads to another site ('https://evil.example/')"
    ),
    '<a href="https://evil.example/"><ul><li><span class="hb-badge hb-kind-worked">worked</span></li></ul></a>': NOT_OURS.format("<ul>"),
    "<p>a\u202eb</p>": "holds the character U+202E, which nobody sees",
    '<a href="http://127.0.0.1:8000@evil.example/">Our lessons</a>': (
        "has an address that programs could read in different ways ('http://127.0.0.1:8000@evil.example/')"
    ),
    '<a class="hb-button hb-first" href="mailto:x@evil.example">Send it</a>': (
        "has a link with the look of one of ours that leads to mail ('mailto:x@evil.example')"
    ),
    '<a class="md-content__button md-icon" href="mailto:x@evil.example" rel="edit" title="Edit this page">Send it</a>': (
        "has a link with the look of one of ours that leads to mail ('mailto:x@evil.example')"
    ),
    '<span class="md-top md-icon">Sign in again</span>': NOT_OURS.format('<span class="md-top md-icon">'),
    '<p class="hb-lead md-dialog">Sign in again</p>': NOT_OURS.format('<p class="hb-lead md-dialog">'),
    '<section class="hb-plan-block" data-block="x"></section>': "has a piece of the plan, which another page has",
    "<p>{{ cite.__globals__ }}</p>": "'{{' is left in '{{ cite.__globals__ }}'",
}
"""What might get into a page, each with the line of the audit that is about it, and about nothing else."""

EARLY = '<script src="../../assets/javascripts/early.js"></script>'
LATER = EARLY.replace(" src", ' type="module" src')
SKIP = '<div data-md-component="skip">'
COVER = '<a class="md-dialog md-dialog--active" href="https://evil.example/">Sign in again</a>'
FORWARD = '<meta http-equiv="refresh" content="0; url=../../lessons/"><meta name="robots" content="noindex">'
MENU = '<ul class="md-nav__list"><li class="md-nav__item"><a class="md-nav__link" href="../../plan/">Sign in again</a></li></ul>'
MAIN = "<main "
CONTAINER = '<div class="md-container" data-md-component="container">'
AROUND_WORDS = f"holds the words 'Sign in again' in '{CONTAINER}' around its text, and no page of ours does"
AROUND = NOT_OURS.replace("in its", "around its")

ALTERED = {
    "about/security/index.html": ("</head>", f"{FORWARD}</head>", "forwards its readers ('0; url=../../lessons/')"),
    "about/accessibility/index.html": (EARLY, "", "does not hold '<script src=\".*assets/javascripts/early\\.js\">'"),
    "about/conflicts/index.html": (EARLY, LATER, AROUND.format('<script src="../../assets/javascripts/early.js" type="module">')),
    "about/evidence/index.html": (SKIP, COVER + SKIP, AROUND.format('<a class="md-dialog md-dialog--active" href="https://evil.example/">')),
    "about/glossary/index.html": (
        'id="__drawer"',
        'id="__drawer" checked',
        'does not hold \'<input class="md-toggle" autocomplete="off" data-md-toggle="drawer" id="__drawer" type="checkbox">\'',
    ),
    "about/thanks/index.html": ("</header>", f"{PLAIN}</header>", AROUND.format('<a href="https://evil.example/">')),
    "about/index.html": ('<div class="md-dialog__inner', f'{PLAIN}<div class="md-dialog__inner', AROUND.format("<strong>")),
    "about/privacy/index.html": ("</body>", '<a href="mailto:x@evil.example">Write</a></body>', AROUND.format('<a href="mailto:x@evil.example">')),
    "about/sources/index.html": (MAIN, f"Sign in again{MAIN}", AROUND_WORDS),
    "about/source-map/index.html": (MAIN, f"{MENU}{MAIN}", AROUND.format('<ul class="md-nav__list">')),
    "contribute/index.html": (MAIN, f'<span class="md-typeset">Sign in again</span>{MAIN}', AROUND.format('<span class="md-typeset">')),
    "transfer/step-abroad/index.html": ('data-id="step-abroad"', 'data-id="other"', "has a button for another record ('other')"),
    "problems/index.html": (
        "No cookies, no tracking, nothing loaded from other sites.",
        "Sign in again",
        "says 'Sign in again' in <footer md-footer>, unlike other pages",
    ),
    "matrix/index.html": (
        "https://opensource.org/license/mit",
        "https://evil.example/",
        AROUND.format('<a href="https://evil.example/" rel="license">'),
    ),
    "conditions/index.html": ("<title>", "<title>Sign in again: ", "has the title 'Sign in again: "),
    "clusters/index.html": (">Type a question", ">Sign in, or type a question", "says 'Sign in, or type a question"),
    "about/licences/index.html": ("</html>", "</html>Sign in again", "does not end with the end of its body and of the page"),
}
"""What might be changed around a text: what stood there, what stands there now, and the line of the audit."""

CHANGED = "is not the file that docs has here"
ADDED = "is not in docs, of which the site is made"

MADE_OF_NOTHING = "is nothing that the sources make"

REPLACED = {
    "lessons/confirm/index.html": (b"", MADE_OF_NOTHING),
    "data/evil.json": (b"{}", MADE_OF_NOTHING),
    "data/fit.json": (b"{}", "is not what the sources make of the data"),
    "search.json": (b"{}", "is Zensical's, and another builder made this site"),
    THEMES_SCRIPT: (b"alert(1)", "is not the file that the theme has here"),
    THEMES_STYLESHEET: (b"a{}", "is not the file that the theme has here"),
    LEFT_OUT: (theme_files()[LEFT_OUT][0].read_bytes(), ADDED),
    f"{THEMES_SCRIPT}.map": (b"{}", "is a file that no site of ours has"),
    "assets/images/mark.svg": (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "the picture holds '<script>', which could run"),
    "lessons/run.html": (b"", "is a file that no site of ours has"),
    "assets/javascripts/early.js.php": (b"", "is a file that no site of ours has"),
    "assets/javascripts/handbook.js": (b"import './evil/index.js'", CHANGED),
    "assets/javascripts/evil/index.js": (b"alert(1)", ADDED),
    "assets/vendor/ical.js": (b"alert(1)", CHANGED),
    "assets/vendor/bom.json": (b"{}", CHANGED),
    "assets/vendor/docx-licence.txt": (b"", CHANGED),
    "assets/stylesheets/handbook.css": (b"@im\\70ort '//evil.example/a.css';", "asks another site ('//evil.example/a.css')"),
    "assets/stylesheets/evil.css": (b"a{}", ADDED),
    "assets/images/new.png": (b"<script>alert(1)</script>", "this cannot be read as the kind of picture that its name says"),
    "search/records.json": (b'{"documents": [[0, "javascript:alert(1)", "x"]]}', "leads to 'javascript:alert(1)', which is no page here"),
    "data/finder.json": (b'{"entries": [{"url": "java\\tscript:alert(1)"}]}', "leads to 'java\\tscript:alert(1)', which is no page here"),
    "sitemap.xml": (b"<urlset><url><loc>https://evil.example/</loc></url></urlset>", "lists 'https://evil.example/', which is no page here"),
    "sitemap.xml.gz": (b"", "is not sitemap.xml"),
}
"""What might get into the place of a file."""


def test_the_audit_finds_each_of_more_than_thirty_injections_by_a_line_of_its_own(project: Path) -> None:
    site = project / "site"
    paths = [path for path in audit.read(site).pages if path.startswith(("lessons/", "toolbox/", "transfer/", "sectors/")) and path not in ALTERED]
    wanted = dict(zip(paths, INJECTED.items(), strict=False))
    assert len(wanted) == len(INJECTED) > 30
    for path, (planted, _) in wanted.items():
        whole = (site / path).read_text(encoding="utf-8")
        assert whole.count(ARTICLE) == 1
        (site / path).write_text(whole.replace(ARTICLE, ARTICLE + planted), encoding="utf-8")
    for path, (old, new, _) in ALTERED.items():
        whole = (site / path).read_text(encoding="utf-8")
        assert whole.count(old) == 1
        (site / path).write_text(whole.replace(old, new), encoding="utf-8")
    for path, (content, _) in REPLACED.items():
        (site / path).parent.mkdir(exist_ok=True)
        (site / path).write_bytes(content)
    (site / "about" / "hostname.txt").symlink_to("/etc/hostname")
    found = audit.audit(audit.read(site))
    for path, (planted, line) in wanted.items():
        assert f"{path}: {line}" in found, planted
    for path, (*_, line) in ALTERED.items():
        assert any(finding.startswith(f"{path}: {line}") for finding in found), path
    for path, (_, line) in REPLACED.items():
        assert any(finding.startswith(f"{path}: {line}") for finding in found), path
    assert {finding.partition(": ")[0] for finding in found} == {*wanted, *ALTERED, *REPLACED, "about/hostname.txt"}, "no other file is blamed"


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
        said = [element.attributes for element in page.elements if "http-equiv" not in element.attributes]
        descriptions = [value for attributes in said for name, value in attributes.items() if name in audit.READ_ALOUD]
        straight += [f"{page.path}: {text}" for text in (*page.texts, *page.titles, *descriptions) if "'" in text or '"' in text]
    assert straight == []
