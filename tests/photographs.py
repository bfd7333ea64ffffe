"""Small files that say of themselves what photographs say: a frame, and whatever else is put in."""

from __future__ import annotations

import struct
import zlib


def png(width: int = 8, height: int = 8, *chunks: tuple[bytes, bytes], end: bool = True) -> bytes:
    """A PNG of these sides, with more ``chunks`` by name, and an end."""
    head = (b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    body = (b"IDAT", zlib.compress(bytes(height * (1 + (width + 7) // 8)) if width * height < 10**6 else b""))
    parts = (head, *chunks, body, *([(b"IEND", b"")] * end))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(held)) + name + held + struct.pack(">I", zlib.crc32(name + held)) for name, held in parts
    )


def jpeg(width: int = 8, height: int = 8, *segments: tuple[int, bytes], end: bool = True) -> bytes:
    """The frame of a JPEG of these sides, with more ``segments`` by marker, and an end."""
    frame = (0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00")
    parts = ((0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"), *segments, frame, (0xDA, b"\x01\x01\x00\x00\x3f\x00"))
    whole = b"".join(b"\xff" + bytes([marker]) + struct.pack(">H", len(held) + 2) + held for marker, held in parts)
    return b"\xff\xd8" + whole + b"\x00" + b"\xff\xd9" * end


def webp(*chunks: tuple[bytes, bytes]) -> bytes:
    """A WebP of these chunks."""
    held = b"WEBP" + b"".join(name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2) for name, body in chunks)
    return b"RIFF" + struct.pack("<I", len(held)) + held


def lossy(width: int = 8, height: int = 8) -> tuple[bytes, bytes]:
    """The frame of a lossy WebP."""
    return b"VP8 ", b"\x30\x01\x00\x9d\x01\x2a" + struct.pack("<HH", width, height) + bytes(4)


def lossless(width: int = 8, height: int = 8) -> tuple[bytes, bytes]:
    """The frame of a lossless WebP."""
    return b"VP8L", b"\x2f" + struct.pack("<I", (width - 1) | (height - 1) << 14) + bytes(4)


def extended(width: int = 8, height: int = 8) -> tuple[bytes, bytes]:
    """The head of a WebP with more than a frame."""
    return b"VP8X", bytes(4) + struct.pack("<I", width - 1)[:3] + struct.pack("<I", height - 1)[:3]
