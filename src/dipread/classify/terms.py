"""One string of a knowledge file, read as a term.

supply chain    whole words, in any case, with or without accents; a blank also matches - or a line
                break, and a plural s is tolerated
tariff*         words that begin so
=AI             exactly so, capitals included
^Polish         with a capital letter
上岸             in scripts without blanks: anywhere
"""

from __future__ import annotations

import re

from msgspec import Struct

from dipread.classify.fold import fold

UNSPACED = r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]"
"""A letter of a script that does not part words."""
_UNSPACED = re.compile(UNSPACED)
_KATAKANA = re.compile(r"[\u30a1-\u30fa\u30fc]+")
_TAIL = re.compile(r"[\W_]+$")
_SIBILANT = ("s", "x", "z", "ch", "sh")


class Term(Struct, frozen=True):
    """What to look for: `folded` text, found as whole words unless `unspaced`.

    `exact` is how the original must be written (empty: in any way), `capital` whether it must begin
    with a capital, `prefix` whether the last word may go on, `katakana` whether it is one katakana
    word, which then ends where the katakana end. `tail` counts the signs after the last letter of an
    exact term: the + of OPEC+.
    """

    folded: str
    exact: str = ""
    capital: bool = False
    prefix: bool = False
    unspaced: bool = False
    katakana: bool = False
    tail: int = 0


def parse_term(written: str) -> Term:
    """Read a term; raises ValueError, saying why, when there is nothing to look for.

    >>> parse_term("=AI")
    Term(folded='ai', exact='AI', capital=False, prefix=False, unspaced=False, katakana=False, tail=0)
    >>> parse_term("tariff*").prefix
    True
    """
    mark, body = (written[:1], written[1:]) if written[:1] in ("=", "^") else ("", written)
    prefix = body.endswith("*")
    body = body.removesuffix("*").strip()
    folded = fold(body).text.strip()
    if not folded:
        raise ValueError(f"{written!r} holds no letter or digit")
    if "*" in body:
        raise ValueError(f"{written!r}: a * may only stand at the end")
    if mark == "=" and prefix:
        raise ValueError(f"{written!r}: = and * exclude each other")
    wide = not folded.isascii()
    return Term(
        folded,
        exact=body if mark == "=" else "",
        capital=mark == "^",
        prefix=prefix,
        unspaced=wide and _UNSPACED.search(folded) is not None,
        katakana=wide and _KATAKANA.fullmatch(folded) is not None,
        tail=len(body) - len(_TAIL.sub("", body)) if mark == "=" else 0,
    )


def spellings(term: Term, plural: bool) -> tuple[str, ...]:
    """The folded forms to search for: the term, and its plural where one is tolerated.

    >>> spellings(parse_term("treaty"), plural=True)
    ('treaty', 'treaties')
    """
    word = term.folded
    if not plural or term.exact or term.prefix or term.unspaced or not word[-1].isalpha():
        return (word,)
    if word.endswith(_SIBILANT):
        return word, word + "es"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word, word[:-1] + "ies"
    return word, word + "s"
