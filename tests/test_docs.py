"""What the papers say is what the program knows."""

from __future__ import annotations

from pathlib import Path

from dipread.cli.exporting import _STREAMS
from dipread.export.values import NAMES

DOCS = Path(__file__).parents[1] / "docs"


def test_every_name_of_a_flavour_is_told() -> None:
    page = (DOCS / "export.md").read_text(encoding="utf-8")
    for part, names in NAMES.items():
        rows = [line for line in page.split("\n") if line.startswith(f"| `{part}` |")]
        told = f"| {' '.join(f'`{name}`' for name in names)} |"
        assert any(row.endswith(told) for row in rows), part


def test_every_format_of_an_export_is_told() -> None:
    page = (DOCS / "export.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in page for name in _STREAMS)
