"""The export dialog: which stories, what of them, how they are grouped and written, and into which folder."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Literal

from msgspec import Struct
from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from dipread.config import FLAVOURS
from dipread.errors import DipreadError
from dipread.export import bundles, document, file_name
from dipread.library import Library
from dipread.model import (
    And,
    ExportPlan,
    Group,
    Has,
    Include,
    Query,
    Receipt,
    StoryDetail,
)
from dipread.text.plural import plural
from dipread.tui.screens.dialog import Form
from dipread.tui.typeset.lines import seen
from dipread.tui.widgets.checks import Checks
from dipread.tui.widgets.choice import Choice
from dipread.tui.widgets.words import FieldName, Words

What = Literal["filter", "noted", "brief", "story"]
_PREVIEW_LINES = 7
_INCLUDE: tuple[tuple[Include, str], ...] = (
    ("front", "front matter"),
    ("summary", "summary"),
    ("evidence", "evidence"),
    ("notes", "notes"),
    ("text", "text"),
    ("tables", "tables"),
)
_GROUPS: tuple[tuple[Group, str], ...] = (
    ("story", "story"),
    ("pair", "pair"),
    ("country", "country"),
    ("sector", "sector"),
    ("day", "day"),
    ("week", "week"),
    ("none", "none"),
)


def _short(path: Path) -> str:
    """A path with the reader's home as ~."""
    home = Path.home()
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)


class Wanted(Struct, frozen=True):
    """What to export: all stories of the filter, those with notes among them, the brief, or the one shown."""

    what: What
    folder: Path
    plan: ExportPlan


def asked_for(wanted: Wanted, asked: Query) -> Query:
    """The stories that are wanted, where `asked` is the filter."""
    if wanted.what == "noted":
        return And((asked, Has("is", ("annotated",))))
    return Has("is", ("brief",)) if wanted.what == "brief" else asked


class ExportDialog(Form[Wanted]):
    """Enter writes Markdown; what a reader edited in the files is kept."""

    def __init__(
        self, library: Library, found: int, detail: StoryDetail | None, now: Callable[[], datetime]
    ) -> None:
        super().__init__("Export to Markdown", "Enter write · Space other · Tab field · Esc")
        choices: list[tuple[What, str]] = [
            ("filter", f"this filter: {plural(found, 'story', 'stories')}"),
            ("noted", "with notes"),
            ("brief", "the brief"),
        ]
        if detail is not None:
            choices.append(("story", "this story"))
        plan = ExportPlan()
        self._choice = Choice(choices, id="what")
        self._include = Checks(_INCLUDE, plan.include, id="include")
        self._group = Choice(_GROUPS, id="group")
        self._flavour = Choice([(each, each) for each in _flavours(library)], id="flavour")
        folder = _short(library.config.export_folder)
        self._folder = Input(folder, compact=True, id="folder", select_on_focus=False)
        self._folder.cursor_blink = False
        self._preview = Words(id="preview")
        self._library = library
        self._detail = detail
        self._now = now

    def fields(self) -> list[Widget]:
        """What, what of it, how, where, and how a file will look."""
        rows: list[tuple[str, Widget]] = [
            ("Stories", self._choice),
            ("Include", self._include),
            ("Group", self._group),
            ("Flavour", self._flavour),
            ("Folder", self._folder),
            ("A file", self._preview),
        ]
        return [each for name, field in rows for each in (FieldName(name), field)]

    def on_mount(self) -> None:
        """Start with the choice."""
        self.begin(self._choice)
        for each in (self._choice, self._group, self._flavour):
            self.watch(each, "chosen", self._show, init=False)
        self._show()

    @property
    def _plan(self) -> ExportPlan:
        return ExportPlan(self._flavour.what, self._group.what, self._include.on)

    @on(Checks.Switched)
    def _show(self) -> None:
        self._preview.say(self._look())

    def _look(self) -> Content:
        """The beginning of the file that the story at hand would make."""
        if self._detail is None:
            return Content("no story to show")
        library, plan = self._library, self._plan
        try:
            flavour = library.flavour(plan.flavour)
        except DipreadError as fault:
            return Content.styled(fault.message, "$error")
        bundle = next(iter(bundles([self._detail], plan.group, library.vocabulary)))
        receipt = Receipt("", "", 0)
        made = document(bundle, flavour, plan, receipt, library.vocabulary, self._now(), {})
        text = "\n".join(block.text for block in made.blocks)
        lines = [each for each in seen(text).split("\n") if each.strip()][:_PREVIEW_LINES]
        name = Content.styled(file_name(bundle), "bold $ink")
        return Content("\n").join([name, *(Content.styled(each, "$dim") for each in lines)])

    def action_answer(self) -> None:
        """Answer with what to write, how and where."""
        folder = self._folder.value.strip()
        if not folder:
            self.notify("Name a folder to write to", severity="error", markup=False)
            self.begin(self._folder)
            return
        self.dismiss(Wanted(self._choice.what, Path(folder).expanduser(), self._plan))


def _flavours(library: Library) -> list[str]:
    """The default first, then the other shipped ones, then the reader's own."""
    first = ExportPlan().flavour
    own = sorted(path.stem for path in (library.config.paths.config / "templates").glob("*.toml"))
    return list(dict.fromkeys((first, *FLAVOURS, *own)))
