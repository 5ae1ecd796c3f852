"""What the palette offers: everything the keys do, and the themes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import Any, NamedTuple

from textual.app import App
from textual.binding import Binding
from textual.screen import Screen
from textual.widget import Widget

from dipread.tui.bind import key_name
from dipread.tui.colours.looks import LOOKS, TERMINAL
from dipread.tui.picking import places
from dipread.tui.widgets.pane import Pane
from dipread.tui.widgets.prefix_keys import PrefixKeys

_KINDS = {
    "ink": "dark",
    "paper": "light",
    "contrast": "black and white",
    "terminal": "the terminal's own colours",
}


class Command(NamedTuple):
    """A name to look for, what to do, and a word of help."""

    name: str
    run: Callable[[], Any]
    help: str


def commands(screen: Screen[Any]) -> list[Command]:
    """What can be done now: where the focus is, in the other panes, and with the look."""
    told: set[str] = set()
    found = chain(_here(screen, told), _in_other_panes(screen, told), _looks(screen.app))
    return list(found)


def matching(offered: Sequence[Command], wanted: str) -> list[Command]:
    """Those with all the words in their name, those that begin with them first; then those with the letters in order."""
    text = wanted.casefold().strip()
    if not text:
        return list(offered)

    def distance(each: Command) -> int:
        name = each.name.casefold()
        if name.startswith(text):
            return 0
        if all(word in name for word in text.split()):
            return 1
        return 2 if places(each.name, text) else 3

    return sorted((each for each in offered if distance(each) < 3), key=distance)


def _here(screen: Screen[Any], told: set[str]) -> Iterator[Command]:
    """Each binding of the focused pane, the screen and the app, by its sentence."""
    for active in screen.active_bindings.values():
        binding = active.binding
        if binding.id and binding.tooltip and binding.id not in told and active.enabled:
            told.add(binding.id)
            run = partial(screen.app.run_action, binding.action, active.node)
            yield Command(binding.tooltip, run, binding.key_display or key_name(binding.key))


def _in_other_panes(screen: Screen[Any], told: set[str]) -> Iterator[Command]:
    """What a pane that has not the focus can do: it is gone to, and it is done. Also what comes after `f`."""
    for node in screen.query("*"):
        if not isinstance(node, Pane | PrefixKeys) or not node.display:
            continue
        for binding in _all(node):
            if binding.id and binding.id not in told and binding.tooltip:
                told.add(binding.id)
                run = partial(_there, screen, node, binding)
                yield Command(binding.tooltip, run, key_name(binding.key))


async def _there(screen: Screen[Any], node: Pane | PrefixKeys, binding: Binding) -> None:
    if isinstance(node, PrefixKeys):
        await screen.app.run_action("screen.prefix", node)
    else:
        screen.set_focus(node)
    await screen.app.run_action(binding.action, node)


def _all(node: Widget) -> list[Binding]:
    return [each for bindings in node._bindings.key_to_bindings.values() for each in bindings]


def _looks(app: App[Any]) -> Iterator[Command]:
    """One for each look; none where no colour is wanted."""
    if app.no_color:
        return
    for name in (*LOOKS, TERMINAL):
        run = partial(app.run_action, f"look('{name}')")
        yield Command(f"Theme: {name} ({_KINDS[name]})", run, "")
