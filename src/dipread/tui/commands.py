"""What the command palette offers: everything the keys do, and the themes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

from textual.binding import Binding
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.widget import Widget

from dipread.tui.keys import key_name
from dipread.tui.looks import LOOKS, TERMINAL
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


class _Commands(Provider):
    def commands(self) -> Iterator[Command]:
        """What can be done now."""
        raise NotImplementedError

    async def discover(self) -> Hits:
        """Everything, before anything is typed."""
        for each in self.commands():
            yield DiscoveryHit(each.name, each.run, help=each.help)

    async def search(self, query: str) -> Hits:
        """What matches the words typed."""
        matcher = self.matcher(query)
        for each in self.commands():
            score = matcher.match(each.name)
            if score > 0:
                yield Hit(score, matcher.highlight(each.name), each.run, help=each.help)


class KeyCommands(_Commands):
    """Each binding of the focused pane, the screen and the app, by its sentence."""

    def commands(self) -> Iterator[Command]:
        """One for each action, with its keys as help."""
        told: set[str] = set()
        for active in self.screen.active_bindings.values():
            binding = active.binding
            if binding.id and binding.tooltip and binding.id not in told and active.enabled:
                told.add(binding.id)
                run = partial(self.app.run_action, binding.action, active.node)
                keys = binding.key_display or key_name(binding.key)
                yield Command(binding.tooltip, run, f"key {keys}")


class PaneCommands(_Commands):
    """What can be done in the other panes, and after `f`: the pane is gone to, and it is done."""

    def commands(self) -> Iterator[Command]:
        """One for each action of a pane that has not the focus."""
        told = {active.binding.id for active in self.screen.active_bindings.values()}
        for node in self.screen.query("*"):
            if not isinstance(node, Pane | PrefixKeys) or not node.display:
                continue
            for binding in _all(node):
                if binding.id and binding.id not in told and binding.tooltip:
                    told.add(binding.id)
                    run = partial(self._there, node, binding)
                    yield Command(binding.tooltip, run, f"key {key_name(binding.key)}")

    async def _there(self, node: Pane | PrefixKeys, binding: Binding) -> None:
        if isinstance(node, PrefixKeys):
            await self.app.run_action("screen.prefix", node)
        else:
            node.focus()
        await self.app.run_action(binding.action, node)


def _all(node: Widget) -> list[Binding]:
    return [each for bindings in node._bindings.key_to_bindings.values() for each in bindings]


class ThemeCommands(_Commands):
    """The looks."""

    def commands(self) -> Iterator[Command]:
        """One for each look; none where no colour is wanted."""
        if self.app.no_color:
            return
        for name in (*LOOKS, TERMINAL):
            run = partial(self.app.run_action, f"look('{name}')")
            yield Command(f"Theme: {name} ({_KINDS[name]})", run, "for this session")
