"""The knowledge that ships with dipread: taxonomy as TOML, the gazetteer as JSON, the demo desk."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).parent


def read(name: str) -> str:
    """The text of a shipped file, `name` being a path below this folder, such as `sectors.toml`.

    >>> read("sectors.toml").startswith("#")
    True
    """
    return (_HERE / name).read_bytes().decode()
