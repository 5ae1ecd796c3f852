"""Gates: what kind of news a story is decides which of its sectors and events are believed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from dipread.classify.sources import Rule, rules
from dipread.classify.themes import Theme

OPEN = "diplomatic"
"""The gate that lets everything through."""


class Gating(Struct, frozen=True):
    """What gates.toml and sectors.toml say of gates: the sectors and events that each `lets` through,
    the score that `outweighs` a gate, and the share of the weightiest below which a sector is
    `overshadowed`. `withdraw` are the gates whose words take back what is presumed: gate:sport.
    """

    lets: Mapping[str, frozenset[str]]
    withdraw: frozenset[str]
    outweighs: float
    overshadowed: float


def gating(gates: Mapping[str, Any], sectors: Mapping[str, Any]) -> Gating:
    """Read the gates; raises ConfigError where a number is missing or a list holds no terms."""
    here = Rule("gates.toml", "defaults", gates.get("defaults", {}))
    there = Rule("sectors.toml", "defaults", sectors.get("defaults", {}))
    known = list(rules("gates.toml", gates, "gate"))
    return Gating(
        lets={rule.id: frozenset(rule.texts("lets")) for rule in known},
        withdraw=frozenset(f"gate:{rule.id}" for rule in known if rule.table.get("withdraws")),
        outweighs=here.number("outweighs") * there.number("threshold"),
        overshadowed=there.number("overshadowed"),
    )


def shut(found: Sequence[Theme], gating: Gating) -> bool:
    """Whether the news is a game, a show or leisure and nothing more: who meets there makes no pair."""
    gates = {f"gate:{theme.code}" for theme in found if theme.kind == "gate"}
    return not gates.isdisjoint(gating.withdraw) and f"gate:{OPEN}" not in gates


def gated(found: Sequence[Theme], gating: Gating, pairs: Sequence[str]) -> list[Theme]:
    """The themes without those that are beside the point; a gate's slot names what it held, the
    `pairs` of a shut gate among them.
    """
    gates = [theme for theme in found if theme.kind == "gate"]
    if any(gate.code == OPEN for gate in gates):
        return list(found)
    held = {
        theme.code
        for theme in found
        if theme.kind != "gate"
        and theme.score < gating.outweighs
        and not all(theme.code in gating.lets[gate.code] for gate in gates)
    }
    if shut(found, gating):
        held |= set(pairs)
    least = gating.overshadowed * max(
        (theme.score for theme in found if theme.kind == "sector"), default=0.0
    )
    return [
        theme._replace(slots=(("held", " ".join(sorted(held))),))
        if theme.kind == "gate" and held
        else theme
        for theme in found
        if theme.code not in held and (theme.kind != "sector" or theme.score >= least)
    ]
