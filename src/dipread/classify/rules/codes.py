"""The codes that rules name one another by, and what was meant by one that does not exist."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, get_args

from msgspec import Struct

from dipread.classify.rules.kinds import KINDS
from dipread.model import Role
from dipread.text.near import nearest

Wrong = tuple[str, str]
"""What is wrong, and what to do about it."""

PLACES = ("name", "demonym", "capital", "region", "metonym", "suffix", "historic_adjective")
"""The sorts of places that a shape may ask for."""


class Codes(Struct, frozen=True):
    """The codes that exist, by kind: countries, languages, sectors, people, ..."""

    by_kind: Mapping[str, Collection[str]]

    @classmethod
    def of(
        cls,
        shipped: Mapping[str, Mapping[str, Any]],
        own: Iterable[Mapping[str, Any]],
        countries: Collection[str],
    ) -> Codes:
        """The codes of the shipped tables and of a user's own."""
        found: dict[str, set[str]] = {}
        for kind, of in KINDS.items():
            tables = [shipped[of.home], *own]
            listed = [each for table in tables for each in table.get(kind, ())]
            found[kind] = {str(each.get(of.names)) for each in listed if isinstance(each, dict)}
        found["forum"] |= found["group"]
        return cls({**found, "country": countries, "language": [*shipped["languages.toml"]]})

    def wrong(self, kind: str, key: str, value: Any) -> Iterator[tuple[str, Wrong]]:
        """The codes in the value of a key that do not exist: the text of a list that holds each, or
        nothing where the value is no list.
        """
        match kind, key:
            case ("gate", "lets"):
                yield from self._among(value, self._not_a_theme)
            case ("forum" | "group", "members"):
                for each in value.split():
                    yield from _told(self.missing("country", each))
            case ("person", "of") | ("mask" | "shape", "country"):
                yield from _told(self._not_one(value) if value else None)
            case ("ambiguous", "otherwise"):
                yield from _told(self._not_a_place(value))
            case ("person", "since" | "until"):
                yield from _told(not_a_day(value) if value else None)
            case ("ambiguous", "rule"):
                for each in value:
                    yield from _told(self._not_a_place(str(each.get("then", ""))))
            case ("ambiguous", "langs"):
                yield from self._among(value, lambda each: self.missing("language", each))
            case ("shape", "places"):
                yield from self._among(value, _not_a_sort)
            case ("example", "must" | "must_not"):
                yield from self._among(value, self._not_a_label)

    def missing(self, kind: str, code: str) -> Wrong | None:
        """What is wrong with a code, None when it exists."""
        known = self.by_kind[kind]
        if code in known:
            return None
        return f"there is no {kind} {code!r}", meant(code, known, f"Write one of the {kind} codes")

    def _not_a_place(self, code: str) -> Wrong | None:
        """What is wrong with what a place stands for: countries joined by +, or `forum:id`."""
        several = map(self._not_one, code.split("+") if code else ())
        return next(filter(None, several), None)

    def _not_one(self, code: str) -> Wrong | None:
        """What is wrong with the code of one country, or `forum:id`."""
        kind, _, name = code.rpartition(":")
        return self.missing("forum" if kind == "forum" else "country", name)

    def _not_a_theme(self, code: str) -> Wrong | None:
        """What is wrong with the code of a sector or an event."""
        return None if code in self.by_kind["event"] else self.missing("sector", code)

    def _not_a_label(self, label: str) -> Wrong | None:
        kind, _, code = label.partition(":")
        if kind == "country":
            country, _, role = code.partition(".")
            return self.missing(kind, country) or (_not_a_role(role) if role else None)
        if kind == "event":
            return self.missing(kind, code.partition(".")[0])
        if kind == "about":
            return self.missing("country", code)
        if kind == "pair":
            ends = (self.missing("country", each) for each in code.split("-"))
            return next(filter(None, ends), None)
        if kind in ("sector", "forum", "gate", "person"):
            return self.missing(kind, code)
        if kind == "commitment":
            return None
        return f"{label!r} is no label", "Write kind:code, such as sector:trade or country:JP."

    def _among(
        self, texts: Iterable[str], wrong: Callable[[str], Wrong | None]
    ) -> Iterator[tuple[str, Wrong]]:
        for each in texts:
            said = wrong(each)
            if said:
                yield each, said


def _told(wrong: Wrong | None) -> Iterator[tuple[str, Wrong]]:
    if wrong:
        yield "", wrong


def _not_a_role(role: str) -> Wrong | None:
    roles = get_args(Role)
    if role in roles:
        return None
    return f"there is no role {role!r}", meant(role, roles, f"Roles are {', '.join(roles)}")


def _not_a_sort(place: str) -> Wrong | None:
    if place in PLACES:
        return None
    return f"there are no places of the sort {place!r}", meant(
        place, PLACES, f"Sorts are {', '.join(PLACES)}"
    )


def not_a_day(value: Any) -> Wrong | None:
    """What is wrong with a date, None when it is one."""
    try:
        date.fromisoformat(value)
    except (TypeError, ValueError):
        return f"{value!r} is no date", 'Write it as "2026-11-30".'
    return None


def meant(word: str, known: Collection[str], otherwise: str) -> str:
    """A hint: the known word that is nearest, else something `otherwise`."""
    near = nearest(word, known)
    return f"Did you mean {near[0]!r}?" if near else f"{otherwise}."
