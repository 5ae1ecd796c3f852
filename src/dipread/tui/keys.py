"""Every key there is, from the bindings of the widgets: for the help and for docs/keys.md.

`python -m dipread.tui.keys > docs/keys.md` writes the page.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from textual.binding import Binding
from textual.dom import DOMNode

from dipread.tui.app import DipreadApp
from dipread.tui.bind import key_name
from dipread.tui.screens.annotate import AnnotateDialog, NoteArea
from dipread.tui.screens.asking import AskingScreen
from dipread.tui.screens.brief import BriefDialog
from dipread.tui.screens.dialog import Dialog, Form
from dipread.tui.screens.diff import DiffDialog
from dipread.tui.screens.dossier import CommitmentsDialog, DossierDialog
from dipread.tui.screens.handing import HandingScreen
from dipread.tui.screens.help import HelpDialog, KeyLine, Section
from dipread.tui.screens.insights import InsightsScreen
from dipread.tui.screens.palette import PaletteDialog
from dipread.tui.screens.panes import PanesScreen
from dipread.tui.screens.passing import PassingScreen
from dipread.tui.screens.picker import PickInput
from dipread.tui.screens.picking import PickingScreen
from dipread.tui.screens.reading import ReadingScreen
from dipread.tui.screens.renewing import RenewingScreen
from dipread.tui.screens.room import SideRoom
from dipread.tui.screens.sorting import SortingScreen
from dipread.tui.screens.stories import StoriesScreen
from dipread.tui.screens.text import TextDialog
from dipread.tui.widgets.chart import Chart
from dipread.tui.widgets.checks import Checks
from dipread.tui.widgets.choice import Choice
from dipread.tui.widgets.feed_list import FeedList
from dipread.tui.widgets.filter_find import FilterFind
from dipread.tui.widgets.filter_pane import FilterPane
from dipread.tui.widgets.ledger import Ledger
from dipread.tui.widgets.note_list import NoteList
from dipread.tui.widgets.pair_matrix import PairMatrix
from dipread.tui.widgets.prefix_keys import PrefixKeys
from dipread.tui.widgets.query_input import QueryInput
from dipread.tui.widgets.row_list import RowList
from dipread.tui.widgets.story_list import StoryList
from dipread.tui.widgets.story_view import StoryView
from dipread.tui.widgets.timeline import Timeline
from dipread.tui.widgets.why_strip import WhyStrip

OWNERS: tuple[type[DOMNode], ...] = (
    ReadingScreen,
    StoriesScreen,
    HandingScreen,
    SortingScreen,
    AskingScreen,
    RenewingScreen,
    PickingScreen,
    PassingScreen,
    PrefixKeys,
    PickInput,
    PanesScreen,
    DipreadApp,
    StoryList,
    StoryView,
    WhyStrip,
    FilterPane,
    FilterFind,
    QueryInput,
    InsightsScreen,
    Chart,
    PairMatrix,
    Timeline,
    FeedList,
    NoteList,
    RowList,
    SideRoom,
    TextDialog,
    PaletteDialog,
    NoteArea,
    AnnotateDialog,
    BriefDialog,
    DiffDialog,
    DossierDialog,
    CommitmentsDialog,
    Ledger,
    Choice,
    Checks,
    HelpDialog,
    Form,
    Dialog,
)
"""Whose keys they are, in the order in which the help has them."""
PLACES = {
    "any": "Everywhere",
    "prefix": "After f",
    "pick": "While picking a filter",
    "list": "In the list of stories",
    "story": "In the story",
    "select": "While selecting words",
    "why": "In “why this tag”",
    "insights": "In insights",
    "chart": "In a chart",
    "feeds": "In the feeds",
    "notes": "In the notes",
    "rows": "In lists of feeds and notes",
    "filters": "In the filters",
    "find": "While finding a filter",
    "query": "In the query line",
    "note": "While writing a note",
    "palette": "In the list of commands",
    "help": "In this list of keys",
    "text": "In a text or a table",
    "brief": "In the brief",
    "diff": "In what was changed",
    "ledger": "In lists of a dialog",
    "dossier": "In chronology and commitments",
    "dialog": "In every dialog",
}


def bindings() -> list[Binding]:
    """All bindings of ours, place by place; what several screens do by the same key once."""
    found: dict[str, Binding] = {}
    for owner in OWNERS:
        for binding in _own(owner):
            assert binding.id is not None
            same = found.setdefault(binding.id, binding)
            if same.key != binding.key:
                raise ValueError(f"{binding.id} is {same.key} here and {binding.key} there")
    return list(found.values())


def _own(owner: type[DOMNode]) -> Iterator[Binding]:
    for each in owner.__dict__.get("BINDINGS", ()):
        if not isinstance(each, Binding):
            raise TypeError(f"{owner.__name__} binds {each!r} without id and sentence")
        yield each


def sections(first: str = "any") -> list[Section]:
    """The keys by place, those of one place before the others."""
    found: dict[str, list[KeyLine]] = {place: [] for place in PLACES}
    for binding in bindings():
        keys = " ".join(key_name(each) for each in binding.key.split(","))
        assert binding.id is not None
        found[binding.id.partition(".")[0]].append(KeyLine(binding.id, keys, binding.tooltip))
    return [Section(PLACES[each], tuple(found[each])) for each in sorted(found, key=first.__ne__)]


def keys_page() -> str:
    """docs/keys.md."""
    lines = ["# Keys", "", "Made from the program itself. `?` shows the same list on the screen."]
    for section in sections():
        lines += ["", f"## {section.title}", "", "| Keys | What they do | Id |", "|---|---|---|"]
        for each in section.keys:
            keys = " ".join(f"`{name}`" for name in each.keys.replace("|", "\\|").split())
            lines.append(f"| {keys} | {each.sentence} | {each.id} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(keys_page())
