"""Each rule of the audit finds the fault planted for it, with its exact words, and nothing in a page without one."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from handbook import allowed, audit, forwards, made, origin, theme
from handbook.__main__ import main
from handbook.address import Address
from handbook.forwards import Forward
from handbook.relate import Head
from tests.conftest import ROOT
from tests.handbook.examples import change
from tests.photographs import png

ADDRESS = "https://example.org/handbook/"
POLICY = (ROOT / "overrides/partials/policy.html").read_text(encoding="utf-8").partition("-#}")[2].strip()
FRAME = (Path(__file__).parent / "page.html").read_text(encoding="utf-8")
"""A page as MkDocs makes it, without menus, signs and a text."""


def of_the_theme(beginning: str) -> str:
    """The path of the theme's file that begins so."""
    return next(path for path in theme.files() if re.fullmatch(rf"assets/{beginning}\.[0-9a-f]{{8}}\.min\.(?:js|css)", path))


THEMES = {"main": of_the_theme("stylesheets/main"), "palette": of_the_theme("stylesheets/palette"), "bundle": of_the_theme("javascripts/bundle")}


PICTURE = png().decode("utf-8", "surrogateescape")
NAME = "The transfer handbook"


def page(location: str | None, title: str, body: str, *, up: str = "", settings: str = "{}") -> str:
    """A page without a fault, with its address if it has one."""
    canonical = f'<link rel="canonical" href="{ADDRESS}{location}">' if location is not None else ""
    body = f'<h1 id="top">{title}</h1>{body}'
    called = title if title == NAME else f"{title} - {NAME}"
    said = {"policy": POLICY, "title": title, "called": called, "canonical": canonical, "up": up, "settings": settings, "body": body, **THEMES}
    return re.sub(r"\{\{ (\w+) \}\}", lambda found: said[found[1]], FRAME)


FORWARD = Forward("lessons", "old", "one", "One")
LISTED = "".join(f"<url><loc> {ADDRESS}{location} </loc></url>" for location in ("", "lessons/", "lessons/one/"))

GOOD = {
    "index.html": page("", NAME, '<a href="lessons/#one">Lessons</a> <a href="#top">Up</a> <a href="lessons/one/?q=a#more">One</a>'),
    "lessons/index.html": page(
        "lessons/",
        "Lessons",
        '<h2 id="one">One</h2><p><a href="../">Home</a> <a href="one/">Read</a> <a href="mailto:us@example.org">Write</a></p>'
        '<a href="../">Home</a> <a href="one/">Read</a>'
        '<p class="hb-lead" lang="nl">Een les</p><h3>A</h3><h2>B</h2><img src="../assets/a.png" alt=""><a href="http://example.com/x">Elsewhere</a>'
        '<pre>{{ cite("x") }}</pre><p>In <code>[a](b)</code> &amp; elsewhere</p><figure class="hb-map">'
        '<svg viewBox="0 0 560 640" role="img" aria-labelledby="map-title map-description"><title id="map-title">A map</title>'
        '<desc id="map-description">Two</desc></svg></figure>',
        up="../",
        settings='{"base": ".."}',
    ),
    "lessons/one/index.html": page("lessons/one/", "One", f'<h2 id="more">More</h2><a href="{ADDRESS}lessons/">Back</a>', up="../../"),
    FORWARD.path: forwards.text(FORWARD, f"{ADDRESS}{FORWARD.leads_to}"),
    "404.html": page(None, "Not found", '<a href="/handbook/lessons/#one">Lessons</a>', up="/handbook/"),
    "assets/stylesheets/a.css": "a { background: url(../assets/a.png) } b { background: url('data:image/svg+xml;x') }",
    "assets/stylesheets/theme.css": "",
    "assets/stylesheets/handbook.css": "",
    "assets/javascripts/early.js": "",
    "assets/javascripts/handbook.js": "",
    "assets/images/favicon.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
    **{path: theme.files()[path][0].read_text(encoding="utf-8") for path in THEMES.values()},
    "assets/a.png": PICTURE,
    "data/terms.json": '{"terms": [{"url": "lessons/#one", "website": "https://example.com/"}, {"url": ""}]}',
    "search/records.json": '{"documents": [[0, "lessons/one/", "One"]]}',
    "sitemap.xml": f"<urlset>{LISTED}</urlset>",
}

BEGINS = "does not begin as each page of ours does, up to its policy (Content-Security-Policy)"
WANTED = origin.Wanted(
    frozenset(path for path in GOOD if path.endswith(".html")),
    {FORWARD.path: FORWARD},
    {path: text.encode() for path, text in GOOD.items() if path.startswith(("data/", "search/"))},
    {"index.html": Head(NAME, f"About: {NAME}."), "lessons/one/index.html": Head("One", "About:  <b>One</b>. ")},
    NAME,
)
"""What the sources of such a site would make."""

BODY = '<body data-md-color-accent="custom" data-md-color-primary="custom" data-md-colo…'
"""How a message shows the beginning of what is too long for it."""
REMADE = "is not what the sources make of the data"
OTHER = "is not the file that docs has here"
"""What is said besides of each of these that is spoilt."""


PANEL = '<figure class="hb-diagram"><svg viewBox="0 0 284 90" role="group" aria-label="x">'
FIT = '<div class="hb-fit" data-part="fit"></div>'
GROUP = '<g class="hb-group-must" role="group" aria-label="x">'
"""How a drawing of ours begins, and a group in it."""


@dataclass(frozen=True)
class Fault:
    """What is planted: on which page, in place of what, and every line that the audit then says."""

    rule: Callable[..., Any]
    path: str
    old: str
    new: str
    says: tuple[str, ...]


def in_body(rule: Callable[..., Any], planted: str, *says: str, path: str = "index.html") -> Fault:
    return Fault(rule, path, "</article>", planted + "</article>", tuple(f"{path}: {line}" for line in says))


def in_head(rule: Callable[..., Any], planted: str, *says: str, path: str = "index.html") -> Fault:
    return Fault(rule, path, "</head>", planted + "</head>", tuple(f"{path}: {line}" for line in says))


def replaced(rule: Callable[..., Any], old: str, new: str, *says: str, path: str = "index.html") -> Fault:
    return Fault(rule, path, old, new, tuple(f"{path}: {line}" for line in says))


ELSEWHERE = {origin.files_are_plain, origin.the_site_is_published_where_it_says}
"""Rules that tests of their own break."""

