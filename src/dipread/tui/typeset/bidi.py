"""Right-to-left text in the order in which it is read from the screen: UAX #9, without explicit embeddings.

Those are taken out at the door (text/cleaning.py), so what is left are the rules for weak and neutral characters,
brackets and levels. Most terminals draw letters in the order they get them; the program has to turn them round.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from unicodedata import bidirectional, mirrored

from dipread.tui.typeset.lines import Line

_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")  # fmt: skip
_PAIRS = {
    "(": ")",
    "[": "]",
    "{": "}",
    "«": "»",
    "‹": "›",
    "“": "”",
    "〈": "〉",
    "《": "》",
    "「": "」",
}
_MIRROR = {**_PAIRS, **{close: open_ for open_, close in _PAIRS.items()}, "<": ">", ">": "<"}
_BRACKETS = {key: value for key, value in _PAIRS.items() if key in "([{〈《「"}
_STRONG = ("L", "R", "AL")
_NEUTRAL = ("B", "S", "WS", "ON", "BN", "LRM")


def is_needed(text: str) -> bool:
    """Whether anything in a text is written from right to left.

    >>> is_needed("Rome"), is_needed("Rome روما")
    (False, True)
    """
    return _RIGHT_TO_LEFT.search(text) is not None


def base_level(text: str) -> int:
    """1 when a paragraph begins from the right: its first letter says so."""
    for character in text:
        kind = bidirectional(character)
        if kind in _STRONG:
            return int(kind != "L")
    return 0


def levels(text: str) -> list[int]:
    """The level of every character of a paragraph: odd ones run from right to left.

    >>> levels("a 1 אב")
    [0, 0, 0, 0, 1, 1]
    """
    base = base_level(text)
    around = "R" if base else "L"
    kinds = [bidirectional(character) or "L" for character in text]
    _weak(kinds, around)
    _brackets(text, kinds, around)
    _neutral(kinds, around)
    found = [_level(kind, base) for kind in kinds]
    for place in range(len(text) - 1, -1, -1):  # L1: blanks at the end belong to the paragraph
        if bidirectional(text[place]) not in ("WS", "S", "B"):
            break
        found[place] = base
    return found


def _level(kind: str, base: int) -> int:
    if base % 2 == 0:
        return base + {"R": 1, "AN": 2, "EN": 2}.get(kind, 0)
    return base + {"L": 1, "AN": 1, "EN": 1}.get(kind, 0)


def _weak(kinds: list[str], around: str) -> None:
    """W1 to W7: marks, digits and what stands between digits."""
    before, strong = around, around
    for place, kind in enumerate(kinds):
        if kind == "NSM":
            kinds[place] = before
        elif kind == "EN" and strong == "AL":
            kinds[place] = "AN"
        if kinds[place] in _STRONG:
            strong = kinds[place]
        before = kinds[place]
    for place, kind in enumerate(kinds):
        if kind == "AL":
            kinds[place] = "R"
    for place in range(1, len(kinds) - 1):
        left, right = kinds[place - 1], kinds[place + 1]
        if (left == right == "EN" and kinds[place] in ("ES", "CS")) or (
            left == right == "AN" and kinds[place] == "CS"
        ):
            kinds[place] = left
    for place, kind in enumerate(kinds):  # W5: signs of money and percent beside digits
        if kind == "ET" and (_beside(kinds, place, 1) or _beside(kinds, place, -1)):
            kinds[place] = "EN"
    strong = around
    for place, kind in enumerate(kinds):
        if kind in ("ES", "ET", "CS"):
            kinds[place] = "ON"
        elif kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            kinds[place] = "L"


def _beside(kinds: Sequence[str], place: int, step: int) -> bool:
    while 0 <= place < len(kinds) and kinds[place] == "ET":
        place += step
    return 0 <= place < len(kinds) and kinds[place] == "EN"


def _direction(kind: str) -> str:
    return "R" if kind in ("R", "AN", "EN") else kind


def _brackets(text: str, kinds: list[str], around: str) -> None:
    """N0: a pair of brackets goes with what it holds, else with what stands before it."""
    waiting: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for place, character in enumerate(text):
        if kinds[place] != "ON":
            continue
        if character in _BRACKETS:
            waiting.append((_BRACKETS[character], place))
        elif any(close == character for close, _ in waiting):
            while waiting[-1][0] != character:
                waiting.pop()
            pairs.append((waiting.pop()[1], place))
    for first, last in sorted(pairs):
        inside = {_direction(kind) for kind in kinds[first + 1 : last]} & {"L", "R"}
        if around in inside:
            kinds[first] = kinds[last] = around
        elif inside:
            before = next((_direction(k) for k in reversed(kinds[:first]) if _direction(k) in "LR"), around)  # fmt: skip
            other = "L" if around == "R" else "R"
            kinds[first] = kinds[last] = other if before == other else around


def _neutral(kinds: list[str], around: str) -> None:
    """N1 and N2: what has no direction goes with its neighbours when they agree, else with the paragraph."""
    place = 0
    while place < len(kinds):
        if kinds[place] not in _NEUTRAL:
            place += 1
            continue
        end = place
        while end < len(kinds) and kinds[end] in _NEUTRAL:
            end += 1
        before = _direction(kinds[place - 1]) if place else around
        after = _direction(kinds[end]) if end < len(kinds) else around
        kinds[place:end] = [before if before == after else around] * (end - place)
        place = end


def visual_order(of: Sequence[int]) -> list[int]:
    """L2: in which order the things of these levels are painted from left to right.

    >>> visual_order([0, 0, 1, 1, 0])
    [0, 1, 3, 2, 4]
    """
    order = list(range(len(of)))
    for level in range(max(of, default=0), 0, -1):
        place = 0
        while place < len(order):
            end = place
            while end < len(order) and of[order[end]] >= level:
                end += 1
            order[place:end] = order[place:end][::-1]
            place = end + 1
    return order


def turned(cluster: str, level: int) -> str:
    """A character as it is painted at a level: brackets face the other way in text from the right."""
    if level % 2 and len(cluster) == 1 and mirrored(cluster):
        return _MIRROR.get(cluster, cluster)
    return cluster


def reordered(text: str, lines: Sequence[Line], width: int) -> list[Line]:
    """The lines of a text, those of paragraphs with text from the right in the order in which they are read.

    A paragraph that begins from the right is aligned there.
    """
    done: list[Line] = []
    start = 0
    for paragraph in text.split("\n"):
        end = start + len(paragraph)
        mine = lines[len(done) : bisect_right(lines, end, key=lambda line: line.start)]
        if is_needed(paragraph):
            of, right = levels(paragraph), base_level(paragraph) == 1
            for each in mine:
                here = tuple(of[cluster.start - start] for cluster in each.clusters)
                pad = max(0, width - each.cells) if right else 0
                order = tuple(visual_order(here))
                done.append(each._replace(order=order, levels=here, pad=pad))
        else:
            done += mine
        start = end + 1
    return done
