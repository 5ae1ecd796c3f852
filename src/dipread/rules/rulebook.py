"""The rules in force: the shipped ones with the reader's own laid over them, and how they are kept.

Knowledge with rules of a reader's own is compiled once for each edit and kept in the cache folder, where
it may be deleted at any time; what is damaged there, or of other texts, is made again. The classifier is
imported where it is used: a refresh names the rules in this process, and tags in others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dipread import __version__, data
from dipread.config import Paths, read_rules, read_text, replace_text, rules_folder
from dipread.errors import ConfigError, DipreadError, UsageError
from dipread.model import Vocabulary
from dipread.query.names import read_vocabulary

if TYPE_CHECKING:
    from dipread.classify import Knowledge

Tables = Mapping[str, Any]

KEPT = 3
"""How many compiled copies the cache holds: of the rules now, and of some that were tried before."""


FRESH = 365
"""How many days the list of office-holders may be old."""


class Rulebook:
    """Shipped rules and a reader's own: `own` maps path to text of the files of `folder` (rules.d),
    `cache` is the folder for compiled copies, none without.
    """

    def __init__(
        self, own: Mapping[str, str], cache: Path | None = None, folder: Path = Path()
    ) -> None:
        self.own = dict(own)
        self.folder = folder
        self._cache = cache

    @classmethod
    def of(cls, paths: Paths) -> Rulebook:
        """The rules of this reader; raises ConfigError when a file can't be read."""
        return cls(read_rules(paths), paths.cache, rules_folder(paths))

    @cached_property
    def shipped(self) -> dict[str, str]:
        """The texts of the shipped files."""
        from dipread.classify import SOURCES

        return {name: data.read(name) for name in SOURCES}

    @cached_property
    def edition(self) -> str:
        """Which shipped rules these are: a digest of their texts."""
        from dipread.classify import digest

        return digest(self.shipped)[:12]

    @cached_property
    def knowledge(self) -> Knowledge:
        """The rules, compiled; needed only to tag. Raises ConfigError."""
        from dipread.classify import COMPILED, compile_knowledge

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
        if not self.own:
            return vocabulary
        from dipread.classify import own_vocabulary

        return own_vocabulary(vocabulary, self.own)

    def tables(self) -> tuple[dict[str, Tables], dict[str, Tables]]:
        """The parsed files, shipped and the reader's own, by name; raises ConfigError."""
        from dipread.classify.sources import read_toml

        shipped, own = (
            {name: read_toml(name, text) for name, text in texts.items() if name.endswith(".toml")}
            for texts in (self.shipped, self.own)
        )
        return shipped, own

    def with_own(self, own: Mapping[str, str]) -> Rulebook:
        """The shipped rules with these of the reader's own, as they once were."""
        return Rulebook(own, self._cache, self.folder)

    def with_file(self, path: str, text: str) -> Rulebook:
        """These rules with one file of the reader's own more, or with another text."""
        return Rulebook({**self.own, path: text}, None, self.folder)

    def place_of(self, file: Path) -> Path:
        """Where a file stands once it is applied; raises UsageError for a name that is not read there."""
        if file.suffix != ".toml":
            raise UsageError(f"{file}: a file of rules is called NAME.toml", "Rename it.")
        return self.folder / file.name

    def trying(self, file: Path) -> Rulebook:
        """These rules once a file is applied: it is added, or stands for the one of its name."""
        return self.with_file(str(self.place_of(file)), read_text(file))

    def apply(self, file: Path) -> Path:
        """Put a file among the reader's rules, whole or not at all; the one before it stays as NAME.toml.bak.

        Gives its place. Raises DipreadError when it can't be written.
        """
        place, text = self.place_of(file), read_text(file)
        before = self.own.get(str(place))
        try:
            place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if before is not None and before != text:
                replace_text(place.with_name(f"{place.name}.bak"), before)
            replace_text(place, text)
        except OSError as fault:
            raise _unwritable(place, fault) from None
        return place

    def exchange(self, name: str, before: str | None, after: str | None) -> None:
        """Have a file of the reader's rules say something else, None for no file; nothing when it does already.

        Raises DipreadError when it was changed by hand since, or can't be written.
        """
        place = self.folder / name
        now = read_text(place) if place.exists() else None
        if now == after:
            return
        if now != before:
            raise ConfigError(
                f"{place}: has been changed by hand since", "The file was left as it is."
            )
        try:
            if after is None:
                place.unlink()
            else:
                replace_text(place, after)
        except OSError as fault:
            raise _unwritable(place, fault) from None

    def outdated(self, today: date) -> str:
        """What to say when the office-holders were last looked over long ago; empty when they were not."""
        as_of = self.knowledge.as_of
        if not as_of or (today - date.fromisoformat(as_of)).days <= FRESH:
            return ""
        return (
            f"the office-holders are as of {as_of}: see dipread rules list person,"
            ' write who has changed into rules.d, and as_of = "YYYY-MM-DD" above it'
        )

    def _compiled(self, files: Mapping[str, str], cache: Path) -> str:
        """The compiled text of these files, from the cache when it is sound.

        Its name changes with the files and with how things are compiled, as the shipped copy tells.
        """
        from dipread.classify import COMPILED, compile_text, digest

        name = _seal(digest(files) + data.read(COMPILED))[:12]
        place = cache / f"rules-{__version__}-{name}.json"
        with suppress(OSError, UnicodeDecodeError):  # what can't be read is made again
            seal, _, text = place.read_bytes().decode().partition("\n")
            if seal == _seal(text):
                return text
        text = compile_text(files)
        with suppress(OSError):  # a cache that can't be written to costs time, and nothing else
            cache.mkdir(mode=0o700, parents=True, exist_ok=True)
            replace_text(place, f"{_seal(text)}\n{text}")
            _forget_old(cache)
        return text


def _unwritable(place: Path, fault: OSError) -> DipreadError:
    return DipreadError(
        f"{place}: can't be written: {fault.strerror}", "Check the folder's permissions."
    )


def _seal(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _forget_old(cache: Path) -> None:
    """Keep the newest copies only; another process may do the same at the same time."""
    copies = sorted(cache.glob("rules-*.json"), key=lambda each: each.stat().st_mtime)
    for old in copies[:-KEPT]:
        old.unlink(missing_ok=True)