FAULTS = {
    "a link to no file": in_body(audit.links_lead_to_files, '<a href="nope/">x</a>', "'nope/' leads to no file"),
    "a link to a file's name without its folder": in_body(
        audit.links_lead_to_files, '<a href="one/">x</a>', "'one/' leads to no file", path="lessons/one/index.html"
    ),
    "a link above the site's own path": in_body(audit.links_lead_to_files, '<a href="/lessons/">x</a>', "'/lessons/' leads to no file"),
    "a link to the site's full address and no file": in_body(
        audit.links_lead_to_files, f'<a href="{ADDRESS}nope/">x</a>', f"'{ADDRESS}nope/' leads to no file"
    ),
    "a script that is not there": in_body(
        audit.links_lead_to_files, '<script src="assets/b.js"></script>', "'assets/b.js' leads to no file",
        "holds '<script src=\"assets/b.js\">' in its text, and no page of ours does",
        "runs a script that is not ours ('assets/b.js')",
    ),
    "a stylesheet that is not there": in_head(
        audit.links_lead_to_files, '<link rel="stylesheet" href="assets/b.css">', "'assets/b.css' leads to no file",
        "holds '<link href=\"assets/b.css\" rel=\"stylesheet\">' around its text, and no page of ours does",
        "has a stylesheet that is not ours ('assets/b.css')",
    ),
    "a picture that is not there": in_body(audit.links_lead_to_files, '<img src="b.png" alt="">', "'b.png' leads to no file"),
    "one of several sizes of a picture that is not there": in_body(
        audit.links_lead_to_files, '<img srcset="assets/a.png 1x, b.png 2x" alt="">', "'b.png' leads to no file",
        "holds '<img alt=\"\" srcset=\"assets/a.png 1x, b.png 2x\">' in its text, and no page of ours does",
        "<img> shows what is no picture ('')",
    ),
    "a link to what cannot be an address": in_body(audit.links_lead_to_files, '<a href="http://[">x</a>', "'http://[' is not an address"),
    "an anchor that is not on the page": in_body(
        audit.anchors_lead_to_ids, '<a href="#nope">x</a>', "'#nope' leads to no place on index.html"
    ),
    "an anchor that is not on another page": in_body(
        audit.anchors_lead_to_ids, '<a href="lessons/#two">x</a>', "'lessons/#two' leads to no place on lessons/index.html"
    ),
    "a relative link on the page for wrong addresses": in_body(
        audit.missing_page_holds_at_any_depth,
        '<a href="lessons/">x</a>',
        "'lessons/' is relative, and this page is shown at any depth",
        path="404.html",
    ),
    "a page with another's address": replaced(
        audit.says_its_own_address,
        f'{ADDRESS}lessons/"',
        f'{ADDRESS}lessons/one/"',
        f"says that its address is '{ADDRESS}lessons/one/'",
        path="lessons/index.html",
    ),
    "a page without its address": replaced(
        audit.says_its_own_address,
        f'<link rel="canonical" href="{ADDRESS}lessons/">',
        "",
        "says its own address 0 times",
        path="lessons/index.html",
    ),
    "an address of its own for the page for wrong addresses": in_head(
        audit.says_its_own_address, f'<link rel="canonical" href="{ADDRESS}">', "says an address of its own, and has none", path="404.html"
    ),
    "a link that says nothing": in_body(
        audit.makes_sense_unseen,
        '<a href="lessons/"><em>Read</em> more …</a>',
        "the words 'Read more …' do not say where a link leads",
    ),
    "a link without words": in_body(
        audit.makes_sense_unseen, '<a href="lessons/"> </a>', "the words '' do not say where a link leads"
    ),
    "a link with a sign for its words": in_body(
        audit.makes_sense_unseen, '<a href="lessons/">¶</a>', "the words '¶' do not say where a link leads"
    ),
    "a link with an address for its words": in_body(
        audit.makes_sense_unseen,
        '<a href="https://example.com/x">https://example.com/x</a>',
        "the words 'https://example.com/x' do not say where a link leads",
    ),
    "the same words for two pages": in_body(
        audit.makes_sense_unseen,
        '<a href="lessons/">Two</a> <a href="lessons/#one"> two </a> <a href="lessons/one/">TWO</a> <a href="#top">two</a>',
        "links that say 'two' lead to 2 pages",
    ),
    "a picture with its file's name for words": in_body(
        audit.makes_sense_unseen, '<img src="assets/a.png" alt="a.png">', "the words 'a.png' do not say what a picture shows"
    ),
    "a picture that is called one": in_body(
        audit.makes_sense_unseen, '<img src="assets/a.png" alt="Image 2">', "the words 'Image 2' do not say what a picture shows"
    ),
    "a table without a head": in_body(audit.makes_sense_unseen, "<table><tbody><tr><td>x</td></tr></tbody></table>", "has a table without a head"),
    "a table whose heads do not say of what": in_body(
        audit.makes_sense_unseen, '<table><thead><tr><th>x</th><th scope="col">y</th></tr></thead></table>',
        "has 1 heads of tables that do not say of what (scope)"
    ),
    "a second main heading": in_body(audit.has_one_main_heading, "<h1>x</h1>", "has 2 <h1>"),
    "no main heading": replaced(
        audit.has_one_main_heading, f'<h1 id="top">{NAME}</h1>', f'<h2 id="top">{NAME}</h2>', "has 0 <h1>", "begins with <h2>"
    ),
    "a level of headings left out": in_body(audit.headings_do_not_jump, "<h3>x</h3>", "has <h3> after <h1>"),
    "a heading before the main one": replaced(
        audit.headings_do_not_jump, '<h1 id="top">', '<h2>x</h2><h1 id="top">', "begins with <h2>"
    ),
    "an empty title": replaced(audit.has_a_title, f"<title>{NAME}</title>", "<title> </title>", "has no title"),
    "no title": replaced(audit.has_a_title, f"<title>{NAME}</title>", "", "has no title"),
    "two titles": in_head(audit.has_a_title, "<title>x</title>", "has 2 titles"),
    "an empty description": replaced(audit.has_a_description, f'content="About: {NAME}."', 'content=""', "has no description"),
    "two descriptions": in_head(audit.has_a_description, '<meta name="description" content="x">', "has 2 descriptions"),
    "no language": replaced(audit.says_its_language, '<html lang="en" ', "<html ", "does not say its language",
        "holds '<html class=\"no-js\">' around its text, and no page of ours does",
        "does not hold '<html class=\"no-js\" lang=\"en\">'"),
    "a picture without words": in_body(audit.pictures_have_words, '<img src="assets/a.png">', "the picture 'assets/a.png' has no alt"),
    "an event handler": in_body(audit.tags_run_nothing, '<p onClick="x()">x</p>', "<p> runs a script (onclick)",
        "holds '<p onclick=\"x()\">' in its text, and no page of ours does"),
    "a javascript: link": in_body(
        audit.links_go_to_the_web_or_to_mail, '<a href="javascript:x()">x</a>', "<a> has an address that begins with 'javascript:'"
    ),
    "a javascript: link behind control characters": in_body(
        audit.links_go_to_the_web_or_to_mail, '<a href=" &#1;java&#10;Script:x()">x</a>', "<a> has an address that begins with 'javascript:'"
    ),
    "a data: link": in_body(
        audit.links_go_to_the_web_or_to_mail, '<a href="data:text/html,x">x</a>', "<a> has an address that begins with 'data:'"
    ),
    "a picture from data:": in_body(
        audit.links_go_to_the_web_or_to_mail, '<img src="data:image/gif;x" alt="">', "<img> has an address that begins with 'data:'"
    ),
    "a form that sends mail": in_body(
        audit.links_go_to_the_web_or_to_mail, '<form action="mailto:x@y.z"></form>', "<form> has an address that begins with 'mailto:'",
        "holds '<form action=\"mailto:x@y.z\">' in its text, and no page of ours does",
    ),
    "a script from elsewhere": in_body(
        audit.nothing_comes_from_elsewhere, '<script src="https://x.org/a.js"></script>', "<script> asks another site ('https://x.org/a.js')",
        "holds '<script src=\"https://x.org/a.js\">' in its text, and no page of ours does",
        "runs a script that is not ours ('https://x.org/a.js')",
    ),
    "a picture from elsewhere, without a scheme": in_body(
        audit.nothing_comes_from_elsewhere, '<img src="//x.org/a.png" alt="">', "<img> asks another site ('//x.org/a.png')",
        "has an address that programs could read in different ways ('//x.org/a.png')"
    ),
    "a connection prepared to elsewhere": in_head(
        audit.nothing_comes_from_elsewhere, '<link rel="preconnect" href="https://x.org">', "<link> asks another site ('https://x.org')",
        "holds '<link href=\"https://x.org\" rel=\"preconnect\">' around its text, and no page of ours does",
    ),
    "a form that goes elsewhere": in_body(
        audit.nothing_comes_from_elsewhere,
        '<form action="http://example.org/handbook/"></form>',
        "<form> asks another site ('http://example.org/handbook/')",
        "holds '<form action=\"http://example.org/handbook/\">' in its text, and no page of ours does",
    ),
    "a link that reports its use": in_body(
        audit.nothing_comes_from_elsewhere, '<a href="#top" ping="https://x.org/">x</a>', "<a> asks another site ('https://x.org/')",
        "holds '<a href=\"#top\" ping=\"https://x.org/\">' in its text, and no page of ours does",
    ),
    "a frame": in_body(audit.nothing_is_embedded, '<iframe src="lessons/"></iframe>', "holds <iframe>",
        "holds '<iframe src=\"lessons/\">' in its text, and no page of ours does"),
    "a page that forwards and says that it stays": in_head(
        audit.only_former_addresses_forward, '<meta http-equiv="Refresh" content="0; url=lessons/">', "forwards its readers ('0; url=lessons/')",
        "holds '<meta content=\"0; url=lessons/\" http-equiv=\"Refresh\">' around its text, and no page of ours does",
    ),
    "a page that forwards to itself": replaced(
        origin.former_addresses_lead_on,
        "0; url=&#46;&#46;&#47;one/",
        "0; url=./",
        "is not the page that leads from a former address to 'lessons/one/'",
        path="lessons/old/index.html",
    ),
    "a page that forwards later": replaced(
        origin.former_addresses_lead_on,
        "0; url=",
        "9; url=",
        "is not the page that leads from a former address to 'lessons/one/'",
        path="lessons/old/index.html",
    ),
    "a page that forwards to no page": replaced(
        origin.former_addresses_lead_on,
        "url=&#46;&#46;&#47;one/",
        "url=../two/",
        "is not the page that leads from a former address to 'lessons/one/'",
        path="lessons/old/index.html",
    ),
    "a page that forwards to another site": replaced(
        origin.former_addresses_lead_on,
        "url=&#46;&#46;&#47;one/",
        "url=https://x.org/",
        "is not the page that leads from a former address to 'lessons/one/'",
        path="lessons/old/index.html",
    ),
    "a page that forwards to a script": replaced(
        origin.former_addresses_lead_on,
        "url=&#46;&#46;&#47;one/",
        "url=javascript:alert(1)",
        "is not the page that leads from a former address to 'lessons/one/'",
        path="lessons/old/index.html",
    ),
    "a stylesheet in the page": in_head(audit.styles_are_in_files, "<style>a {}</style>", "holds <style>",
        "holds '<style>' around its text, and no page of ours does",
        "has a text in its head ('a {}')"),
    "a style in a tag": in_body(
        audit.styles_are_in_files, '<p style="color: red">x</p>', "<p> has a style of its own ('color: red')",
        "holds '<p style=\"color: red\">' in its text, and no page of ours does"
    ),
    "a script in the page": in_body(
        allowed.no_script_stands_in_the_page, "<script>\n  alert(1)\n</script>", "holds '<script>' in its text, and no page of ours does",
        "holds a script: 'alert(1)'"
    ),
    "an id given twice": in_body(audit.ids_are_given_once, '<h2 id="top">x</h2>', "the id 'top' is given 2 times"),
    "a call that was not read": in_body(
        audit.nothing_is_left_unread, "<p>Said {{ cite }} here</p>", "'{{' is left in 'Said {{ cite }} here'"
    ),
    "a statement that was not read": in_body(audit.nothing_is_left_unread, "<p>{% if %}</p>", "'{%' is left in '{% if %}'"),
    "a link that was not read": in_body(
        audit.nothing_is_left_unread, "<p>See [x](y.md) for more</p>", "'](' is left in 'See [x](y.md) for more'"
    ),
    "an attribute list that was not read": in_body(
        audit.nothing_is_left_unread, "<p>Aim { .hb-lead }</p>", "'{ .' is left in 'Aim { .hb-lead }'"
    ),
    "a character that was escaped twice": in_body(
        audit.nothing_is_left_unread, "<p>R&amp;#38;D</p>", "'&#' is left in 'R&#38;D'"
    ),
    "a sign that was escaped twice": in_body(audit.nothing_is_left_unread, "<p>R&amp;amp;D</p>", "'&amp;' is left in 'R&amp;D'"),
    "an unread call in a tooltip": in_body(
        audit.nothing_is_left_unread, '<a href="#top" title="{{ x }}">x</a>', "'{{' is left in '{{ x }}'",
        "holds '<a href=\"#top\" title=\"{{ x }}\">' in its text, and no page of ours does"
    ),
    "Markdown in HTML that was not read": in_body(
        audit.nothing_is_left_unread, "<td markdown='span'>x</td>", "<td> still says that it holds Markdown",
        "has a tag that cannot be read for sure ('<td markdown='span'>x')",
        "holds '<td markdown=\"span\">' in its text, and no page of ours does",
    ),
    "two pages of one title": replaced(
        audit.titles_differ, f"<title>One - {NAME}</title>", f"<title>Lessons - {NAME}</title>",
        f"says 'One' in the bar at the top, and its title is 'Lessons - {NAME}'", "has the same title as lessons/index.html",
        f"has the title 'Lessons - {NAME}', and the sources say 'One - {NAME}'", path="lessons/one/index.html"
    ),
    "two pages of one description": replaced(
        audit.descriptions_differ, "About: One.", "About: Lessons.", "has the same description as lessons/index.html",
        "has the description 'About: Lessons.', and the sources say 'About: One.'", path="lessons/one/index.html"
    ),
    "two files that differ only in capitals": Fault(
        audit.paths_differ_by_more_than_case,
        "assets/A.png",
        "",
        PICTURE,
        (
            "assets/a.png: differs from assets/A.png only in capitals",
            "assets/A.png: is a file that no site of ours has",
            "assets/A.png: is not in docs, of which the site is made",
        ),
    ),
    "a stylesheet that loads from elsewhere": replaced(
        audit.stylesheets_stay_at_home,
        "a {",
        "@import 'https://x.org/b.css'; a {",
        "asks another site ('https://x.org/b.css')",
        OTHER,
        path="assets/stylesheets/a.css",
    ),
    "a stylesheet that loads from elsewhere in other letters": replaced(
        audit.stylesheets_stay_at_home,
        "a {",
        "@im\\70 o\\rt/**/ '//x.org/b.css'; a {",
        "asks another site ('//x.org/b.css')",
        OTHER,
        path="assets/stylesheets/a.css",
    ),
    "an element that no page has": in_body(
        allowed.tags_are_ours, "<math><mi>x</mi></math>", "holds '<math>' in its text, and no page of ours does",
        "holds '<mi>' in its text, and no page of ours does",
    ),
    "a picture that one reader takes for a comment, and another does not": in_body(
        allowed.every_sign_begins_a_tag,
        '<!--><img src="x" onerror="alert(1)">-->',
        "has 2 signs '<' that do not begin a tag, in a comment, an attribute or an open text",
        "has a tag that cannot be read for sure ('<!-->')",
    ),
    "an attribute that no page has": in_body(
        allowed.tags_are_ours, '<p contenteditable="">x</p>', "holds '<p contenteditable=\"\">' in its text, and no page of ours does"
    ),
    "a text that screen readers pass over": in_body(
        allowed.tags_are_ours,
        '<p hidden aria-hidden="true">x</p>',
        'holds \'<p aria-hidden="true" hidden="">\' in its text, and no page of ours does',
    ),
    "a part of the theme that is none of its own": in_body(
        allowed.tags_are_ours,
        '<div data-md-component="palette"></div>',
        "holds '<div data-md-component=\"palette\">' in its text, and no page of ours does",
    ),
    "a field that asks for a password": in_body(
        allowed.tags_are_ours, '<input type="password">', "holds '<input type=\"password\">' in its text, and no page of ours does"
    ),
    "a form with the name of a function": in_body(
        allowed.tags_are_ours, '<form name="getElementById"></form>', "holds '<form name=\"getElementById\">' in its text, and no page of ours does"
    ),
    "a name in other letters": in_head(
        allowed.tags_are_ours,
        '<link rel="CANONICAL" href="lessons/">',
        'holds \'<link href="lessons/" rel="CANONICAL">\' around its text, and no page of ours does',
    ),
    "a page that hides from search engines": in_head(
        allowed.pages_do_not_hide, '<meta name="robots" content="noindex">', "hides from search engines (robots)"
    ),
    "a page that says something else to search engines": in_head(
        allowed.tags_are_ours,
        '<meta name="robots" content="none">',
        "holds '<meta content=\"none\" name=\"robots\">' around its text, and no page of ours does",
        path="404.html",
    ),
    "a page that cannot be made larger": in_head(
        allowed.tags_are_ours,
        '<meta name="viewport" content="width=1, user-scalable=no">',
        "holds '<meta content=\"width=1, user-scalable=no\" name=\"viewport\">' around its text, and no page of ours does",
    ),
    "a second width of a page": in_head(
        allowed.each_part_is_there_once,
        '<meta name="viewport" content="width=device-width,initial-scale=1">' * 2,
        "holds '<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">' 3 times, and each page of ours at most once",
    ),
    "a second sign of the site": in_head(
        allowed.each_part_is_there_once,
        '<link rel="icon" href="assets/a.png">' * 2,
        'holds \'<link href="assets/a.png" rel="icon">\' around its text, and no page of ours does',
    ),
    "a second part of the theme": in_body(
        allowed.each_part_is_there_once,
        '<div data-md-component="dialog"></div>' * 2,
        "holds '<div data-md-component=\"dialog\">' in its text, and no page of ours does",
    ),
    "a second form of the same name": in_body(
        allowed.each_part_is_there_once, '<form name="find"></form>' * 2, "holds '<form name=\"find\">' in its text, and no page of ours does"
    ),
    "a second part of ours": in_body(
        allowed.parts_stand_where_ours_do,
        '<div data-part="search"></div>' * 2,
        "holds '<div data-part=\"search\">' in its text, and no page of ours does",
        "has 3 parts 'search'",
    ),
    "a tool on the page of a record": in_body(
        allowed.parts_stand_where_ours_do,
        '<div class="hb-plan" data-part="plan"></div>',
        "has the part 'plan', which other pages have",
        path="lessons/one/index.html",
    ),
    "the part of records on another page": in_body(
        allowed.parts_stand_where_ours_do, '<div data-part="pick"></div>', "holds '<div data-part=\"pick\">' in its text, and no page of ours does",
        "has the part 'pick', which other pages have"
    ),
    "a drawing for which the theme asks another site": in_body(
        allowed.tags_are_ours, '<pre class="mermaid"><code>x</code></pre>', "holds '<pre class=\"mermaid\">' in its text, and no page of ours does"
    ),
    "a link that covers the page": in_body(
        allowed.tags_are_ours,
        '<a class="md-overlay" href="lessons/">Lessons</a>',
        'holds \'<a class="md-overlay" href="lessons/">\' in its text, and no page of ours does',
    ),
    "a field in a text": in_body(
        allowed.tags_are_ours, '<label for="__search">x</label>',
        "holds '<label for=\"__search\">' in its text, and no page of ours does",
    ),
    "a cover of the page in a text": in_body(
        allowed.tags_are_ours,
        '<div class="md-dialog" data-md-component="dialog"></div>',
        "holds '<div class=\"md-dialog\" data-md-component=\"dialog\">' in its text, and no page of ours does",
    ),
    "a switch of the theme in a text": in_body(
        allowed.tags_are_ours, '<p data-md-toggle="search">x</p>',
        "holds '<p data-md-toggle=\"search\">' in its text, and no page of ours does",
    ),
    "a drawing with a colour from elsewhere": in_body(
        allowed.tags_are_ours,
        '<svg><path fill="url(https://x.org/a.svg#b)"></path></svg>',
        "holds '<svg>' in its text, and no page of ours does",
        "holds '<path fill=\"url(https://x.org/a.svg#b)\">' in its text, and no page of ours does",
    ),
    "a drawing with a colour from elsewhere in other letters": in_body(
        allowed.tags_are_ours,
        '<svg><path fill="u\\72l"></path></svg>',
        "holds '<svg>' in its text, and no page of ours does",
        "holds '<path fill=\"u\\72l\">' in its text, and no page of ours does",
    ),
    "a drawing that is none of ours": in_body(
        allowed.tags_are_ours,
        '<p><svg viewBox="0 0 284 90" role="group" aria-label="x"></svg></p>',
        'holds \'<svg aria-label="x" role="group" viewbox="0 0 284 90">\' in its text, and no page of ours does',
    ),
    "a drawing within a drawing": in_body(
        allowed.tags_are_ours,
        f'{PANEL}<svg viewBox="0 0 284 90" role="group" aria-label="x"></svg></svg></figure>',
        'holds \'<svg aria-label="x" role="group" viewbox="0 0 284 90">\' in its text, and no page of ours does',
    ),
    "a text in a drawing": in_body(
        allowed.tags_are_ours, f"{PANEL}<p>x</p></svg></figure>", "holds '<p>' in its text, and no page of ours does"
    ),
    "a box that is larger than a drawing": in_body(
        allowed.tags_are_ours,
        f'{PANEL}<g class="hb-this"><rect x="0" y="0" width="999" height="90"/></g></svg></figure>',
        'holds \'<rect height="90" width="999" x="0" y="0">\' in its text, and no page of ours does',
    ),
    "a link in a drawing that leads to another site": in_body(
        allowed.links_lead_where_they_seem_to,
        f'{PANEL}{GROUP}<a href="https://x.org/"><text x="9" y="9">A tool</text></a></g></svg></figure>',
        "has a link with the look of one of ours that leads to another site ('https://x.org/')",
    ),
    "data in a page that are not the theme's": in_body(
        allowed.settings_are_the_themes,
        '<script type="application/json">{}</script>',
        "holds '<script type=\"application/json\">' in its text, and no page of ours does",
        "holds data that are not the theme's settings",
    ),
    "settings that are none": replaced(
        allowed.settings_are_the_themes, '{"base": ".."}', "{", "has settings that cannot be read", path="lessons/index.html"
    ),
    **{
        f"a setting that {what}": replaced(
            allowed.settings_are_the_themes,
            '{"base": ".."}',
            settings,
            f"has a setting that none of ours has ('{settings.split(chr(34))[1]}')",
            path="lessons/index.html",
        )
        for what, settings in {
            "has the site elsewhere": '{"base": "https://x.org/"}',
            "has another script search": '{"search": "../assets/javascripts/handbook.js"}',
            "has a script of another site search": '{"search": "https://x.org/assets/javascripts/workers/search.00000000.min.js"}',
            "switches on what is not": '{"features": ["navigation.instant"]}',
            "brings an element in a word": '{"translations": {"x": "\\u003cimg>"}}',
            "nobody made": '{"base_": ".."}',
            "says of a version": '{"version": {"provider": "mike"}}',
        }.items()
    },
    "a heading with the id of the theme's settings": in_body(
        allowed.ids_of_scripts_are_where_they_look, '<h2 id="__config">x</h2>', "the id '__config' is given 2 times",
        "<h2> has the id '__config', by which scripts know another part"
    ),
    "a script among the pages' other files": replaced(
        allowed.scripts_are_files_of_ours,
        "assets/javascripts/handbook.js",
        "assets/a.png",
        "holds '<script src=\"assets/a.png\" type=\"module\">' around its text, and no page of ours does",
        "does not hold '<script src=\".*assets/javascripts/handbook\\.js\" type=\"module\">'",
        "runs a script that is not ours ('assets/a.png')",
    ),
    "a part that is no part of ours": in_body(
        allowed.parts_stand_where_ours_do,
        '<div data-part="../vendor/x"></div>',
        "holds '<div data-part=\"../vendor/x\">' in its text, and no page of ours does",
        "has a part '../vendor/x' that is none of ours",
    ),
    "a part that is in the site and not in the list": in_body(
        allowed.parts_stand_where_ours_do, '<div data-part="lib"></div>', "holds '<div data-part=\"lib\">' in its text, and no page of ours does",
        "has a part 'lib' that is none of ours"
    ),
    "a stylesheet among the pages' other files": replaced(
        allowed.stylesheets_are_files_of_ours,
        "assets/stylesheets/theme.css",
        "assets/a.png",
        "holds '<link href=\"assets/a.png\" rel=\"stylesheet\">' around its text, and no page of ours does",
        "does not hold '<link rel=\"stylesheet\" href=\".*assets/stylesheets/theme\\.css\">'",
        "has a stylesheet that is not ours ('assets/a.png')",
    ),
    "no policy": replaced(allowed.the_policy_comes_first, POLICY, "", "has 0 policies (Content-Security-Policy)"),
    "two policies": in_head(allowed.the_policy_comes_first, POLICY, "has 2 policies (Content-Security-Policy)"),
    "a script before the policy": replaced(
        allowed.the_policy_comes_first,
        '<meta charset="utf-8">',
        '<script src="assets/javascripts/handbook.js"></script>',
        "holds '<script src=\"assets/javascripts/handbook.js\">' around its text, and no page of ours does",
        "does not begin as each page of ours does, up to its policy (Content-Security-Policy)",
    ),
    "no line that says that this is HTML": replaced(allowed.the_policy_comes_first, "<!doctype html>", "", BEGINS),
    "a page in other letters": replaced(
        allowed.the_policy_comes_first,
        'charset="utf-8"',
        'charset="iso-2022-jp"',
        "holds '<meta charset=\"iso-2022-jp\">' around its text, and no page of ours does",
        "does not begin as each page of ours does, up to its policy (Content-Security-Policy)",
    ),
    "a text before the head": replaced(
        allowed.the_policy_comes_first, "<head>", "x<head>", BEGINS, "has a text in its head ('x')"
    ),
    "a text in the head before the policy": replaced(
        allowed.the_policy_comes_first, "<head>", "<head>x", BEGINS, "has a text in its head ('x')"
    ),
    "a text in the head": in_head(allowed.heads_hold_no_text, "\u00a0", "has a text in its head ('\\xa0')"),
    "a policy with a blank that is none to a browser": replaced(
        allowed.the_policy_comes_first,
        "object-src 'none'",
        "object-src\u00a0'none'",
        "has a policy that does not say 'object-src'",
    ),
    "a policy with a line in it that does not end to a browser": replaced(
        allowed.the_policy_comes_first,
        " base-uri",
        "\u2028base-uri",
        "holds the character U+2028, which nobody sees",
        "has a policy that does not say 'base-uri'",
        "has a policy that says '\\u2028base-uri 'none''",
    ),
    "a tag whose value begins with a sign": in_body(
        allowed.tags_are_read_in_one_way,
        "<p title=='a onclick=window.PWN=1 '>x</p>",
        "has a tag that cannot be read for sure ('<p title=='a onclick=window.PWN=1 '>x')",
        "holds '<p title=\"a onclick=window.PWN=1 \">' in its text, and no page of ours does",
    ),
    "a tag with a blank that is none to a browser": in_body(
        allowed.tags_are_read_in_one_way,
        "<p title=x\u00a0class=' onclick=window.PWN=1 '>x</p>",
        "has a tag that cannot be read for sure ('<p title=x\\xa0class=' onclick=window.PWN=1 '')",
        "holds '<p class=\" onclick=window.PWN=1 \" title=\"x\">' in its text, and no page of ours does",
    ),
    "a tag with a tabulator that is none to a browser": in_body(
        allowed.tags_are_read_in_one_way,
        "<p title=x\u000bclass=' onclick=window.PWN=1 '>x</p>",
        "has a tag that cannot be read for sure ('<p title=x\\x0bclass=' onclick=window.PWN=1 '')",
        "holds '<p class=\" onclick=window.PWN=1 \" title=\"x\">' in its text, and no page of ours does",
        "holds the character U+000B, which nobody sees",
    ),
    "an end of a tag that is none to a browser": in_body(
        allowed.tags_are_read_in_one_way, "<p>x</p\u000b>", "has a tag that cannot be read for sure ('</p\\x0b>')",
        "holds the character U+000B, which nobody sees"
    ),
    "a page of its own that forwards and hides": in_head(
        audit.only_former_addresses_forward,
        '<meta http-equiv="refresh" content="0; url=one/"><meta name="robots" content="noindex">',
        "forwards its readers ('0; url=one/')",
        'holds \'<meta content="0; url=one/" http-equiv="refresh">\' around its text, and no page of ours does',
        "hides from search engines (robots)",
        path="lessons/index.html",
    ),
    "a page at a former address that says something else": replaced(
        origin.former_addresses_lead_on,
        "This page has moved",
        "This page is gone",
        "is not the page that leads from a former address to 'lessons/one/'",
        path="lessons/old/index.html",
    ),
    "a message of the theme that leads to another site": replaced(
        allowed.tags_are_ours,
        '<div data-md-component="announce">',
        '<a class="md-dialog md-dialog--active" href="https://x.org/">Sign in</a><div data-md-component="announce">',
        'holds \'<a class="md-dialog md-dialog--active" href="https://x.org/">\' around its text, and no page of ours does',
        'holds the words \'Sign in\' in \'<a class="md-dialog md-dialog--active" href="https://x.org/">\' around its text, and no page of ours does',
        "has a link with the look of one of ours that leads to another site ('https://x.org/')",
    ),
    "a plain link to another site above a page": replaced(
        allowed.tags_are_ours,
        "</header>",
        '<a href="https://x.org/"><strong>Sign in</strong></a></header>',
        "holds '<a href=\"https://x.org/\">' around its text, and no page of ours does",
        "holds '<strong>' around its text, and no page of ours does",
        "says 'Sign in' in <header md-header>, with a link to 'https://x.org/', unlike other pages",
    ),
    "a plain link in the theme's message": replaced(
        allowed.tags_are_ours,
        '<div class="md-dialog__inner md-typeset">',
        '<div class="md-dialog__inner md-typeset"><a href="https://x.org/"><em>Sign</em><br>in</a>',
        "holds '<a href=\"https://x.org/\">' around its text, and no page of ours does",
        "holds '<em>' around its text, and no page of ours does",
        "holds '<br>' around its text, and no page of ours does",
        "says 'Sign' in the page, with a link to 'https://x.org/', unlike other pages",
        "says 'in' in the page, with a link to 'https://x.org/', unlike other pages",
    ),
    "a link to mail at the foot": replaced(
        allowed.tags_are_ours,
        '<a href="https://opensource.org/license/mit" rel="license">',
        '<a href="mailto:x@y.z">',
        "holds '<a href=\"mailto:x@y.z\">' around its text, and no page of ours does",
        "does not say 'MIT' in <footer md-footer>, with a link to 'https://opensource.org/license/mit', unlike other pages",
        "says 'MIT' in <footer md-footer>, with a link to 'mailto:x@y.z', unlike other pages",
    ),
    "a second list of the menu above a page": replaced(
        allowed.tags_are_ours,
        "<main ",
        '<ul class="md-nav__list"><li class="md-nav__item"><a class="md-nav__link" href="lessons/">One</a></li></ul><main ',
        "holds '<ul class=\"md-nav__list\">' around its text, and no page of ours does",
        "holds the words 'One' in '<a class=\"md-nav__link\" href=\"lessons/\">' around its text, and no page of ours does",
    ),
    "a line of the menu above a page": replaced(
        allowed.tags_are_ours,
        "<main ",
        '<span class="md-typeset">Sign in</span><main ',
        "holds '<span class=\"md-typeset\">' around its text, and no page of ours does",
        "says 'Sign in' in the page, unlike other pages",
    ),
    **{
        f"words in {what}": replaced(
            allowed.words_stand_where_ours_do,
            before,
            f"Sign in{before}",
            f"holds the words 'Sign in' in '{inside}' around its text, and no page of ours does",
        )
        for what, before, inside in (
            ("the page itself", "<header ", BODY),
            ("the head of a page", "</header>", '<header class="md-header" data-md-component="header">'),
            ("what holds a page", "<main ", '<div class="md-container" data-md-component="container">'),
            ("the main part of a page", "</main>", '<main class="md-main" data-md-component="main">'),
            ("the theme's message", '</div>\n<script id="__config"', '<div class="md-dialog" data-md-component="dialog">'),
        )
    },
    "a button that writes to somebody": in_body(
        allowed.links_lead_where_they_seem_to,
        '<div class="hb-hero"><p><a class="hb-button hb-first" href="mailto:x@y.z">Send</a></p></div>',
        "has a link with the look of one of ours that leads to mail ('mailto:x@y.z')",
    ),
    "a pencil that writes to somebody": in_body(
        allowed.links_lead_where_they_seem_to,
        '<a class="md-content__button md-icon" href="mailto:x@y.z" rel="edit" title="Edit this page">Edit the page</a>',
        "has a link with the look of one of ours that leads to mail ('mailto:x@y.z')",
    ),
    **{
        f"a {name} in a text with the class {given}": in_body(
            allowed.tags_are_ours,
            f'<{name} class="{given}">x</{name}>',
            f"holds '<{name} class=\"{given}\">' in its text, and no page of ours does",
        )
        for name, given in (("span", "md-top md-icon"), ("span", "md-dialog"), ("span", "hb-badge md-search"), ("p", "hb-lead md-dialog"))
    },
    "a piece of the plan on another page": in_body(
        allowed.parts_stand_where_ours_do,
        '<section class="hb-plan-block" data-block="x"></section>',
        "holds '<section class=\"hb-plan-block\" data-block=\"x\">' in its text, and no page of ours does",
        "has a piece of the plan, which another page has",
    ),
    "a second cover over the page": replaced(
        allowed.each_part_is_there_once,
        '<label class="md-overlay" for="__drawer"></label>',
        '<label class="md-overlay" for="__drawer"></label>' * 2,
        'holds \'<label class="md-overlay" aria-hidden?="true" for="__drawer">\' 2 times, and each page of ours at most once',
    ),
    "a menu that is open from the beginning": replaced(
        allowed.each_part_is_there_once,
        'id="__drawer"',
        'id="__drawer" checked',
        'holds \'<input autocomplete="off" checked="" class="md-toggle" data-md-toggle="drawer" …\' around its text, and no page of ours does',
        'does not hold \'<input class="md-toggle" autocomplete="off" data-md-toggle="drawer" id="__drawer" type="checkbox">\'',
    ),
    "a script that is missing": replaced(
        allowed.each_part_is_there_once,
        '<script src="assets/javascripts/early.js"></script>',
        "",
        "does not hold '<script src=\".*assets/javascripts/early\\.js\">'",
    ),
    "a script that runs twice": in_head(
        allowed.each_part_is_there_once,
        '<script src="assets/javascripts/early.js"></script>',
        "holds '<script src=\".*assets/javascripts/early\\.js\">' 2 times, and each page of ours at most once",
    ),
    "a script that runs later": replaced(
        allowed.each_part_is_there_once,
        '<script src="assets/javascripts/early.js">',
        '<script type="module" src="assets/javascripts/early.js">',
        'holds \'<script src="assets/javascripts/early.js" type="module">\' around its text, and no page of ours does',
        "does not hold '<script src=\".*assets/javascripts/early\\.js\">'",
    ),
    "a second body": in_body(
        allowed.tags_are_ours,
        '<body dir="rtl">',
        "has a tag that does not end where it should ('</article>')",
        "holds '<body dir=\"rtl\">' in its text, and no page of ours does",
    ),
    "a page in another language": replaced(
        allowed.tags_are_ours,
        '<html lang="en"',
        '<html lang="xx"',
        'holds \'<html class="no-js" lang="xx">\' around its text, and no page of ours does',
        'does not hold \'<html class="no-js" lang="en">\'',
    ),
    "a text in a language that none is": in_body(
        allowed.tags_are_ours, '<p lang="xx">x</p>', "holds '<p lang=\"xx\">' in its text, and no page of ours does"
    ),
    "a text that is shouted at screen readers": in_body(
        allowed.tags_are_ours, '<p role="alert">x</p>', "holds '<p role=\"alert\">' in its text, and no page of ours does"
    ),
    "a text behind the end": replaced(
        allowed.tags_end_where_they_should, "</html>", "</html>Sign in", "does not end with the end of its body and of the page"
    ),
    "a title without an end in a drawing": in_body(
        allowed.tags_end_where_they_should,
        f'{PANEL}<desc id="a"><title id="b"></svg></figure>',
        "has a tag that does not end where it should ('</svg>')",
        "holds '<desc id=\"a\">' in its text, and no page of ours does",
        "holds '<title id=\"b\">' in its text, and no page of ours does",
        f"says '{NAME}' in the bar at the top, and its title is 'Lessons - {NAME} {NAME} Content CC BY 4.0, code M…'",
        path="lessons/index.html",
    ),
    "a link that nobody sees": in_body(
        allowed.no_link_elsewhere_is_hidden,
        '<p><a href="https://x.org/"><span class="hb-hidden">Buy</span></a> <a href="https://x.org/a">x<span class="hb-hidden">: Buy</span></a></p>',
        "has a link to another site that nobody sees ('https://x.org/')",
    ),
    "other words in the bar": replaced(
        allowed.the_bar_names_the_page,
        '<div class="md-header__topic" data-md-component="header-topic">\n<span class="md-ellipsis">\nOne',
        '<div class="md-header__topic" data-md-component="header-topic">\n<span class="md-ellipsis">\nYour session ended',
        f"says 'Your session ended' in the bar at the top, and its title is 'One - {NAME}'",
        path="lessons/one/index.html",
    ),
    "another tooltip on the sign of the site": replaced(
        allowed.every_page_has_the_same_around,
        f'title="{NAME}" class="md-header__button',
        'title="Sign in" class="md-header__button',
        "says 'Sign in' in <header md-header>, unlike other pages",
        path="lessons/one/index.html",
    ),
    "a page with another description": replaced(
        origin.heads_are_those_of_the_sources,
        'content="About: One."',
        'content="Buy."',
        "has the description 'Buy.', and the sources say 'About: One.'",
        path="lessons/one/index.html",
    ),
    "a mark that leads to no source": in_body(
        allowed.tags_are_ours,
        '<p>x <a class="hb-mark hb-basis-reported" href="lessons/one/">Report</a></p>',
        "holds '<a class=\"hb-mark hb-basis-reported\" href=\"lessons/one/\">' in its text, and no page of ours does",
    ),
    "a page with another title": replaced(
        origin.heads_are_those_of_the_sources,
        "<title>One",
        "<title>Two",
        f"says 'One' in the bar at the top, and its title is 'Two - {NAME}'",
        f"has the title 'Two - {NAME}', and the sources say 'One - {NAME}'",
        path="lessons/one/index.html",
    ),
    "other words at the foot": replaced(
        allowed.every_page_has_the_same_around,
        "No cookies,",
        "Many cookies,",
        "says 'Many cookies, no tracking, nothing loaded from other sites.' in <footer md-footer>, unlike other pages",
        "does not say 'No cookies, no tracking, nothing loaded from other sites.' in <footer md-footer>, unlike other pages",
        path="lessons/index.html",
    ),
    "a tab that leads to another page": replaced(
        allowed.every_page_has_the_same_around,
        '<ul class="md-tabs__list">',
        '<ul class="md-tabs__list"><li class="md-tabs__item"><a class="md-tabs__link" href="one/">Home</a></li>',
        f"says 'Home' in <nav md-tabs>, with a link to '{ADDRESS}lessons/one/', unlike other pages",
        path="lessons/index.html",
    ),
    "a licence elsewhere": replaced(
        allowed.tags_are_ours,
        "https://opensource.org/license/mit",
        "https://x.org/",
        "holds '<a href=\"https://x.org/\" rel=\"license\">' around its text, and no page of ours does",
        "does not say 'MIT' in <footer md-footer>, with a link to 'https://opensource.org/license/mit', unlike other pages",
        "says 'MIT' in <footer md-footer>, with a link to 'https://x.org/', unlike other pages",
    ),
    "a sign of the site that leads to another page": replaced(
        allowed.links_lead_where_they_seem_to,
        '<header class="md-header" data-md-component="header">\n<nav class="md-header__inner md-grid" aria-label="Header">\n<a href="../."',
        '<header class="md-header" data-md-component="header">\n<nav class="md-header__inner md-grid" aria-label="Header">\n<a href="one/"',
        "has the sign of the site lead to 'one/'",
        path="lessons/index.html",
    ),
    "a part that ends itself, and to no browser": in_body(
        allowed.tags_end_where_they_should, "<strong/>", "has a tag that does not end where it should ('</article>')"
    ),
    "a part of a drawing that ends itself, and stands in none": in_body(
        allowed.tags_end_where_they_should,
        '<g class="hb-this"/>',
        "has a tag that does not end where it should ('</article>')",
        "holds '<g class=\"hb-this\">' in its text, and no page of ours does",
    ),
    "a text that turns around": in_body(allowed.signs_can_be_seen, "<p>\u202ex</p>", "holds the character U+202E, which nobody sees"),
    "a text that turns around, written as a reference": in_body(
        allowed.signs_can_be_seen, "<p>&#x2066;x</p>", "holds the character U+2066, which nobody sees"
    ),
    "letters that nobody sees": in_body(
        allowed.signs_can_be_seen,
        "<p>a\u200bb\U000e0041c\0d</p>",
        "holds the character U+200B, which nobody sees",
        "holds the character U+E0041, which nobody sees",
        "holds the character U+0000, which nobody sees",
    ),
    "a link of ours that leads to another site": in_body(
        allowed.links_lead_where_they_seem_to,
        '<div class="hb-cards"><ul><li><p><a class="hb-card-title" href="https://x.org/">A lesson</a></p></li></ul></div>',
        "has a link with the look of one of ours that leads to another site ('https://x.org/')",
    ),
    **{
        f"a link to another site in {what}": in_body(
            allowed.links_lead_where_they_seem_to,
            planted.format('<a href="https://x.org/">Home</a>'),
            "links that say 'home' lead to 2 pages",
            "has a link with the look of one of ours that leads to another site ('https://x.org/')",
            path="lessons/index.html",
        )
        for what, planted in {
            "the way up": '<nav class="hb-eyebrow" aria-label="Breadcrumb">{}</nav>',
            "a lead": '<p class="hb-lead">{}</p>',
            "a card": '<div class="hb-cards"><ul><li>{}</li></ul></div>',
        }.items()
    },
    "a mark of evidence on a link to another site": in_body(
        allowed.tags_are_ours,
        '<a href="https://x.org/"><span class="hb-mark hb-basis-reported">reported</span></a>',
        'holds \'<span class="hb-mark hb-basis-reported">\' in its text, and no page of ours does',
    ),
    **{
        f"a button for another {what}": in_body(
            allowed.parts_stand_where_ours_do,
            f'<div class="hb-pick" data-part="pick" data-record="{record}" data-id="{of}"></div>',
            f"has a button for another record ('{of}')",
            path="lessons/one/index.html",
        )
        for what, record, of in (("lesson", "lesson", "two"), ("kind of record", "tool", "one"))
    },
    "a text that only readers without scripts see": in_body(
        allowed.parts_stand_where_ours_do,
        '<div class="hb-without-script"><p>x</p></div>',
        "has a text for readers without scripts, and no tool in its place",
    ),
    **{
        f"a text with the class {given}": in_body(
            allowed.tags_are_ours, f'<p class="{given}">x</p>', f"holds '<p class=\"{given}\">' in its text, and no page of ours does"
        )
        for given in ("hb-hidden", "hb-print-only", "hb-screen-only", "hb-notice", "hb-button hb-first", "hb-paper-hold")
    },
    "a file to take away from another site": in_body(
        allowed.links_lead_where_they_seem_to,
        '<a download href="https://x.org/">A file</a>',
        "has a link with the look of one of ours that leads to another site ('https://x.org/')",
    ),
    "a pencil that leads to another site": in_body(
        allowed.links_lead_where_they_seem_to,
        '<a class="md-content__button md-icon" href="https://x.org/data/a.yaml" rel="edit" title="Edit this page">Edit</a>',
        "has a link with the look of one of ours that leads to another site ('https://x.org/data/a.yaml')",
        path="lessons/one/index.html",
    ),
    "a sign beside a heading that leads to another site": in_body(
        allowed.tags_are_ours,
        '<a class="headerlink" href="https://x.org/" title="Link to this section">x</a>',
        'holds \'<a class="headerlink" href="https://x.org/" title="Link to this section">\' in its text, and no page of ours does',
        "has a link with the look of one of ours that leads to another site ('https://x.org/')",
    ),
    "another name for a link than its words": in_body(
        allowed.tags_are_ours,
        '<a aria-label="Lessons" href="https://x.org/">Theirs</a>',
        "links that say 'lessons' lead to 2 pages",
        'holds \'<a aria-label="Lessons" href="https://x.org/">\' in its text, and no page of ours does',
    ),
    **{
        f"an address {what}": in_body(
            allowed.links_lead_where_they_seem_to,
            f'<a href="{address}">Theirs</a>',
            f"has an address that programs could read in different ways ('{address}')",
        )
        for what, address in {
            "with ours for a name": "https://example.org@x.org/",
            "with a sign that is no point": "https://x\u3002org/",
            "with a port that is none": "https://x.org:80:00/",
            "without a scheme": "//x.org/",
        }.items()
    },
    "an address with three strokes": in_body(
        allowed.links_lead_where_they_seem_to,
        '<a href="https:///x.org/">Theirs</a>',
        "'https:///x.org/' leads to no file",
        "has an address that programs could read in different ways ('https:///x.org/')",
    ),
    "a picture that is a page": in_body(
        allowed.pictures_are_files_of_pictures, '<img src="lessons/" alt="">', "<img> shows what is no picture ('lessons/')"
    ),
    "a sign of the site that is a page": replaced(
        allowed.pictures_are_files_of_pictures, 'href="assets/images/favicon.svg"', 'href="lessons/"', "<link> shows what is no picture ('lessons/')"
    ),
    "a tool on another page": in_body(allowed.parts_stand_where_ours_do, FIT, "has the part 'fit', which other pages have"),
    "a tool on another page, twice": in_body(allowed.parts_stand_where_ours_do, FIT * 2, "has 2 parts 'fit'"),
    "a page that is no text": in_body(audit.texts_can_be_read, "\udcff", "cannot be read as text"),
    "a stylesheet that is no text": replaced(
        audit.texts_can_be_read, "a {", "\udcff a {", "cannot be read as text", OTHER, path="assets/stylesheets/a.css"
    ),
    "a policy that lets scripts in pages run": replaced(
        allowed.the_policy_comes_first,
        "script-src 'self'",
        "script-src 'self' 'UNSAFE-inline'",
        "has a policy that says 'script-src 'UNSAFE-inline''",
    ),
    "a policy that lets forms go anywhere": replaced(
        allowed.the_policy_comes_first, "form-action 'none'; ", "", "has a policy that does not say 'form-action'"
    ),
    "a policy with one part that is no more than another": replaced(
        allowed.the_policy_comes_first, "connect-src 'self'", "connect-src 'self'; media-src *", "has a policy that says 'media-src *'"
    ),
    "a file that has no place in a site": Fault(
        allowed.files_are_ours, "lessons/run.php", "", "", ("lessons/run.php: is a file that no site of ours has",)
    ),
    "a file in the place of one of the theme's": Fault(
        origin.the_themes_files_are_the_themes,
        THEMES["bundle"],
        GOOD[THEMES["bundle"]],
        "alert(1)",
        (f"{THEMES['bundle']}: is not the file that the theme has here",),
    ),
    "a drawing that runs a script": Fault(
        origin.pictures_are_pictures,
        "assets/images/x.svg",
        "",
        '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        (
            "assets/images/x.svg: is not in docs, of which the site is made",
            (
                "assets/images/x.svg: the picture holds 'onload=\"alert(1)\"', which could run or lead to another file; "
                "save it again as plain SVG, without links, programs, fonts and pictures inside it, or as .png"
            ),
        ),
    ),
    "a page with the name of a picture": Fault(
        origin.pictures_are_pictures,
        "assets/a.png",
        GOOD["assets/a.png"],
        "<!doctype html>",
        (
            f"assets/a.png: {OTHER}",
            "assets/a.png: this cannot be read as the kind of picture that its name says; save it again, or give its name the right ending",
        ),
    ),
    "a script of ours with a line more": Fault(
        origin.assets_are_those_of_the_sources,
        "assets/javascripts/handbook.js",
        "",
        "alert(1)",
        (f"assets/javascripts/handbook.js: {OTHER}",),
    ),
    "a script that is not among the sources": Fault(
        origin.assets_are_those_of_the_sources,
        "assets/javascripts/evil/index.js",
        "",
        "alert(1)",
        ("assets/javascripts/evil/index.js: is not in docs, of which the site is made",),
    ),
    "a page that is made of nothing": Fault(
        origin.pages_and_data_are_those_of_the_sources,
        "lessons/confirm/index.html",
        "",
        page("lessons/confirm/", "Please confirm", "", up="../../"),
        (f"sitemap.xml: does not list '{ADDRESS}lessons/confirm/'", "lessons/confirm/index.html: is nothing that the sources make"),
    ),
    "data that are made of nothing": Fault(
        origin.pages_and_data_are_those_of_the_sources,
        "data/evil.json",
        "",
        "{}",
        ("data/evil.json: is nothing that the sources make",),
    ),
    "data that say something else": replaced(
        origin.pages_and_data_are_those_of_the_sources, '"terms"', '"words"', REMADE, path="data/terms.json"
    ),
    "a search of a builder that did not make the site": Fault(
        origin.pages_and_data_are_those_of_the_sources,
        "search.json",
        "",
        "{}",
        ("search.json: is Zensical's, and another builder made this site",),
    ),
    "data that lead to a script": replaced(
        origin.data_lead_where_pages_may,
        "lessons/#one",
        " java\\nscript:alert(1)",
        "leads to ' java\\nscript:alert(1)', which is no page here and not on the web",
        REMADE,
        path="data/terms.json",
    ),
    "data that lead to no page": replaced(
        origin.data_lead_where_pages_may,
        "lessons/#one",
        "nope/",
        "leads to 'nope/', which is no page here and not on the web",
        REMADE,
        path="data/terms.json",
    ),
    "data that cannot be read": replaced(
        origin.data_lead_where_pages_may, '{"terms"', "terms", "cannot be read as data", REMADE, path="data/terms.json"
    ),
    "a search that leads to another site": replaced(
        origin.data_lead_where_pages_may,
        "lessons/one/",
        "https://x.org/",
        "leads to 'https://x.org/', which is no page here",
        REMADE,
        path="search/records.json",
    ),
    "a sitemap of another site": replaced(
        origin.the_sitemap_lists_pages,
        f" {ADDRESS}lessons/ ",
        " https://x.org/ ",
        "lists 'https://x.org/', which is no page here",
        f"does not list '{ADDRESS}lessons/'",
        path="sitemap.xml",
    ),
    "a sitemap without a page": replaced(
        origin.the_sitemap_lists_pages,
        f"<loc> {ADDRESS}lessons/one/ </loc>",
        "",
        f"does not list '{ADDRESS}lessons/one/'",
        path="sitemap.xml",
    ),
    "a sitemap with a stylesheet": replaced(
        origin.the_sitemap_lists_pages,
        "<urlset>",
        "<?xml-stylesheet href='//x.org/a.xsl'?><urlset>",
        "holds <?xml-stylesheet?>, and none of ours does",
        path="sitemap.xml",
    ),
    "a packed sitemap of something else": Fault(
        origin.the_sitemap_lists_pages, "sitemap.xml.gz", "", "x", ("sitemap.xml.gz: is not sitemap.xml",)
    ),
}  # fmt: skip


