"""The export dialog: which stories, and into which folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Label, Static

from dipread.export import story_document
from dipread.export.files import file_name
from dipread.model import StoryDetail, Vocabulary
from dipread.tui.lines import seen
from dipread.tui.paint import plural
from dipread.tui.screens.dialog import Form
from dipread.tui.widgets.choice import Choice

What = Literal["filter", "noted", "story"]
_PREVIEW_LINES = 7


def _short(path: Path) -> str:
    """A path with the reader's home as ~."""
    home = Path.home()
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to export: all stories of the filter, those with notes among them, or the one shown."""

    what: What
    folder: Path


class ExportDialog(Form[Wanted]):
    """Enter writes one Markdown file a story; what a reader edited in them is kept."""

    def __init__(
        self, folder: Path, found: int, detail: StoryDetail | None, vocabulary: Vocabulary
    ) -> None:
        super().__init__("Export to Markdown", "Enter write · Space other · Tab field · Esc")
        choices: list[tuple[What, str]] = [
            ("filter", f"this filter: {plural(found, 'story', 'stories')}"),
            ("noted", "those with notes"),
        ]
        if detail is not None:
            choices.append(("story", "this story"))
        self._choice = Choice(choices, id="what")
        self._folder = Input(_short(folder), compact=True, id="folder", select_on_focus=False)
        self._folder.cursor_blink = False
        self._detail = detail
        self._vocabulary = vocabulary

    def fields(self) -> list[Widget]:
        """What, where, and how a file will look."""
        return [
            Label("Stories", classes="field", markup=False),
            self._choice,
            Label("Folder", classes="field", markup=False),
            self._folder,
            Label("A file", classes="field", markup=False),
            Static(self._preview(), id="preview", markup=False),
        ]

    def on_mount(self) -> None:
        """Start with the choice."""
        self._choice.focus()

    def _preview(self) -> Content:
        if self._detail is None:
            return Content("no story to show")
        document = story_document(self._detail, self._vocabulary)
        lines = [each for each in seen(document).split("\n") if each.strip()][:_PREVIEW_LINES]
        name = Content.styled(file_name(self._detail), "bold $ink")
        return Content("\n").join([name, *(Content.styled(each, "$dim") for each in lines)])

    def action_answer(self) -> None:
        """Answer with what to write and where."""
        folder = self._folder.value.strip()
        if not folder:
            self.notify("Name a folder to write to", severity="error", markup=False)
            self._folder.focus()
            return
        self.dismiss(Wanted(self._choice.what, Path(folder).expanduser()))
