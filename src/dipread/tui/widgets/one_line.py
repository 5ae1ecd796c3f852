"""A line to type in that lies on the screen itself and looks like it."""

from __future__ import annotations

from typing import ClassVar

from textual.widgets import Input


class OneLine(Input, inherit_css=False):
    """Dressed by our own sheet alone: Textual's box for an input takes longer to read than all of ours."""

    COMPONENT_CLASSES: ClassVar[set[str]] = Input.COMPONENT_CLASSES

    cursor_blink = False
