"""Patterns that a reader writes between slashes: regular expressions that can't hang.

RE2 matches in time that grows with the text alone, whatever the pattern is.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_PATTERN = re.compile(r"/((?:[^/\\]|\\.)+)/(i?)")
LONGEST = 200


def is_pattern(value: str) -> bool:
    r"""Whether a value is a pattern.

    >>> is_pattern("/tariffs?/i"), is_pattern("and/or")
    (True, False)
    """
    return _PATTERN.fullmatch(value) is not None


def flawed(value: str) -> str:
    """What keeps a pattern from being one; empty when nothing does."""
    import re2  # few queries hold a pattern

    if len(value) > LONGEST:
        return f"longer than {LONGEST} characters"
    try:
        re2.compile(_source(value), _quiet())
    except re2.error as fault:
        said = fault.args[0] if fault.args else "it can't be read"
        return said.decode() if isinstance(said, bytes) else str(said)
    return ""


def matcher(value: str) -> Callable[[str], bool]:
    """What tells whether a text holds the pattern; `/…/i` takes capitals and small letters alike."""
    import re2

    search = re2.compile(_source(value), _quiet()).search
    return lambda text: search(text) is not None


def _source(value: str) -> str:
    found = _PATTERN.fullmatch(value)
    assert found, "only what is_pattern is asked for"
    return ("(?i)" if found[2] else "") + found[1].replace("\\/", "/")


def _quiet() -> object:
    """Faults are raised, and need not be written to stderr as well."""
    import re2

    options = re2.Options()
    options.log_errors = False
    options.max_mem = 1 << 20
    return options
