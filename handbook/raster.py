"""What the file of a photograph says of itself: how large it is, whether it moves, and what else it tells. Nothing is decoded.

Sources: PNG (ISO/IEC 15948, 5 and 11; Third Edition for ``acTL`` and ``eXIf``), JPEG (ITU-T T.81, B.1 and B.2) and
WebP (RFC 9649, 2.4 to 2.7).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8"
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers of a JPEG that begin its frame, which says its sides."""
_TELLS = {0xE1: "Exif or XMP", 0xED: "IPTC", 0xFE: "a comment"}
"""Markers of a JPEG that say who made it, where and with what."""
_SCAN = 0xDA
_TEXTS = frozenset((b"tEXt", b"zTXt", b"iTXt"))
_HARMLESS = (b"Software\x00",)
_LOSSY = re.compile(rb".{3}\x9d\x01\x2a(.{4})", re.DOTALL)


@dataclass
class Found:
    """What a file says: its width and height in dots, if it says so and comes to an end; whether it moves; and what else it tells."""

    sides: tuple[int, int] | None = None
    whole: bool = False
    moves: bool = False
    tells: list[str] = field(default_factory=list)


def _png(raw: bytes) -> Found:
    found = Found()
    at = len(_PNG)
    while raw.startswith(_PNG) and at + 8 <= len(raw) and not found.whole:
        length, name = int.from_bytes(raw[at : at + 4]), raw[at + 4 : at + 8]
        held = raw[at + 8 : at + 8 + length]
        if name == b"IHDR":
            found.sides = int.from_bytes(held[:4]), int.from_bytes(held[4:8])
        found.moves = found.moves or name == b"acTL"
        if name == b"eXIf" or (name in _TEXTS and not held.startswith(_HARMLESS)):
            found.tells.append(name.decode())
        found.whole = name == b"IEND"
        at += 12 + length
    return found


def _jpeg(raw: bytes) -> Found:
    found = Found(whole=raw.rstrip(b"\0").endswith(b"\xff\xd9"))
    at = len(_JPEG)
    while raw.startswith(_JPEG) and at + 4 <= len(raw) and raw[at] == 0xFF:  # noqa: PLR2004  (each marker begins so)
        marker, length = raw[at + 1], int.from_bytes(raw[at + 2 : at + 4])
        if marker in _FRAMES:
            found.sides = int.from_bytes(raw[at + 7 : at + 9]), int.from_bytes(raw[at + 5 : at + 7])
        if marker in _TELLS:
            found.tells.append(_TELLS[marker])
        if marker == _SCAN:
            break
        at += 1 if marker == 0xFF else 2 + length  # noqa: PLR2004  (a marker may have more such bytes before it)
    return found


def _webp(raw: bytes) -> Found:
    found = Found(whole=len(raw) >= 8 + int.from_bytes(raw[4:8], "little"))
    for name, held in _chunks(raw):
        if name == b"VP8X":
            found.sides = int.from_bytes(held[4:7], "little") + 1, int.from_bytes(held[7:10], "little") + 1
        elif name == b"VP8L":
            bits = int.from_bytes(held[1:5], "little")
            found.sides = found.sides or ((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
        elif name == b"VP8 " and (frame := _LOSSY.match(held)):
            sides = frame[1]
            found.sides = found.sides or (int.from_bytes(sides[:2], "little") & 0x3FFF, int.from_bytes(sides[2:], "little") & 0x3FFF)
        found.moves = found.moves or name in {b"ANIM", b"ANMF"}
        if name in {b"EXIF", b"XMP "}:
            found.tells.append(name.decode().strip())
    return found


def _chunks(raw: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 12
    while raw[:4] == b"RIFF" and raw[8:12] == b"WEBP" and at + 8 <= len(raw):
        length = int.from_bytes(raw[at + 4 : at + 8], "little")
        yield raw[at : at + 4], raw[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


READERS: dict[str, Callable[[bytes], Found]] = {".png": _png, ".jpg": _jpeg, ".webp": _webp}
"""How to look at a file, by the ending of its name. They raise nothing, whatever it holds."""
