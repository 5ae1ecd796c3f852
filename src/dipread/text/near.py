"""What was probably meant by a word that is not known."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, known: Iterable[str], most: int = 1, alike: float = 0.6) -> list[str]:
    """The known words that come nearest, the best first; `alike` is 1 for the very same.

    >>> nearest("sectr", ["sector", "country"])
    ['sector']
    """
    from difflib import get_close_matches  # seldom needed

    return get_close_matches(word, [*known], most, alike)
