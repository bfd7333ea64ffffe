"""No part of the site wants a gesture, a movement, a picture that plays or a login: what our scripts listen to, and what stands on its pages."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.conftest import settle
from tests.browser.states import STATES

WATCH = """
window.heard = new Set()
const listen = EventTarget.prototype.addEventListener
EventTarget.prototype.addEventListener = function (type, ...others) {
  if (!/\\/javascripts\\/bundle\\.|InjectedScript|UtilityScript/.test(new Error().stack)) heard.add(type)
  return listen.call(this, type, ...others)
}
"""
"""Notes what is listened to. What plays the reader here is left out, and the theme's script: it follows the pointer to know
whether a ring is to show where the focus is."""

WANTED = (
    "touchmove", "pointermove", "mousemove", "dragstart", "drag", "dragover", "drop", "gesturestart", "gesturechange",  # WCAG 2.5.1, 2.5.7
    "devicemotion", "deviceorientation", "deviceorientationabsolute", "shake",  # 2.5.4
)  # fmt: skip
"""What a page listens to that wants a path drawn, a thing dragged or a device moved."""
FOUND = """wanted => {
  const targets = [window, document, ...document.querySelectorAll("*")]
  const heardHere = wanted.filter(type => heard.has(type) || targets.some(target => target[`on${type}`]))
  const there = [...document.querySelectorAll("audio, video, object, embed, iframe, canvas, input[type=password], [draggable=true]")]
  return [...heardHere.map(type => `listens to ${type}`), ...there.map(element => `has <${element.localName}>`)] }"""


def watched(open_page: Any, state: str, **options: Any) -> Any:
    """A page that notes what is listened to from its start."""
    size = {"width": 390 if STATES[state].phone else 1280, "height": 900}
    page = open_page(viewport=size, **options).page()
    page.add_init_script(WATCH)
    return page


@pytest.mark.parametrize("state", STATES)
def test_nothing_wants_a_path_drawn_a_thing_dragged_a_device_moved_or_a_password_and_nothing_plays(state: str, address: str, open_page: Any) -> None:
    page = watched(open_page, state)
    STATES[state].reach(page, address)
    assert page.evaluate("heard.has('click')")
    assert page.evaluate(FOUND, WANTED) == []


PLANTED = {
    "a drag": "document.querySelector('h1').addEventListener('pointermove', () => {})",
    "a shake": "window.ondevicemotion = () => {}",
    "a film": "document.body.append(document.createElement('video'))",
    "a login": "document.body.append(Object.assign(document.createElement('input'), { type: 'password' }))",
}


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_seen(fault: str, address: str, open_page: Any) -> None:
    page = settle(watched(open_page, "the matrix with choices", bypass_csp=True), address)
    page.add_script_tag(content=f"queueMicrotask(() => {{ {PLANTED[fault]} }})")  # apart from what plays the reader
    assert len(page.evaluate(FOUND, WANTED)) == 1
