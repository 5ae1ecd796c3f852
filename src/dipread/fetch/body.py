"""The bytes of an answer as they come in: unpacked, counted, and never more of them than a feed may have."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from isal.isal_zlib import Decompress

BODY_BYTES = 10_000_000
_UNPACKED = ("", "identity", "none", "utf-8")  # the latter two said by mistake for no packing
_GZIP = 31  # a gzip stream, as zlib numbers it
_GZIP_MARK = b"\x1f\x8b"
_BROKEN = "the answer is compressed in a broken way"


class Body:
    """What has come in of one answer. Only gzip was asked for, so that anything else is refused.

    It is unpacked piece by piece with a bound on each, for a few bytes may hold gigabytes. `declared` is its
    length as its server says: too much is not waited for.
    """

    def __init__(self, coding: str = "", declared: str = "") -> None:
        self.problem = ""
        self._whole = BytesIO()
        self._received = 0
        coding = coding.strip().lower()
        self._unpacker = _unpacker() if coding in ("gzip", "x-gzip") else None
        if not self._unpacker and coding not in _UNPACKED:
            self.problem = "compressed in a way that was not asked for"
        elif declared.isdecimal() and int(declared[:20]) > BODY_BYTES:
            self.problem = _too_large()

    def take(self, part: bytes) -> bool:
        """Take in what came; False when it is too much or can't be read, and `problem` says why."""
        if self.problem:
            return False
        if self._unpacker and not self._received and not _GZIP_MARK.startswith(part[:2]):
            self.problem = _BROKEN  # which the unpacker would not tell before it has a whole header
            return False
        self._received += len(part)
        room = BODY_BYTES - self._whole.tell()
        if self._unpacker:
            from isal.igzip_lib import IsalError

            try:
                part = self._unpacked(part, room)
            except IsalError:  # type: ignore[misc]  # its stub takes the class for an instance
                self.problem = _BROKEN
                return False
        if len(part) > room or self._received > BODY_BYTES:
            self.problem = _too_large()
            return False
        self._whole.write(part)
        return True

    def _unpacked(self, part: bytes, room: int) -> bytes:
        """What a part holds, up to a byte more than there is room for; one stream may follow another."""
        found = b""
        while part and len(found) <= room:
            assert self._unpacker
            if self._unpacker.eof:
                if not part.startswith(_GZIP_MARK):  # what stands behind the end is not ours
                    break
                self._unpacker = _unpacker()
            found += self._unpacker.decompress(part, room + 1 - len(found))
            part = self._unpacker.unused_data
        return found

    def whole(self) -> bytes:
        """All of it; `problem` is set when a packed answer ended too early."""
        if self._unpacker and self._received and not self._unpacker.eof:
            self.problem = self.problem or "the answer was cut off"
        return self._whole.getvalue()


def _unpacker() -> Decompress:
    """ISA-L's, which takes a third of zlib's time; imported when something comes packed."""
    from isal.isal_zlib import decompressobj

    return decompressobj(_GZIP)


def _too_large() -> str:
    return f"larger than {BODY_BYTES // 1_000_000} MB"
