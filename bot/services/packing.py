"""Bytes made ready to be kept, outside of any transaction: a large result takes a while."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from bot.services.ids import Digest
from bot.services.runs import digest

QUICK = 3


@dataclass(frozen=True, slots=True)
class Packed:
    """Bytes under their digest, compressed."""

    name: Digest
    content: bytes
    size: int  # before


def pack(content: bytes) -> Packed:
    """Compress bytes."""
    return Packed(digest(content), zlib.compress(content, QUICK), len(content))


def unpack(content: bytes) -> bytes:
    """Read kept bytes as they were; anything cut off or put after them is refused."""
    packed = zlib.decompressobj()
    plain = packed.decompress(content) + packed.flush()
    if not packed.eof or packed.unused_data:
        raise zlib.error("There are other bytes than were written.")
    return plain
