"""Names as they are compared, in any spelling that people type."""

from __future__ import annotations

import re
import unicodedata

_NAME_GAPS = re.compile(r"[\s_\-\u2010-\u2015\u00b7/]+")
_NAME_SILENT = re.compile(r"[.'\u2018\u2019\u02bc`]")


def fold_name(name: str) -> str:
    """A name as it is compared: case, accents, points and apostrophes off, any gap one space.

    >>> fold_name("Côte d’Ivoire"), fold_name("supply_chain"), fold_name("U.S.")
    ('cote divoire', 'supply chain', 'us')
    """
    letters = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", _NAME_GAPS.sub(" ", _NAME_SILENT.sub("", plain)).strip())
