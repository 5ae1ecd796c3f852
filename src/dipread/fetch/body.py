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

    It is unpacked piece by piece with a bound on each, for a few bytes may hold gigabytes, and also where
    its server forgot to say that it is packed; without any `coding` it is left as it is. `declared` is its
    length as its server says: too much is not waited for.
    """

    def __init__(self, coding: str | None = None, declared: str = "") -> None:
        self.problem = ""
        self._whole = BytesIO()
        self._received = 0
        self._over = False
        self._held = b""  # the half of a mark that was cut in two
        self._unpacker: Decompress | None = None
        self._begun = coding is None
        coding = (coding or "").strip().lower()
        self._packed = coding in ("gzip", "x-gzip")
        if not self._packed and coding not in _UNPACKED:
            self.problem = "compressed in a way that was not asked for"
        elif declared.isdecimal() and int(declared[:20]) > BODY_BYTES:
            self.problem = _too_large()

    def take(self, part: bytes) -> bool:
        """Take in what came; False when it is too much or can't be read, and `problem` says why."""
        if self.problem:
            return False
        self._received += len(part)
        part, self._held = self._held + part, b""
        if not self._begun and not self._begin(part):
            return not self.problem
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

    def _begin(self, part: bytes) -> bool:
        """Whether to go on, now that the first bytes tell if it is packed, which its server may have left out."""
        if _cut_mark(part):
            self._held = part
            return False
        self._begun = True
        if part.startswith(_GZIP_MARK):
            self._packed = True
            self._unpacker = _unpacker()
        elif self._packed:  # which an unpacker would not tell before it has a whole header
            self.problem = _BROKEN
        return not self.problem

    def _unpacked(self, part: bytes, room: int) -> bytes:
        """What a part holds, up to a byte more than there is room for; one stream may follow another."""
        found = b""
        while part and len(found) <= room:
            assert self._unpacker
            if self._unpacker.eof:
                if _cut_mark(part):
                    self._held = part
                    break
                if self._over or not part.startswith(_GZIP_MARK):
                    self._over = True  # what stands behind the end is not ours
                    break
                self._unpacker = _unpacker()
            found += self._unpacker.decompress(part, room + 1 - len(found))
            part = self._unpacker.unused_data
        return found

    def whole(self) -> bytes:
        """All of it; `problem` is set when a packed answer ended too early."""
        if self._packed and self._received and not (self._unpacker and self._unpacker.eof):
            self.problem = self.problem or "the answer was cut off"
        return self._whole.getvalue() or self._held


def _cut_mark(part: bytes) -> bool:
    return len(part) < len(_GZIP_MARK) and _GZIP_MARK.startswith(part)


def _unpacker() -> Decompress:
    """ISA-L's, which takes a third of zlib's time; imported when something comes packed."""
    from isal.isal_zlib import decompressobj

    return decompressobj(_GZIP)


def _too_large() -> str:
    return f"larger than {BODY_BYTES // 1_000_000} MB"
