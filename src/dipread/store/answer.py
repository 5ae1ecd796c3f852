"""A query answered: which stories it finds, as a bitmap."""

from __future__ import annotations

import heapq
import operator
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from math import ceil

from pyroaring import BitMap

from dipread.model import And, Has, Not, Or, Query, Words
from dipread.store.catalogue import DAY, Catalogue
from dipread.store.codec import unpack_text
from dipread.store.connection import Connection
from dipread.store.search import expression, streamed
from dipread.store.tables import asked_of_tables, sought
from dipread.text.folding import fold_name
from dipread.text.pattern import is_pattern, matcher
from dipread.text.span import span

_SHELVES = {"country", "about", "sector", "event", "forum", "gate", "commitment"}
_THINGS = {"country", "pair", "sector", "event", "forum", "person", "commitment"}


class Answering:
    """Answers queries from the catalogue, the index of words and, where they do not know, the tables.

    The catalogue's lock must be held: answers are bitmaps of their own, but they are made of its.
    """

    def __init__(self, archive: Connection, catalogue: Catalogue, now: datetime) -> None:
        self._archive = archive
        self._catalogue = catalogue
        self._now = now

    def answer(self, query: Query, within: BitMap | None = None) -> BitMap:
        """The stories that match; of those `within` only, when the others are of no interest."""
        if isinstance(query, Words | And | Or) and (asked := expression(query)):
            return self._catalogue.words(asked, self._archive)
        match query:
            case And(of):
                return self._all(of, within)
            case Or(of):
                return BitMap.union(BitMap(), *(self.answer(each, within) for each in of))
            case Not(of):
                return (self._every() if within is None else within) - self.answer(of, within)
            case Has():
                return self._has(query, within)
            case Words():
                return self._every()  # no letter, nothing to look for

    def newest(self, query: Query, count: int) -> list[int] | None:
        """The newest stories of a query with words, without looking at all that hold them.

        Stories come in soon after they are published, so the newest are among the last: the index of
        words is read from its end until no earlier story can be newer. None for any other query.
        """
        parts = query.of if isinstance(query, And) else (query,)
        words = [each for each in parts if expression(each)]
        rest = tuple(each for each in parts if not expression(each))
        if not words or any(map(is_dear, rest)):
            return None
        among = self.answer(And(rest)) if rest else self._every()
        times = self._catalogue.times
        found: list[tuple[int, int]] = []
        for story in streamed(self._archive, And(tuple(words))):
            if len(found) == count and found[0][0] > self._catalogue.latest_up_to(story):
                break
            if story in among:
                push = heapq.heappush if len(found) < count else heapq.heappushpop
                push(found, (times[story], story))
        return [story for _, story in sorted(found, reverse=True)]

    def _every(self) -> BitMap:
        return self._catalogue.every(self._archive)

    def _all(self, parts: tuple[Query, ...], within: BitMap | None) -> BitMap:
        """What holds for all parts; the cheap ones first, so that the dear ones have little to look at."""
        words = [each for each in parts if expression(each)]
        others = [each for each in parts if not expression(each)]
        joined: list[Query] = [And(tuple(words))] if words else []
        found = within
        for part in sorted([*others, *joined], key=_cost):
            if isinstance(part, Not):
                found = (self._every() if found is None else found) - self.answer(part.of, found)
            else:
                told = self.answer(part, found)
                found = told.copy() if found is None else found & told
            if not found:
                break
        return self._every().copy() if found is None else found

    def _has(self, asked: Has, within: BitMap | None) -> BitMap:
        match asked.field:
            case "sort" | "limit":
                return self._every()
            case "is":
                return self._union(self._state(value, within) for value in asked.values)
            case "has":
                return self._union(self._thing(value, within) for value in asked.values)
            case "pair":
                return self._union(self._pairs(value) for value in asked.values)
            case "feed" | "from" | "kind":
                return self._codes("feed", self._feeds(asked))
            case "person":
                return self._codes("person", self._people(asked.values))
            case "conf":
                return self._codes("sure", self._certain(asked.values))
            case "lang":
                return self._codes("lang", self._languages(asked.values))
            case "since" | "until" | "date":
                return self._union(self._between(asked.field, value) for value in asked.values)
            case "title" | "body":
                return self._union(self._worded(asked.field, v, within) for v in asked.values)
            case shelf if shelf in _SHELVES:
                return self._codes(shelf, asked.values)
            case _:
                told = asked_of_tables(asked, self._archive, self._now, within)
                return told & self._every()

    # ------------------------------------------------------------------------------- from the shelves

    @staticmethod
    def _union(found: Iterable[BitMap]) -> BitMap:
        return BitMap.union(BitMap(), *found)

    def _codes(self, shelf: str, codes: Iterable[str]) -> BitMap:
        held = self._catalogue.shelf(shelf, self._archive)
        return self._union(held[code] for code in codes if code in held)

    def _state(self, state: str, within: BitMap | None) -> BitMap:
        if state == "unread":
            return self._every() - self._codes("state", ("read",))
        if state in ("orphan", "brief"):
            return asked_of_tables(Has("is", (state,)), self._archive, self._now, within)
        return self._codes("state", (state,))

    def _thing(self, thing: str, within: BitMap | None) -> BitMap:
        if thing in _THINGS:
            return self._union(self._catalogue.shelf(thing, self._archive).values())
        if thing == "note":
            return self._codes("state", ("annotated",))
        return asked_of_tables(Has("has", (thing,)), self._archive, self._now, within)

    def _pairs(self, value: str) -> BitMap:
        """One pair, or every pair of one country."""
        held = self._catalogue.shelf("pair", self._archive)
        if "-" in value:
            return held.get(value, BitMap())
        return self._union(stories for code, stories in held.items() if value in code.split("-"))

    def _people(self, names: Iterable[str]) -> list[str]:
        wanted = [sought(name) for name in names]
        known = self._catalogue.shelf("person", self._archive)
        return [code for code in known if any(name in fold_name(code) for name in wanted)]

    def _languages(self, codes: Iterable[str]) -> list[str]:
        known = self._catalogue.shelf("lang", self._archive)
        asked = tuple(codes)
        return [each for each in known if each in asked or each.partition("-")[0] in asked]

    def _certain(self, shares: Iterable[str]) -> list[str]:
        """The certainties, in hundredths, that any of the shares takes in."""
        known = self._catalogue.shelf("sure", self._archive)
        tests = [(_COMPARED[s.rstrip("0123456789.")], float(s.lstrip("<>="))) for s in shares]
        return [each for each in known if any(holds(float(each), share) for holds, share in tests)]

    def _feeds(self, asked: Has) -> list[str]:
        """The numbers of the feeds meant: of that very title, else with the words in title or publisher."""
        rows = self._archive.rows("SELECT id, title, publisher, country, kind FROM feeds")
        if asked.field in ("from", "kind"):
            place = 3 if asked.field == "from" else 4
            return [str(row[0]) for row in rows if row[place] in asked.values]
        found: list[str] = []
        for value in map(sought, asked.values):
            same = [row for row in rows if fold_name(row[1]) == value]
            like = [row for row in rows if value in fold_name(row[1]) or value in fold_name(row[2])]
            found += [str(row[0]) for row in same or like]
        return found

    # ----------------------------------------------------------------------------------- from the text

    def _worded(self, name: str, value: str, within: BitMap | None) -> BitMap:
        """Words or a pattern in the headline or the text."""
        if not is_pattern(value):
            asked = expression(Has(name, (value,)))
            return self._catalogue.words(asked, self._archive) if asked else self._every()
        matches = matcher(value)
        found = BitMap()
        column = "r.title" if name == "title" else "r.text"
        sql = f"SELECT s.id, {column} FROM stories s JOIN revisions r ON r.id = s.revision"
        numbers = (self._every() if within is None else within).to_array()
        for at in range(0, len(numbers), 500):
            some = ", ".join(map(str, numbers[at : at + 500]))
            rows = self._archive.rows(f"{sql} WHERE s.id IN ({some})")
            found.update(story for story, text in rows if matches(unpack_text(text)))
        return found

    # ------------------------------------------------------------------------------------- by the time

    def _between(self, name: str, value: str) -> BitMap:
        """The stories shown in a stretch of time: whole days by their bitmaps, the edges one by one."""
        start, end = span(value, self._now)
        if name == "since":
            end = None
        elif name == "until":
            start, end = None, (start if end is None else end)
        first = ceil(start.timestamp()) if start else None
        last = ceil(end.timestamp()) if end else None
        days = self._catalogue.shelf("day", self._archive)
        times = self._catalogue.times
        whole: list[BitMap] = []
        for code, stories in days.items():
            begins = int(code) * DAY
            if (first is not None and begins + DAY <= first) or (
                last is not None and begins >= last
            ):
                continue
            if (first is None or begins >= first) and (last is None or begins + DAY <= last):
                whole.append(stories)
            else:
                whole.append(
                    BitMap(
                        each
                        for each in stories
                        if (first is None or times[each] >= first)
                        and (last is None or times[each] < last)
                    )
                )
        return self._union(whole)


_COMPARED: Mapping[str, Callable[[float, float], bool]] = {
    ">=": operator.ge,
    ">": operator.gt,
    "<=": operator.le,
    "<": operator.lt,
    "=": operator.eq,
}
_SHELVED, _WORDS, _DEAR = 0, 1, 2


def is_dear(query: Query) -> bool:
    """Whether a part of the query has to be looked for story by story."""
    return _cost(query) == _DEAR


def _cost(query: Query) -> int:
    """How dear a part is to answer: from bitmaps, from the index of words, or story by story."""
    match query:
        case Not(of):
            return _cost(of)
        case And(of) | Or(of):
            return max(map(_cost, of), default=_SHELVED) if expression(query) is None else _WORDS
        case Words():
            return _WORDS if expression(query) else _SHELVED
        case Has("title" | "body", values):
            return _DEAR if any(map(is_pattern, values)) else _WORDS
        case Has("rule" | "note" | "tag" | "fetched"):
            return _DEAR
        case Has("is", values):
            return _DEAR if {"orphan", "brief"} & {*values} else _SHELVED
        case _:
            return _SHELVED
