"""What may follow what has been typed: fields, then their values, with how many stories each gives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct, field

from dipread.model import Vocabulary
from dipread.query.fields import FIELDS, GROUP, KINDS, ORDERS, STATES, THINGS
from dipread.text.folding import fold_name

MOST = 12
_TYPED = re.compile(
    r'(?:^|[\s(|])-?(?:(?P<name>[A-Za-z]+):(?:(?:"[^"]*"|[^\s",()|]+),)*)?(?P<value>"[^"]*|[^\s"(),|:]*)$'
)
_FEW: Mapping[str, Sequence[str]] = {
    "is": STATES,
    "has": THINGS,
    "kind": KINDS,
    "sort": ORDERS,
    "since": ("today", "1d", "3d", "7d", "30d", "1y"),
    "until": ("today", "yesterday"),
    "date": ("today", "yesterday", "7d", "30d"),
    "fetched": ("today", "1d", "7d"),
    "conf": (">=0.5", ">=0.7", ">=0.9"),
}
_CODED = {
    "country": "country",
    "about": "country",
    "from": "country",
    "sector": "sector",
    "event": "event",
    "forum": "forum",
    "gate": "gate",
    "commitment": "commitment",
}
_BARE = ("country", "sector", "event", "forum")


class Candidate(NamedTuple):
    """What to put in place of what was typed, what to call it, and how many stories it gives, if counted."""

    text: str
    label: str
    stories: int | None = None


class Completion(NamedTuple):
    """The candidates for the characters from `start` to `end` of the query, best first."""

    start: int
    end: int
    candidates: tuple[Candidate, ...]


class Known(Struct, frozen=True):
    """What there is to complete with: names of codes, counts by kind and code, and texts by field.

    `texts` holds the titles of feeds, names of views, own tags, persons: what only the archive knows.
    """

    vocabulary: Vocabulary
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    texts: Mapping[str, Sequence[str]] = field(default_factory=dict)


def complete(text: str, at: int, known: Known) -> Completion:
    """What may stand where the cursor is, `at` characters into the query.

    >>> complete("is:un", 5, Known(Vocabulary({}, {}))).candidates
    (Candidate(text='is:unread', label='unread', stories=None),)
    """
    found = _TYPED.search(text[:at])
    if found is None:
        return Completion(at, at, ())
    name, value = (found["name"] or "").lower(), found["value"]
    typed = fold_name(value.lstrip('"'))
    if not name:
        candidates: Iterable[Candidate] = _bare(value, typed, known) if typed else ()
        return Completion(found.start("value"), at, _best(candidates))
    if name not in FIELDS:
        return Completion(at, at, ())
    # The whole `field:` is replaced, so that what is offered can be read by itself.
    before = text[found.start("name") : found.start("value")]
    candidates = (
        Candidate(before + each.text, each.label, each.stories)
        for each in _values(name, typed, value, known)
    )
    return Completion(found.start("name"), at, _best(candidates))


def _bare(value: str, typed: str, known: Known) -> Iterator[Candidate]:
    for asked in FIELDS.values():
        if asked.name.startswith(value.lower()):
            yield Candidate(f"{asked.name}:", asked.says)
    for name in _BARE:
        for each in _coded(name, typed, known):
            yield Candidate(f"{name}:{each.text}", each.label, each.stories)


def _values(name: str, typed: str, value: str, known: Known) -> Iterator[Candidate]:
    if name in _CODED:
        yield from _coded(name, typed, known)
    if name in ("country", "about", "from", "pair"):
        wanted = fold_name(value.lstrip(GROUP))
        for code in sorted(known.vocabulary.labels.get("members", {})):
            label = known.vocabulary.label("forum", code)
            if fold_name(code).startswith(wanted) or fold_name(label).startswith(wanted):
                yield Candidate(GROUP + code, f"the countries of {label}")
    if name == "pair":
        yield from _pairs(typed, known)
    for each in _FEW.get(name, ()):
        if each.startswith(value.lower()):
            yield Candidate(each, each)
    for each in known.texts.get(name, ()):
        if any(word.startswith(typed) for word in _beginnings(fold_name(each))):
            yield Candidate(_quoted(each), each, known.counts.get(name, {}).get(each))


def _coded(name: str, typed: str, known: Known) -> Iterator[Candidate]:
    """The codes of a field that are called so, in whatever language; the most told of first."""
    kind = _CODED[name]
    aliases = known.vocabulary.codes.get(kind, {})
    codes = dict.fromkeys(code for alias, code in aliases.items() if alias.startswith(typed))
    counts = known.counts.get(kind, {})
    exact = aliases.get(typed)
    for code in sorted(codes, key=lambda code: (code != exact, -counts.get(code, 0), code)):
        yield Candidate(code, known.vocabulary.label(kind, code), counts.get(code, 0))


def _pairs(typed: str, known: Known) -> Iterator[Candidate]:
    for code, count in known.counts.get("pair", {}).items():
        label = known.vocabulary.label("pair", code)
        sides = (code.lower(), *(fold_name(side) for side in label.split("–")))
        if any(side.startswith(typed) for side in sides):
            yield Candidate(code, label, count)


def _beginnings(name: str) -> Iterator[str]:
    """The name, and what is left of it from each of its words on."""
    yield name
    yield from (name[found.end() :] for found in re.finditer(r"\s+", name))


def _quoted(text: str) -> str:
    return f'"{text}"' if re.search(r"[\s,()|]", text) else text


def _best(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """The first of them; what gives no story goes to the end."""
    kept = sorted(dict.fromkeys(candidates), key=lambda each: each.stories == 0)
    return tuple(kept[:MOST])
