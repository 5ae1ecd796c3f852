"""A word on stderr when what ships with dipread may have grown old."""

from __future__ import annotations

import sys

from dipread.library import Library
from dipread.rules.rulebook import Rulebook


def warn_if_outdated(desk: Library, rules: Rulebook | None = None) -> None:
    """Say that the office-holders were last looked over long ago; `rules` are those of now if none."""
    said = (rules or desk.rulebook).outdated(desk.now().date())
    if said:
        sys.stderr.write(f"dipread: {said}\n")
