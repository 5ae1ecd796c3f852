"""The knowledge that ships with dipread: taxonomy as TOML, the gazetteer as JSON, the demo desk."""

from __future__ import annotations

from importlib.resources import files


def read(name: str) -> str:
    """The text of a shipped file, `name` being a path below this folder, such as `sectors.toml`.

    >>> read("sectors.toml").startswith("#")
    True
    """
    return files(__name__).joinpath(name).read_bytes().decode()
