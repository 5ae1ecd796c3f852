"""The export of a chart: as text, as CSV or as a picture, and to which file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Literal

from msgspec import Struct
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from dipread.config import replace_text
from dipread.errors import DipreadError
from dipread.export.chart import Chart, chart_text
from dipread.tui.screens.dialog import Form
from dipread.tui.typeset.lines import seen
from dipread.tui.widgets.choice import Choice
from dipread.tui.widgets.words import FieldName, Words

FormName = Literal["text", "csv", "svg"]
FORMS: tuple[tuple[FormName, str], ...] = (
    ("text", "text table"),
    ("csv", "CSV"),
    ("svg", "picture (SVG)"),
)
_SUFFIX = {"text": ".txt", "csv": ".csv", "svg": ".svg"}
_PREVIEW = 6


class WantedChart(Struct, frozen=True):
    """In which form, and where to."""

    form: FormName
    path: Path


class ChartExportDialog(Form[WantedChart]):
    """Enter writes a new file; none that is there is written over."""

    def __init__(self, table: Chart, folder: Path, now: datetime) -> None:
        super().__init__(f"Export: {table.title}", "Enter write · Space other · Tab field · Esc")
        self._table = table
        words = "-".join(table.title.casefold().split())
        self._stem = folder / f"{now:%Y-%m-%d}-{words}"
        self._form = Choice(FORMS, id="form")
        self._file = Input(self._file_name("text"), compact=True, id="file", select_on_focus=False)
        self._file.cursor_blink = False

    def _file_name(self, form: FormName) -> str:
        return f"{self._stem}{_SUFFIX[form]}"

    def fields(self) -> list[Widget]:
        """The form, the file, and how it will look."""
        lines = chart_text(self._table).split("\n")[:_PREVIEW]
        return [
            FieldName("Form"),
            self._form,
            FieldName("File"),
            self._file,
            FieldName("What it holds"),
            Words(Content.styled(seen("\n".join(lines)), "$dim"), id="preview"),
        ]

    def on_mount(self) -> None:
        """Start with the choice."""
        self.begin(self._form)
        self.watch(self._form, "chosen", self._turned, init=False)

    def _turned(self) -> None:
        written = Path(self._file.value)
        if written.suffix in _SUFFIX.values():
            self._file.value = str(written.with_suffix(_SUFFIX[self._form.what]))

    def action_answer(self) -> None:
        """Answer with form and file."""
        name = self._file.value.strip()
        if name:
            self.dismiss(WantedChart(self._form.what, Path(name).expanduser()))
        else:
            self.notify("Name a file to write to", severity="error", markup=False)


def write_chart(path: Path, text: str) -> None:
    """Write a file that is not there yet. Raises DipreadError."""
    if path.exists():
        raise DipreadError(f"{path} is there already", "Name another file.")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_text(path, text)
    except OSError as fault:
        raise DipreadError(f"{path}: can't be written: {fault.strerror}") from fault
