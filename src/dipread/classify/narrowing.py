"""Which stories can earn other tags once the rules have changed.

Two editions of the knowledge say the same of a story that holds no term which only one of them has, or
which says something else in the other. So only the stories that hold such a term are tagged anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ahocorasick_rs import AhoCorasick
from msgspec.structs import fields

from dipread.classify.automaton import Pattern
from dipread.classify.fold import fold
from dipread.classify.gates import Gating
from dipread.classify.knowledge import Knowledge
from dipread.classify.places import PlaceRules
from dipread.model import Story

_BY_TERM = {
    Knowledge: {"hash", "as_of", "people", "places", "gating", "lexicon", "_automata"},
    PlaceRules: {"decisions"},
    Gating: {"lets", "withdraw"},
}
"""What bears on the stories alone that hold certain terms; any other part may bear on every story."""


class Change:
    """What differs between two editions of the knowledge.

    `everywhere` says that any story may be touched; else only those that hold one of the changed terms.
    """

    def __init__(self, before: Knowledge, after: Knowledge) -> None:
        self.everywhere = not _alike(before, after)
        texts = set() if self.everywhere else set(_changed_texts(before, after))
        self._search = AhoCorasick(sorted(texts)) if texts else None

    def touches(self, story: Story) -> bool:
        """Whether the story's tags may differ."""
        if self.everywhere:
            return True
        if self._search is None:
            return False
        text = fold(f" {story.title}\n\n{story.text} ").text
        return bool(self._search.find_matches_as_indexes(text))


def _alike(before: Knowledge, after: Knowledge) -> bool:
    """Whether the two differ only in what hangs on terms."""
    return all(
        getattr(old, part.name) == getattr(new, part.name)
        for of, old, new in (
            (Knowledge, before, after),
            (PlaceRules, before.places, after.places),
            (Gating, before.gating, after.gating),
        )
        for part in fields(of)
        if part.name not in _BY_TERM[of]
    )


def _changed_texts(before: Knowledge, after: Knowledge) -> Iterator[str]:
    """Folded texts, one of which stands in every story that the change may bear on."""
    yield from _differing(before.places.decisions, after.places.decisions)
    codes = {
        *_differing(before.people, after.people),
        *(f"gate:{each}" for each in _differing(before.gating.lets, after.gating.lets)),
        *(before.gating.withdraw ^ after.gating.withdraw),
    }
    for language in before.languages:
        old, new = _patterns(before, language), _patterns(after, language)
        yield from _differing(old, new)
        if codes:
            for text, pattern in (*old.items(), *new.items()):
                senses = (*pattern.plain, *(sense for _, sense in pattern.looked))
                if any(sense.code in codes for sense in senses):
                    yield text


def _patterns(knowledge: Knowledge, language: str) -> dict[str, Pattern]:
    texts, saying = knowledge.lexicon(language)
    return {text: saying(number) for number, text in enumerate(texts)}


def _differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
    """The keys that only one has, or that stand for something else in the other."""
    return {
        key for key in before.keys() | after.keys() if before.get(key, None) != after.get(key, None)
    }
