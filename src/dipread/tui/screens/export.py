"""The export dialog: which stories, and into which folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Literal

from rich.style import Style
from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, Label, Static

from dipread.export import story_document
from dipread.export.files import file_name
from dipread.model import StoryDetail, Vocabulary
from dipread.tui.bind import key
from dipread.tui.lines import seen
from dipread.tui.paint import line, plural
from dipread.tui.screens.dialog import Dialog
from dipread.tui.widgets.pane import LineWidget

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


class Choice(LineWidget, can_focus=True):
    """One of a few, side by side."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("space,right,l", "turn(1)", "export.next-choice", "other", "The next choice"),
        key(
            "left,h", "turn(-1)", "export.previous-choice", "other", "The choice before", show=False
        ),
    ]

    chosen: reactive[int] = reactive(0)

    def __init__(self, choices: list[tuple[What, str]], *, id: str) -> None:
        super().__init__(id=id)
        self._choices = choices

    @property
    def what(self) -> What:
        """The one chosen."""
        return self._choices[self.chosen][0]

    def paint(self, width: int) -> Strip:
        """All of them, the chosen one marked."""
        inks = self.inks
        shown: list[tuple[str, Style]] = []
        for number, (_, words) in enumerate(self._choices):
            here = number == self.chosen
            shown.append(("(•) " if here else "( ) ", inks["key" if here else "dim"]))
            shown.append((words + "  ", inks["strong" if here and self.has_focus else "dim"]))
        return line(shown, width, inks["bar"])

    def action_turn(self, step: int) -> None:
        """Another one."""
        self.chosen = (self.chosen + step) % len(self._choices)


class ExportDialog(Dialog[Wanted]):
    """Enter writes one Markdown file a story; what a reader edited in them is kept."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("enter", "write", "export.write", "write", "Write the files"),
    ]

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

    @on(Input.Submitted)
    def action_write(self) -> None:
        """Answer with what to write and where."""
        folder = self._folder.value.strip()
        if not folder:
            self.notify("Name a folder to write to", severity="error", markup=False)
            self._folder.focus()
            return
        self.dismiss(Wanted(self._choice.what, Path(folder).expanduser()))
