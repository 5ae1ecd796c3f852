"""Finding a filter by a few letters of any of its names: pure, in order of how well they match."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from msgspec import Struct

from dipread.model import Query, Vocabulary
from dipread.query import choice
from dipread.query.names import Known
from dipread.text.folding import fold_name

Stands = Literal["in", "out", ""]
AGES = (
    ("1d", "last 24 hours"),
    ("3d", "last 3 days"),
    ("7d", "last week"),
    ("30d", "last month"),
    ("90d", "last quarter"),
    ("1y", "last year"),
)


class Name(NamedTuple):
    """Something a value is called: folded and without blanks to compare, and as it is shown."""

    folded: str
    shown: str


class Entry(Struct, frozen=True):
    """A value to filter by: its name, how many stories it would give, and what else it is called."""

    code: str
    label: str
    folded: str
    stories: int
    about: str = ""
    names: tuple[Name, ...] = ()


class Match(NamedTuple):
    """An entry that was found; `also` is the other name it was found by, empty when by its own."""

    entry: Entry
    stands: Stands
    also: str = ""


Spellings = Mapping[str, tuple[Name, ...]]


def spellings(kind: str, vocabulary: Vocabulary, known: Mapping[str, Known]) -> Spellings:
    """Everything that the values of a kind are called, by their codes. Thousands: made once for a kind."""
    names: dict[str, dict[str, Name]] = {}
    if kind == "country":
        for code, of in known.items():
            names[code] = {each: Name(_compact(each), each) for each in of.names}
    for name, code in vocabulary.codes.get(kind, {}).items():
        names.setdefault(code, {}).setdefault(name, Name(_compact(name), name))
    return {code: tuple(by_name.values()) for code, by_name in names.items()}


def entries(
    kind: str,
    counts: Mapping[str, int],
    vocabulary: Vocabulary,
    known: Mapping[str, Known],
    names: Spellings,
) -> list[Entry]:
    """All values of a kind, those with most stories first, then by name."""
    if kind == "since":
        return [Entry(age, words, words, counts.get(age, 0), f"since:{age}") for age, words in AGES]
    codes = {**dict.fromkeys(vocabulary.labels.get(kind, {}), 0), **counts}
    made = []
    for code, stories in codes.items():
        label = vocabulary.short(kind, code)
        about = (
            " · ".join((code, *known[code].shown)) if kind == "country" and code in known else ""
        )
        made.append(Entry(code, label, fold_name(label), stories, about, names.get(code, ())))
    return sorted(made, key=lambda each: (-each.stories, each.folded))


def matching(found: Iterable[Entry], kind: str, wanted: str, query: Query) -> list[Match]:
    """The entries that are called something like it, the best first; all when nothing is wanted.

    What is chosen already stands above the others.
    """
    text = _compact(wanted)
    ranked: list[tuple[bool, int, int, Match]] = []
    for place, each in enumerate(found):
        rank, also = _rank(each, text)
        if rank < _NONE:
            stands = choice(query, kind, each.code)
            ranked.append((not stands, rank, place, Match(each, stands, also)))
    ranked.sort(key=lambda each: each[:3])
    return [match for *_, match in ranked]


def _compact(name: str) -> str:
    return fold_name(name).replace(" ", "")


_NONE = 9


def _rank(entry: Entry, text: str) -> tuple[int, str]:
    """How well an entry matches letters without blanks, 0 best, and the other name that it matches by."""
    label = entry.folded.replace(" ", "")
    if not text or text in (entry.code.casefold(), label):
        return 0, ""
    if label.startswith(text):
        return 1, ""
    if any(word.startswith(text) for word in entry.folded.split()):
        return 2, ""
    long = len(text) > 2
    found: list[tuple[int, str]] = [(_NONE, "")]
    for name, shown in entry.names:
        if name.startswith(text):
            found.append((2 if name == text else 3, shown))
        elif long and text in name:
            found.append((5, shown))
        elif long and _in_order(text, name):
            found.append((7, shown))
    if long and text in label:
        found.append((4, ""))
    elif long and _in_order(text, label):
        found.append((6, ""))
    return min(found, key=lambda each: each[0])


def _in_order(text: str, label: str) -> bool:
    """Whether the letters come in this order, beginning with the first.

    >>> _in_order("untdst", "unitedstates"), _in_order("sat", "unitedstates")
    (True, False)
    """
    if not label.startswith(text[:1]):
        return False
    letters = iter(label)
    return all(letter in letters for letter in text)


def places(label: str, wanted: str) -> Sequence[int]:
    """Which characters of a label to mark: those that were typed, in one piece or in order.

    >>> places("Ghana", "gha"), places("United States", "untd")
    ([0, 1, 2], [0, 1, 3, 5])
    """
    low, text = label.casefold(), wanted.casefold().strip()
    if not text or len(low) != len(label):
        return []
    start = low.find(text)
    if start >= 0:
        return list(range(start, start + len(text)))
    found, at = [], 0
    for letter in text.replace(" ", ""):
        at = low.find(letter, at)
        if at < 0:
            return []
        found.append(at)
        at += 1
    return found
