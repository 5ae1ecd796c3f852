"""Rooms whose doors open when somebody knocks: names of a package that are imported when first used.

The screen shows the newest stories before it needs most rooms.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module


def lazily(package: str, **homes: tuple[str, ...]) -> Callable[[str], object]:
    """A `__getattr__` for a package (PEP 562): which names live in which of its modules.

    A name must not be that of a module. Type checkers see the names under `TYPE_CHECKING`.
    """
    home_of = {name: home for home, names in homes.items() for name in names}
    assert not home_of.keys() & homes.keys(), "a module of that name would hide it"

    def find(name: str) -> object:
        home = home_of.get(name)
        if home is None:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        value: object = getattr(import_module(f"{package}.{home}"), name)
        setattr(sys.modules[package], name, value)
        return value

    return find
