"""The rules in force: the shipped ones with the reader's own laid over them, and how they are kept.

Knowledge with rules of a reader's own is compiled once for each edit and kept in the cache folder, where
it may be deleted at any time; what is damaged there, or of other texts, is made again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from dipread import __version__, data
from dipread.classify import (
    COMPILED,
    SOURCES,
    Knowledge,
    compile_knowledge,
    compile_text,
    digest,
    own_vocabulary,
    read_vocabulary,
)
from dipread.config import Paths, read_rules, replace_text
from dipread.model import Vocabulary

KEPT = 3
"""How many compiled copies the cache holds: of the rules now, and of some that were tried before."""


class Rulebook:
    """Shipped rules and a reader's own: `own` maps path to text of the files of rules.d, `cache` is the
    folder for compiled copies, none without.
    """

    def __init__(self, own: Mapping[str, str], cache: Path | None = None) -> None:
        self.own = dict(own)
        self._cache = cache

    @classmethod
    def of(cls, paths: Paths) -> Rulebook:
        """The rules of this reader; raises ConfigError when a file can't be read."""
        return cls(read_rules(paths), paths.cache)

    @cached_property
    def shipped(self) -> dict[str, str]:
        """The texts of the shipped files."""
        return {name: data.read(name) for name in SOURCES}

    @cached_property
    def edition(self) -> str:
        """Which shipped rules these are: a digest of their texts."""
        return digest(self.shipped)[:12]

    @cached_property
    def knowledge(self) -> Knowledge:
        """The rules, compiled; needed only to tag. Raises ConfigError."""
        if not self.own:
            return compile_knowledge({**self.shipped, COMPILED: data.read(COMPILED)})
        files = {**self.shipped, **self.own}
        if self._cache is None:
            return compile_knowledge(files)
        return compile_knowledge({**files, COMPILED: self._compiled(files, self._cache)})

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The names of countries, sectors, events and forums, the reader's own among them."""
        vocabulary = read_vocabulary(data.read("gazetteer.json"))
        return own_vocabulary(vocabulary, self.own) if self.own else vocabulary

    def with_file(self, path: str, text: str) -> Rulebook:
        """These rules with one file of the reader's own more, or with another text."""
        return Rulebook({**self.own, path: text}, None)

    def _compiled(self, files: Mapping[str, str], cache: Path) -> str:
        """The compiled text of these files, from the cache when it is sound."""
        place = cache / f"rules-{__version__}-{digest(files)[:12]}.json"
        with suppress(OSError, UnicodeDecodeError):  # what can't be read is made again
            seal, _, text = place.read_text(encoding="utf-8").partition("\n")
            if seal == _seal(text):
                return text
        text = compile_text(files)
        with suppress(OSError):  # a cache that can't be written to costs time, and nothing else
            cache.mkdir(mode=0o700, parents=True, exist_ok=True)
            replace_text(place, f"{_seal(text)}\n{text}")
            _forget_old(cache)
        return text


def _seal(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _forget_old(cache: Path) -> None:
    """Keep the newest copies only; another process may do the same at the same time."""
    copies = sorted(cache.glob("rules-*.json"), key=lambda each: each.stat().st_mtime)
    for old in copies[:-KEPT]:
        old.unlink(missing_ok=True)
