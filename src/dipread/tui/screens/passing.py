"""Passing a story on: to the clipboard, to a program, to the browser by the links in its text."""

from __future__ import annotations

import os
import shutil
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType

from dipread.library import Library
from dipread.model import ExportPlan, Receipt, StoryDetail
from dipread.tui.bind import key
from dipread.tui.screens.sorting import SortingScreen
from dipread.tui.telling import telling
from dipread.tui.terminal.browser import browser_command, start
from dipread.tui.widgets.story_view import StoryView


class PassingScreen(SortingScreen):
    """Takes what is selected, else the story at hand."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("y", "copy_words", "any.copy", "copy", "Copy the selected words, or the story's address", show=False),
        key("Y", "copy_story", "any.copy-story", "copy story", "Copy the story as Markdown", show=False),
        key("vertical_line", "pipe", "any.pipe", "pipe", "Hand the story to a program", show=False),
        key("O", "links", "any.links", "links", "Number the links in the text, and open one", show=False),
        key("F", "find_words", "any.find-words", "find", "Find words in the text; } and { go through them", show=False),
    ]  # fmt: skip

    def on_mount(self) -> None:
        """Who turns round what is written from the right: dipread, the terminal, or nobody."""
        by_us = self.library.config.bidi == "app"
        self.stories.reorders = self.view.reorders = by_us

    def action_copy_words(self) -> None:
        """The selection, else the address."""
        selected = self.view.selected
        if selected is not None:
            self.app.copy_to_clipboard(self.view.page.text[slice(*selected)])
        elif self.detail is not None and self.detail.story.link:
            self.app.copy_to_clipboard(self.detail.story.link)
        else:
            self.notify("This story has no web address to copy", markup=False)

    @on(StoryView.CopyAsked)
    def _copy_asked(self) -> None:
        self.action_copy_words()

    def action_copy_story(self) -> None:
        """The whole story."""
        if self.detail is not None:
            self.app.copy_to_clipboard(as_markdown(self.detail, self.library))

    @work(exclusive=True, group="pipe")
    async def action_pipe(self) -> None:
        """Ask for a command, give it the story, and show what it answers."""
        from dipread.tui.screens.line import LineDialog
        from dipread.tui.screens.text import TextDialog
        from dipread.tui.terminal.piping import piped

        if (detail := self.detail) is None:
            return
        dialog = LineDialog(
            "Hand the story to a program", "wc -w", "It reads the story as Markdown."
        )
        command = await self.open_dialog(dialog)
        if not command:
            return
        text = as_markdown(detail, self.library)
        with telling(self.app):
            answer = await self.desk.exporter.ask(lambda store: piped(command, text))
            if answer.strip():
                self.open_dialog(TextDialog(command, answer))
            else:
                self.notify(f"{command}: done", markup=False)

    @work(exclusive=True, group="links")
    async def action_links(self) -> None:
        """Show a number on every link, and open the one that is typed."""
        from dipread.tui.screens.hints import HintsDialog

        links = self.view.page.links
        if not links:
            self.notify("No link in this text; o opens the story itself", markup=False)
            return
        self.go_to("story")
        self.view.hints = True
        number = await self.open_dialog(HintsDialog(len(links)))
        self.view.hints = False
        if number:
            with telling(self.app):
                start(browser_command(links[number - 1].url, os.environ, shutil.which))
                self.notify(f"Opened {links[number - 1].url}", markup=False)

    @work(exclusive=True, group="find-words")
    async def action_find_words(self) -> None:
        """Ask for words, and go to the first of them."""
        from dipread.tui.screens.line import LineDialog

        self.go_to("story")
        dialog = LineDialog("Find in the text", "words of the text", "", self.view.words.wanted)
        words = await self.open_dialog(dialog)
        if words is not None:
            self.view.find(words)
            if words and not self.view.action_found(1):
                self.notify(f"Not in this text: {words}", markup=False)


def as_markdown(detail: StoryDetail, library: Library) -> str:
    """A story with its text and its notes as plain Markdown, without the marks of a file."""
    from dipread.export import bundles, document

    plan = ExportPlan("plain", "story", frozenset({"notes", "text"}))
    (bundle,) = bundles([detail], plan.group, library.vocabulary)
    flavour, receipt = library.flavour(plan.flavour), Receipt("", "", 0)
    made = document(bundle, flavour, plan, receipt, library.vocabulary, library.now(), {})
    return "\n".join(each.text for each in made.blocks if each.id != "end")