def write(root: Path, files: dict[str, str]) -> Path:
    """A project of which only the assets are there, and in its folder ``site`` a site of the ``files``."""
    assets = {f"docs/{path}": text for path, text in GOOD.items() if path.startswith("assets/") and path not in theme.files()}
    for path, text in (*assets.items(), *((f"site/{path}", text) for path, text in files.items())):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8", errors="surrogateescape")
    return root


def look(root: Path) -> list[str]:
    return audit.audit(audit.read(root / "site", root=root))


def plant(root: Path, fault: Fault) -> Path:
    text = GOOD.get(fault.path, "")
    assert text.count(fault.old) == 1 or not text, f"{fault.old!r} must be there once"
    return write(root, {**GOOD, fault.path: text.replace(fault.old, fault.new)})


@pytest.fixture(autouse=True)
def sources(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sources that would make the good site."""
    monkeypatch.setattr(origin, "wanted", lambda _root: WANTED)


@pytest.mark.parametrize("path", ["lessons/old/index.html", "404.html", "data/terms.json", "search/records.json"])
def test_a_page_or_a_file_of_data_that_is_not_in_the_site_is_missed(path: str, tmp_path: Path) -> None:
    assert look(write(tmp_path, {name: text for name, text in GOOD.items() if name != path})) == [
        f"{path}: is not in the site, and the sources make it"
    ]


EDITED = "https://git.example/o/r/edit/main"


@pytest.mark.parametrize(
    ("address", "finds"),
    {
        f"{EDITED}/docs/index.md": False,
        f"{EDITED}/data/terms.yaml": False,
        "https://git.example/o/r/../../evil/phish": True,
        "https://git.example/o/r/%2E./%2e%2e/evil": True,
        "https://git.example/o/r/..\\..\\evil": True,
        "https://git.example/o/rest": True,
    }.items(),
)
def test_a_button_may_lead_to_where_the_site_is_edited_and_nowhere_beside_it(address: str, *, finds: bool, tmp_path: Path) -> None:
    pencil = f'<a class="md-content__button md-icon" href="{address}" rel="edit" title="Edit this page">x</a>'
    root = write(tmp_path, {**GOOD, "index.html": GOOD["index.html"].replace("</article>", f"{pencil}</article>")})
    said = [f"index.html: has a link with the look of one of ours that leads to another site ('{address}')"]
    assert audit.audit(audit.read(root / "site", root=root, where=Address(None, EDITED))) == (said if finds else [])


def test_the_button_for_editing_leads_to_what_the_page_shows(tmp_path: Path) -> None:
    pencil = f'<a class="md-content__button md-icon" href="{EDITED}/.github/workflows/x.yml" rel="edit" title="Edit this page">x</a>'
    root = write(tmp_path, {**GOOD, "index.html": GOOD["index.html"].replace("</article>", f"{pencil}</article>")})
    assert audit.audit(audit.read(root / "site", root=root, where=Address(None, EDITED))) == [
        f"index.html: has the button for editing lead to '{EDITED}/.github/workflows/x.yml'"
    ]


def test_a_site_that_says_that_it_is_elsewhere_is_found(tmp_path: Path) -> None:
    root = write(tmp_path, GOOD)
    assert audit.audit(audit.read(root / "site", root=root, where=Address(ADDRESS, ""))) == []
    assert audit.audit(audit.read(root / "site", root=root, where=Address("https://honest.example/", ""))) == [
        f"index.html: gives '{ADDRESS}' as the address of the site, which is published at 'https://honest.example/'"
    ]


def test_a_site_of_sources_with_a_fault_is_none_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    (finding,) = look(write(tmp_path, {path: text for path, text in GOOD.items() if path != FORWARD.path}))
    assert finding.startswith("docs: nobody can say what the site should have, because the check finds problems here (")


def test_the_sources_make_a_page_for_each_page_and_former_id_and_what_scripts_read(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    change(tiny, "data/recommendations.yaml", "  title: Call", "  aliases: [ring-them]\n  title: Call")
    should = origin.wanted(tiny)
    assert {"404.html", "index.html", "lessons/index.html", "transfer/ring-them/index.html", "transfer/call-your-members/index.html"} <= should.pages
    assert len(should.pages) == len(list((tiny / "docs").rglob("*.md"))) + 2
    assert {"data/ids.json", "search/records.json", "search/text.json"} <= should.files.keys()


def test_a_site_without_a_fault_has_no_finding(tmp_path: Path) -> None:
    assert look(write(tmp_path, GOOD)) == []


def test_a_site_at_the_root_of_its_host_is_looked_at_in_the_same_way(tmp_path: Path) -> None:
    moved = {path: text.replace("example.org/handbook/", "example.org/").replace('"/handbook/', '"/') for path, text in GOOD.items()}
    assert look(write(tmp_path, moved)) == []


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_planted_fault_is_found_and_nothing_else_is(tmp_path: Path, fault: Fault) -> None:
    assert look(plant(tmp_path, fault)) == list(fault.says)


def test_a_link_to_a_file_or_a_folder_is_found_and_not_followed(tmp_path: Path) -> None:
    (write(tmp_path, GOOD) / "site" / "lessons" / "two").symlink_to(tmp_path / "docs")
    (tmp_path / "site" / "assets" / "b.png").symlink_to(tmp_path / "docs" / "assets" / "a.png")
    links = [f"{path}: is a link, or no ordinary file" for path in ("assets/b.png", "lessons/two")]
    assert look(tmp_path) == links


def test_a_file_of_the_sources_that_is_not_in_the_site_is_missed(tmp_path: Path) -> None:
    (write(tmp_path, GOOD) / "docs" / "assets" / "licence.txt").touch()
    assert look(tmp_path) == ["assets/licence.txt: is in docs, and not in the site"]


def test_every_rule_has_a_fault_that_it_finds() -> None:
    assert {fault.rule for fault in FAULTS.values()} | ELSEWHERE == {*audit.PAGE_RULES, *audit.SITE_RULES}


def test_every_function_that_reads_like_a_rule_is_in_force() -> None:
    source = "".join(Path(module.__file__).read_text("utf-8") for module in (audit, allowed, origin))
    written = set(re.findall(r"^def ([a-z]\w+)\((?:page: Page, _?)?site: Site\) -> Iterator\[str\]", source, re.MULTILINE))
    assert written == {rule.__name__ for rule in (*audit.PAGE_RULES, *audit.SITE_RULES)}


def test_without_the_sites_own_address_that_is_the_finding(tmp_path: Path) -> None:
    loaded = {path: GOOD[path] for path in ("assets/stylesheets/a.css", "assets/javascripts/handbook.js")}
    files = {"index.html": GOOD["index.html"].replace("canonical", "prev"), **loaded}
    findings = look(write(tmp_path, files))
    assert "index.html: 'lessons/#one' leads to no file" in findings
    assert "index.html: says its own address 0 times" in findings


def test_the_command_prints_every_finding_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, {**GOOD, "index.html": GOOD["index.html"].replace("</article>", '<h1>x</h1><img src="assets/a.png"></article>')})
    assert main(["--root", str(tmp_path), "audit", str(tmp_path / "site")]) == 1
    assert capsys.readouterr() == ("index.html: has 2 <h1>\nindex.html: the picture 'assets/a.png' has no alt\n", "2 findings\n")


def test_the_command_says_how_many_pages_are_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(write(tmp_path, GOOD)), "audit", str(tmp_path / "site")]) == 0
    assert capsys.readouterr() == ("5 pages in order\n", "")


def test_a_folder_without_a_page_is_no_site_in_order(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", str(tmp_path / "nope")]) == 1
    assert capsys.readouterr() == ("", f"{tmp_path / 'nope'}: there is no page in this folder\n")


WRITTEN = {
    "{{ 7*7 }}": "<p>Say {{ 7*7 }}, and then</p>",
    "{{ 7*7   }}": "<p>Say {{ 7*7 }}, and then</p>",
    "[text](http://x.example)": "<p>A [text](http://x.example)</p>",
    "&nbsp;": '<table><thead><tr><th scope="col">x</th></tr></thead><tbody><tr><td data-label="no &amp;nbsp; here">x</td></tr></tbody></table>',
}


@pytest.mark.parametrize("word", WRITTEN)
def test_what_the_data_say_is_not_taken_for_something_left_unread(word: str, tmp_path: Path) -> None:
    said = {"index.html": WRITTEN[word], "lessons/one/index.html": "<p>{{ 7*8 }} and [x](y) and &amp;lt;</p>"}
    write(tmp_path, {**GOOD, **{path: GOOD[path].replace("</article>", f"{text}</article>") for path, text in said.items()}})
    findings = audit.audit(audit.read(tmp_path / "site", root=tmp_path))
    assert {what.partition(":")[0] for what in findings} == said.keys()
    others = [what for what in findings if what.startswith("lessons/one")]
    assert len(others) == 3
    assert audit.audit(audit.read(tmp_path / "site", ["plain", word], tmp_path)) == others


@pytest.mark.parametrize("word", ["{{", "{{ cite", "{%", "](", "&#", "{ ."])
def test_a_sign_in_the_data_hides_nothing_but_itself(word: str, tmp_path: Path) -> None:
    planted = "<p>{{ cite.__globals__ }}</p><p>{% x %} and [x](y)</p><p>R&amp;#38;D</p><p>Aim { .hb-lead }</p>"
    write(tmp_path, {**GOOD, "index.html": GOOD["index.html"].replace("</article>", planted + "</article>")})
    signs = [f"index.html: '{sign}' is left in '{text}'" for sign, text in LEFT.items()]
    assert audit.audit(audit.read(tmp_path / "site", [word], tmp_path)) == signs
    alone = f"<p>{word.replace('&', '&amp;')}</p>"
    write(tmp_path, {**GOOD, "index.html": GOOD["index.html"].replace("</article>", alone + "</article>")})
    assert audit.audit(audit.read(tmp_path / "site", [word], tmp_path)) == []


LEFT = {
    "{{": "{{ cite.__globals__ }}",
    "{%": "{% x %} and [x](y)",
    "](": "{% x %} and [x](y)",
    "&#": "R&#38;D",
    "{ .": "Aim { .hb-lead }",
}


def test_the_words_of_a_handbook_are_its_data_and_what_its_prose_writes_out(tiny: Path) -> None:
    change(tiny, "docs/lessons/write-it-down.md", "title: Write it down", "title: Write {{ it }} down")
    change(tiny, "docs/about/glossary.md", "{{ glossary() }}", "R&#D &amp;nbsp; [a\\](b) [words](../index.md)\n\n{{ glossary() }}")
    words = set(made.words(tiny))
    assert {"Write {{ it }} down", "R&#D", "&nbsp;", "[a](b)", "Example Cluster"} <= words
    assert "[words](../index.md)" not in words
