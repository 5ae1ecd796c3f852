"""The first run: which groups of feeds to listen to, or the sample desk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import ClassVar, Literal

from msgspec import Struct
from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget

from dipread.model import Feed
from dipread.text.plural import plural
from dipread.tui.bind import key
from dipread.tui.screens.dialog import Dialog
from dipread.tui.typeset.lines import fit, seen
from dipread.tui.widgets.row_list import Parts, RowList
from dipread.tui.widgets.words import Words

_COUNTRIES = 9
_A_SECOND = 6
"""How many feeds are fetched in a second, about."""


class Group(Struct, frozen=True):
    """A group of feeds: its name, how many, and where their publishers sit."""

    name: str
    feeds: int
    countries: tuple[str, ...]


class Start(Struct, frozen=True):
    """How to begin: with these groups, with the sample desk, or by adding a feed."""

    how: Literal["fetch", "demo", "add"]
    groups: frozenset[str] = frozenset()


class GroupList(RowList[Group]):
    """A group a line; those with a sign are listened to."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("space", "switch", "welcome.toggle", "on, off", "Listen to this group, or not"),
    ]

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.on: set[str] = set()

    def name_of(self, item: Group) -> object:
        """Its name."""
        return item.name

    def parts(self, item: Group, line: int, here: bool, width: int) -> Parts:
        """Sign, name, number, countries."""
        on, inks = item.name in self.on, self.inks
        name = max(16, width // 3)
        more = " …" if len(item.countries) > _COUNTRIES else ""
        return [
            ("✓ " if on else "  ", inks["country"]),
            (fit(seen(item.name), name), inks["strong" if on else "dim"]),
            (plural(item.feeds, "feed").rjust(10), inks["dim"]),
            ("   " + " ".join(item.countries[:_COUNTRIES]) + more, inks["dim"]),
        ]

    def action_switch(self) -> None:
        """On, or off."""
        if (each := self.item) is not None:
            self.on ^= {each.name}
            self.repaint()
            self.post_message(self.Moved(self))  # type: ignore[arg-type]


class WelcomeDialog(Dialog[Start]):
    """Begins with all groups; Enter starts, Esc shows the empty desk."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("d", "begin('demo')", "welcome.demo", "sample", "Read the sample desk instead"),
        key("plus", "begin('add')", "welcome.add", "add", "Begin by adding a feed or site"),
        key("question_mark", "app.help", "welcome.help", "keys", "Show all keys", show=False),
        key("q", "app.quit", "welcome.quit", "quit", "Quit", show=False),
    ]

    def __init__(self, feeds: Sequence[Feed]) -> None:
        super().__init__("Welcome to dipread", "Space on, off · Enter start · Esc look around")
        self._groups = groups_of(feeds)
        self._list = GroupList(id="groups")
        self._said = Words(id="said")

    def fields(self) -> list[Widget]:
        """What this is, the groups, and what happens next."""
        about = "Diplomatic news by country, sector and event, on your machine."
        return [
            Words(about),
            Words(Content.styled("Choose what to listen to; all of it can be changed later.", "$dim")),
            self._list,
            self._said,
        ]  # fmt: skip

    def on_mount(self) -> None:
        """Every group is on."""
        self._list.on = {each.name for each in self._groups}
        self._list.show(self._groups)
        self._list.styles.height = min(12, max(1, len(self._groups)))
        self.begin(self._list)
        self._say()

    @on(RowList.Moved)
    def _say(self) -> None:
        count = sum(each.feeds for each in self._groups if each.name in self._list.on)
        about = f"{plural(count, 'feed')}, about {max(5, round(count / _A_SECOND / 5) * 5)} s"
        self._said.say(
            Content.assemble(
                ("Enter", "bold $primary"), f"  start ({about}; you can read meanwhile)\n",
                ("d", "bold $primary"), "      read the sample desk first\n",
                ("+", "bold $primary"), "      add a feed or site of your own\n",
                ("?", "bold $primary"), "      keys\n\n",
                ("Nothing is sent anywhere but to the feeds you choose.", "$dim"),
            )
        )  # fmt: skip

    @on(RowList.Opened)
    def _start(self) -> None:
        if self._list.on:
            self.dismiss(Start("fetch", frozenset(self._list.on)))
        else:
            self.notify("Choose a group, or press + to add a feed", markup=False)

    def action_begin(self, how: Literal["demo", "add"]) -> None:
        """Begin in another way."""
        self.dismiss(Start(how))


def groups_of(feeds: Sequence[Feed]) -> list[Group]:
    """The groups of a list, in the order in which they come, each with its countries."""
    found: dict[str, list[Feed]] = {}
    for each in feeds:
        found.setdefault(each.group, []).append(each)
    return [
        Group(
            name,
            len(some),
            tuple(code for code, _ in Counter(f.country for f in some).most_common()),
        )
        for name, some in found.items()
    ]
