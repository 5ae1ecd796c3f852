"""Which of its countries a story is about: points for and against each, by where and how it is named."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from functools import cached_property
from typing import NamedTuple

from msgspec import Struct

from dipread.classify.document import Document
from dipread.classify.places import Mention
from dipread.model import Role

TOP = 20
"""A country named within so many characters of the text stands at its top: in a dateline, as subject."""

LIST = 3
"""With so many others in its sentence a country stands in a list."""

Named = Sequence[tuple[Mention, Role]]
"""The mentions of one country in reading order, with their roles."""

SIGNALS = (
    *("named", "alone", "title", "title_city", "title_only", "under_another"),
    *("top", "opening", "lead", "first_third", "second_third", "last_third"),
    *("twice", "thrice", "often", "again_and_again", "most"),
    *("listed", "city", "demonym", "dateline", "bureau", "venue", "company"),
    *("several", "many", "crowd", "story", "long_story"),
)
"""What may speak for or against a country."""

_BEFORE_FIRM = " \n-'<"
"""What stands between a place and the rest of a company's name."""

_OFTEN = ("twice", "thrice", "often", "again_and_again")
_TIMES = (0, 0, 1, 2, 3, 3, 4)
"""How many of these signals a country has that is named so many times."""
_CROWDED = ((5, "several"), (7, "many"), (10, "crowd"))
_THIRDS = ("first_third", "second_third", "last_third")
_LONG = ((80, "story"), (300, "long_story"))
"""How many countries, and how many words, a story has at least for these signals."""

_CITY = frozenset({"capital", "region"})
_ADJECTIVE = frozenset({"demonym"})
_REPORTED: frozenset[Role] = frozenset({"dateline"})
_ELSEWHERE: frozenset[Role] = frozenset({"venue", "dateline"})


class Together(NamedTuple):
    """What is asked of all countries of a story for each of them: where its text starts, how long it is, how often the most
    named one is named, which are named at the top, and which in the sentences of the lead, by number; and the
    signals that hold for all of them.
    """

    text_start: int
    length: int
    most: int
    on_top: frozenset[str]
    lead: Mapping[int, Set[str]]
    common: tuple[str, ...]

    @classmethod
    def of(cls, countries: Mapping[str, Named], document: Document) -> Together:
        """Look once."""
        start = document.folded.position(document.text_start)
        top, lead_end = start + TOP, document.lead_end
        on_top: set[str] = set()
        lead: dict[int, set[str]] = defaultdict(set)
        beyond = max(top, document.bounds(lead_end)[1])
        for code, named in countries.items():
            if named[0][0].start >= beyond:
                break
            for number, (mention, _) in enumerate(named):
                if mention.start >= beyond:
                    break
                if number < 3 and start <= mention.start < top:
                    on_top.add(code)
                lead[document.sentence(mention.start)].add(code)
        most = max(map(len, countries.values()), default=0)
        common = [signal for least, signal in _CROWDED if len(countries) >= least]
        common += [signal for least, signal in _LONG if document.words >= least]
        length = len(document.folded.text) - start
        return cls(start, length, most, frozenset(on_top), lead, tuple(common))


class Prominence(Struct, frozen=True, dict=True):
    """[about] of countries.toml: what each signal is worth, and what follows a place in a company's name,
    and the cities from which agencies cover a whole region.
    """

    points: Mapping[str, float]
    company: re.Pattern[str]
    bureaus: frozenset[str]

    @cached_property
    def _once(self) -> dict[tuple[object, ...], dict[tuple[object, ...], float]]:
        """What countries were worth that were named once: by what is the same for all of a story, then by what tells
        them apart.
        """
        return {}

    def about(self, countries: Mapping[str, Named], document: Document) -> frozenset[str]:
        """The codes of the countries that the story is about.

        Most are named once, below the lead, and little tells them apart: what one was worth is remembered.
        """
        together, lead_end = Together.of(countries, document), document.lead_end
        text_start, length, on_top = together.text_start, together.length, together.on_top
        known = self._known(countries, together)
        found = []
        for code, named in countries.items():
            mention, role = named[0]
            start = mention.start
            if len(named) > 1 or start < lead_end or role == "dateline" or code in on_top:
                worth = self._worth(code, named, countries, document, together)
            else:
                third = 3 * (start - text_start) // length
                seen = (mention.kind, role, third, self._is_company(mention, document))
                if seen in known:
                    worth = known[seen]
                else:
                    worth = self._worth(code, named, countries, document, together)
                    known[seen] = worth
            if worth > 0:
                found.append(code)
        return frozenset(found)

    def _known(
        self, countries: Mapping[str, Named], together: Together
    ) -> dict[tuple[object, ...], float]:
        """What countries were worth that were named once, in stories like this one."""
        story = (len(countries) == 1, not together.on_top, together.common)
        return self._once.setdefault(story, {})

    def _worth(
        self,
        code: str,
        named: Named,
        countries: Mapping[str, Named],
        document: Document,
        together: Together,
    ) -> float:
        """The points for a country less those against it."""
        title_end = document.title_end
        kinds: set[str] = set()
        roles: set[Role] = set()
        in_title = cities = 0
        for mention, role in named:
            kinds.add(mention.kind)
            roles.add(role)
            if mention.start < title_end:
                in_title += 1
                cities += mention.kind in _CITY
        told = ["named"]
        if len(countries) == 1:
            told.append("alone")
        if in_title:
            told.append("title")
            if cities == in_title:
                told.append("title_city")
        if in_title < len(named):
            first = named[in_title][0].start
            told.append(_place(first, together, document))
            if first < document.lead_end:
                beside = together.lead[document.sentence(first)]
                if len(beside) - (code in beside) >= LIST:
                    told.append("listed")
        else:
            told.append("title_only")
        if not in_title and len(together.on_top) > (code in together.on_top):
            told.append("under_another")
        if len(named) > 1:
            told += _OFTEN[: _TIMES[min(len(named), len(_TIMES) - 1)]]
            if len(named) >= together.most:
                told.append("most")
        if kinds <= _CITY:
            told.append("city")
        elif kinds == _ADJECTIVE:
            told.append("demonym")
        if roles == _REPORTED:
            told.append("dateline")
            if self._is_bureau(named, document) and self._has_lead(code, countries, document):
                told.append("bureau")
        elif roles <= _ELSEWHERE:
            told.append("venue")
        for mention, _ in named[in_title:] or named:
            if not self._is_company(mention, document):
                break
        else:
            told.append("company")
        told += together.common
        return sum(map(self.points.__getitem__, told))

    def _is_bureau(self, named: Named, document: Document) -> bool:
        text = document.folded.text
        return all(text[each.start : each.end] in self.bureaus for each, _ in named)

    def _has_lead(self, code: str, countries: Mapping[str, Named], document: Document) -> bool:
        """Whether the title or the opening names another country."""
        return any(
            role != "dateline" and mention.start < document.opening_end
            for other, named in countries.items()
            if other != code
            for mention, role in named
        )

    def _is_company(self, mention: Mention, document: Document) -> bool:
        original, folded = document.original, document.folded
        here, there = mention.start, mention.end
        if folded.turns:
            here, there = folded.span(here, there)
        if original[here - 1] == "<":
            return True
        return original[there] in _BEFORE_FIRM and self.company.match(original, there) is not None


def _place(first: int, together: Together, document: Document) -> str:
    """How far down the text a country is first named."""
    if first < together.text_start + TOP:
        return "top"
    if first < document.opening_end:
        return "opening"
    if first < document.lead_end:
        return "lead"
    return _THIRDS[3 * (first - together.text_start) // together.length]
