"""The picker: a filter found by a few letters, its counts those of the filter without this facet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar, Literal

from rich.style import Style
from textual import events, on
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Input

from dipread.model import Query
from dipread.query import Mode
from dipread.text.span import is_span
from dipread.tui.bind import key
from dipread.tui.picking import Entry, Match, matching, places
from dipread.tui.screens.dialog import Dialog
from dipread.tui.typeset.lines import fit, seen
from dipread.tui.typeset.paint import meter, thousands
from dipread.tui.widgets.row_list import Parts, RowList

KINDS = {
    "country": "countries",
    "sector": "sectors",
    "event": "events",
    "feed": "feeds",
    "since": "dates",
}
_METER = 4
_SIGNS = {"in": "✓", "out": "✕", "": " "}
_INKS = {"in": "country", "out": "error", "": "dim"}
_KEYS = "Space include · - exclude · Enter {} · Tab next list · Esc"
_ENTER = {"only": "only", "include": "this too", "end": "done"}

Chosen = Callable[[str, str, Mode], None]
Listed = Callable[[str], Sequence[Entry]]


class PickList(RowList[Match]):
    """What was found: its sign, its name with the letters that were typed, its count, and why it is here."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.can_focus = False
        self.wanted = ""
        self._most = 0

    def find(self, found: Sequence[Match], wanted: str) -> None:
        """Show these, with the cursor on the first."""
        self.wanted = wanted
        self._most = max((each.entry.stories for each in found), default=0)
        self.set_reactive(RowList.cursor, 0)
        self.items = ()
        self.show(found, ("", "Nothing is called that.") if wanted else ("", "Nothing to choose."))

    def again(self, found: Sequence[Match]) -> None:
        """Show the same anew; the cursor stays where it is."""
        self._most = max((each.entry.stories for each in found), default=0)
        self.show(found)

    def name_of(self, item: Match) -> object:
        """Its code."""
        return item.entry.code

    def parts(self, item: Match, line: int, here: bool, width: int) -> Parts:
        """One value."""
        inks, entry = self.inks, item.entry
        name = max(14, width * 2 // 5)
        ink = inks[_INKS[item.stands]] if item.stands else inks["ground"]
        plain = Style(color=ink.color, bold=here)
        label = fit(seen(entry.label), name)
        marked = set(places(label, self.wanted))
        shown = [(f"{_SIGNS[item.stands]} ", inks[_INKS[item.stands]])]
        for place, letter in enumerate(label):
            shown.append((letter, plain + (inks["key"] if place in marked else Style.null())))
        about = f"“{item.also}”" if item.also and item.also not in entry.about else entry.about
        shown += [
            (meter(entry.stories, self._most, _METER), inks["meter"]),
            (f"{thousands(entry.stories):>8}  ", inks["dim"]),
            (fit(seen(about), max(0, width - 2 - name - _METER - 10)), inks["dim"]),
        ]
        return shown


class PickInput(Input):
    """Letters look for names; the other keys act on what was found."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("space", "choose('include')", "pick.include", "include", "Include it, or take it out again"),
        key("minus", "choose('exclude')", "pick.exclude", "exclude", "Exclude it, or let it in again"),
        key("enter", "choose('only')", "pick.only", "only this", "Only this one, and close; after others were chosen, this one too"),
        key("tab", "list(1)", "pick.next", "next list", "Countries, sectors, events, feeds, dates"),
        key("shift+tab", "list(-1)", "pick.previous", "list before", "The list before", show=False),
        key("down", "move(1)", "pick.down", "down", "Go down", show=False),
        key("up", "move(-1)", "pick.up", "up", "Go up", show=False),
        key("pagedown", "move(8)", "pick.page-down", "page", "Eight down", show=False),
        key("pageup", "move(-8)", "pick.page-up", "page up", "Eight up", show=False),
    ]  # fmt: skip

    def action_choose(self, mode: Mode) -> None:
        """Act on what is under the cursor."""
        self._picker.choose(mode)

    def action_list(self, step: int) -> None:
        """Another kind."""
        self._picker.turn(step)

    def action_move(self, step: int) -> None:
        """Down or up."""
        self._picker.list.cursor += step

    @property
    def _picker(self) -> Picker:
        return next(each for each in self.ancestors if isinstance(each, Picker))

    async def _on_key(self, event: events.Key) -> None:
        """Let each key act in its turn: one that acted before the letters typed ahead of it would choose another name."""
        if event.key == "backspace" and not self.value:
            event.prevent_default()
            event.stop()
            self._picker.action_leave()
            return
        for binding in self._bindings.key_to_bindings.get(event.key, ()):
            event.prevent_default()
            event.stop()
            await self.run_action(binding.action)
            return
        await super()._on_key(event)


class Picker(Dialog[None]):
    """Chooses at once, so that the counts behind it are true; `show` is called when they are known."""

    def __init__(self, kind: str, query: Query, listed: Listed, chosen: Chosen) -> None:
        super().__init__("", "")
        self._chosen_at: str | None = None  # the letters when something was last chosen
        self._kind = kind
        self._query = query
        self._listed = listed
        self._chosen = chosen
        self._entries: Mapping[str, Sequence[Entry]] = {}
        self._input = PickInput(
            placeholder="type a name, in any language", compact=True, id="wanted"
        )
        self._input.cursor_blink = False
        self.list = PickList(id="found")

    def fields(self) -> list[Widget]:
        """A line to type in, and what is found."""
        return [self._input, self.list]

    def on_mount(self) -> None:
        """Type at once."""
        self.begin(self._input)
        self.list.has_focus = True  # it looks so: its cursor is moved from the line above
        self._find()

    def show(self, query: Query) -> None:
        """The filter is another now, and its counts are known."""
        self._query = query
        self._entries = {}
        self.list.again(self._found())
        self._retitle()

    def _of_kind(self) -> Sequence[Entry]:
        if self._kind not in self._entries:
            self._entries = {**self._entries, self._kind: self._listed(self._kind)}
        return self._entries[self._kind]

    def _found(self) -> list[Match]:
        found = matching(self._of_kind(), self._kind, self._input.value, self._query)
        wanted = self._input.value.strip()
        if self._kind == "since" and wanted and is_span(wanted):
            found.insert(0, Match(Entry(wanted, wanted, wanted, 0, f"since:{wanted}"), ""))
        return found

    @on(Input.Changed)
    def _find(self) -> None:
        self.list.find(self._found(), self._input.value)
        self._retitle()

    def _retitle(self) -> None:
        count = f"{len(self.list.items)} of {len(self._of_kind())}"
        self.border_title = f"Filter: {KINDS[self._kind]} · {count}"
        self.border_subtitle = _KEYS.format(_ENTER[self._enter])

    @property
    def _enter(self) -> Literal["only", "include", "end"]:
        """What Enter does: it must not undo what was just chosen one by one."""
        if self._chosen_at is None:
            return "only"
        return "end" if self._chosen_at == self._input.value else "include"

    def turn(self, step: int) -> None:
        """Another kind, with the same letters."""
        kinds = list(KINDS)
        self._kind = kinds[(kinds.index(self._kind) + step) % len(kinds)]
        self._find()

    def choose(self, mode: Mode) -> None:
        """Include or exclude, again and again; only this closes, and after the others adds what was found since."""
        if self.list.wanted != self._input.value:  # typed faster than it was looked for
            self._find()
        match, over = self.list.item, mode == "only"
        wanted = self._enter if over else mode
        if match is not None and wanted != "end":
            stands = {"include": "in", "exclude": "out"}.get(wanted)
            off = match.stands and match.stands == stands
            if not (over and off):
                self._chosen(self._kind, match.entry.code, "off" if off else wanted)
            self._chosen_at = self._input.value
        if over:
            self.dismiss(None)
        else:
            self._retitle()

    @on(RowList.Opened)
    def _clicked(self) -> None:
        self.choose("only")
