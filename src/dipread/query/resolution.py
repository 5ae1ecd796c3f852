"""From what a reader asks to what the archive is asked: saved views and groups spelled out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from msgspec.structs import replace

from dipread.errors import QueryError
from dipread.model import And, Has, Not, Or, Query, Vocabulary
from dipread.query.fields import GROUP

Views = Callable[[], Mapping[str, Query]]
"""What each saved view asks, by its name; called only when a query names one."""


def resolve(
    query: Query, vocabulary: Vocabulary, views: Views, inside: tuple[str, ...] = ()
) -> Query:
    """The query with every `view:` replaced by what it asks, and every `@group` by its members.

    Raises QueryError for a view that does not exist, and for views that ask for one another.
    """
    match query:
        case And(of) | Or(of):
            return replace(query, of=tuple(resolve(each, vocabulary, views, inside) for each in of))
        case Not(of):
            return Not(resolve(of, vocabulary, views, inside))
        case Has("view", names):
            asked = tuple(
                resolve(_view(name, views, inside), vocabulary, views, (*inside, name.casefold()))
                for name in names
            )
            return asked[0] if len(asked) == 1 else Or(asked)
        case Has(name, values) if any(GROUP in value for value in values):
            spelled = dict.fromkeys(
                each for value in values for each in _spelled(name, value, vocabulary)
            )
            return Has(name, tuple(spelled))
        case _:
            return query


def _view(name: str, views: Views, inside: tuple[str, ...]) -> Query:
    saved = views()
    known = {each.casefold(): each for each in saved}
    found = known.get(name.casefold())
    if found is None:
        listed = ", ".join(sorted(saved))
        raise QueryError(
            f"no view is called '{name}'",
            f"Views are {listed}." if listed else "Save one with: dipread views save NAME QUERY",
        )
    if name.casefold() in inside:
        around = " → ".join((*inside[inside.index(name.casefold()) :], name.casefold()))
        raise QueryError(
            f"the views ask for one another: {around}", "Change what one of them asks."
        )
    return saved[found]


def _spelled(name: str, value: str, vocabulary: Vocabulary) -> Iterable[str]:
    if name not in ("country", "about", "from", "pair"):
        return (value,)
    sides = [_members(side, vocabulary) for side in value.split("-")]
    if len(sides) == 1:
        return sides[0]
    return sorted({"-".join(sorted((a, b))) for a in sides[0] for b in sides[1] if a != b})


def _members(side: str, vocabulary: Vocabulary) -> list[str]:
    if not side.startswith(GROUP):
        return [side]
    return vocabulary.labels.get("members", {}).get(side.removeprefix(GROUP), "").split()
