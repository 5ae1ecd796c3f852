"""What is laid out once."""

from __future__ import annotations

from textual.geometry import Size
from textual.widget import Widget


class Settled(Widget):
    """A widget that never scrolls: when it has been given its size, nothing has to be laid out again."""

    def _size_updated(
        self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True
    ) -> bool:
        """Called by each layout; Textual's own asks for a second one, and paints all twice."""
        return super()._size_updated(size, virtual_size, container_size, layout=False)
