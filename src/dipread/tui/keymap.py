"""Whether the keys that a reader chose can all act: which ids there are not, and which keys do two things."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations

from textual.binding import Binding

from dipread.config import meant_key
from dipread.tui.bind import key_name, spelled, usual
from dipread.tui.keys import bindings

_PANES = ("list", "story", "filters", "why")
"""Places whose keys act together with those of the stories screen; in all others keys act alone."""
_BESIDE = ("insights", "chart", "feeds", "notes", "rows")
"""Places of the screens beside the stories: of the keys "everywhere" only those act there that a SideRoom or the app has."""


def problems(chosen: Mapping[str, str]) -> list[str]:
    """What is wrong with keys of a reader's own, each in a sentence; none when all is well."""
    known = sorted(each.id for each in bindings() if each.id)
    strange = [
        f"keys.toml: there is no '{name}'. {meant_key(name, known)}"
        for name in chosen
        if name not in known
    ]
    return [*strange, *conflicts(bindings())]


def conflicts(all_: Iterable[Binding]) -> Iterator[str]:
    """Keys that do two things in one place, and did not before they were changed."""
    for one, other in combinations(all_, 2):
        assert one.id
        assert other.id
        if _meet(one.id, other.id):
            both = set(one.key.split(",")) & set(other.key.split(","))
            before = set(_usual(one.id)) & set(_usual(other.id))
            for each in sorted(both - before):
                yield f"keys.toml: {key_name(each)} is {one.id} and {other.id}: change one of them"


def _usual(name: str) -> Sequence[str]:
    return spelled(usual[name]).split(",")


def _meet(one: str, other: str) -> bool:
    """Whether the keys of both can be pressed in the same moment."""
    here, there = one.partition(".")[0], other.partition(".")[0]
    if here == there:
        return True
    if "any" not in (here, there):
        return False
    everywhere, place = (one, there) if here == "any" else (other, here)
    return place in _PANES or (place in _BESIDE and everywhere in _acting_beside())


@cache
def _acting_beside() -> frozenset[str]:
    from dipread.tui.app import DipreadApp
    from dipread.tui.screens.room import SideRoom

    both = (*DipreadApp.BINDINGS, *SideRoom.BINDINGS)
    return frozenset(each.id for each in both if isinstance(each, Binding) and each.id)
