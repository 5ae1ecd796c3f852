"""What the list says when it has nothing to show."""

from __future__ import annotations

from collections.abc import Sequence

from dipread.model import And, Query
from dipread.model.question import clauses
from dipread.query import print_query
from dipread.store import Store
from dipread.text.plural import plural

_CLAUSES_TRIED = 5


def welcome(feeds: int) -> Sequence[str]:
    """For an archive without a single story."""
    return (
        "No stories yet.",
        "",
        f"R   fetch {plural(feeds, 'feed')}; you can read meanwhile",
        "4   the list of feeds: add yours, take others off",
        "?   all keys",
        "q   quit",
        "",
        "Nothing is sent anywhere but to these feeds.",
    )


def no_match(store: Store, asked: Query) -> Sequence[str]:
    """For a query that no story matches: what each of its clauses costs."""
    parts = clauses(asked)
    lines = ["No story has all of this." if len(parts) > 1 else "No story has this."]
    if 1 < len(parts) <= _CLAUSES_TRIED:
        for number, part in enumerate(parts):
            rest = tuple(each for place, each in enumerate(parts) if place != number)
            found = len(store.stories.find(And(rest)))
            lines.append(f"Without {print_query(part)}: {plural(found, 'story', 'stories')}")
    return (*lines, "", "Backspace drops the last part, u takes back the last change")
