"""Where a quote stands in a text that has changed since: found by its words and what was round them."""

from __future__ import annotations

from dipread.model import Quote


def anchored(quote: Quote, text: str) -> tuple[int, int] | None:
    """The one place where the quote's exact words stand between the words it was taken from.

    None when there is no such place or more than one: a place is never guessed.

    >>> anchored(Quote("text", 2, 6, "pact", "a ", " in"), "Today a pact in Rome")
    (8, 12)
    >>> anchored(Quote("text", 2, 6, "pact", "a ", " in"), "the pact of Rome") is None
    True
    """
    whole = quote.prefix + quote.exact + quote.suffix
    first = text.find(whole)
    if not quote.exact or first < 0 or text.find(whole, first + 1) >= 0:
        return None
    start = first + len(quote.prefix)
    return start, start + len(quote.exact)
