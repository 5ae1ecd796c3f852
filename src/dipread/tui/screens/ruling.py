"""Arguing with tags: what else was considered, and the rule of a tag changed with its effect in sight."""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Callable
from typing import TYPE_CHECKING

from textual import on, work

from dipread.model import StoryDetail
from dipread.store import Kind, Store
from dipread.tui.screens.handing import HandingScreen
from dipread.tui.telling import telling
from dipread.tui.widgets.why_strip import WhyStrip

if TYPE_CHECKING:
    from dipread.rules.editing import Effect, RuleEdit

MOST = 2_000
"""How many of the newest stories an edit is tried on."""


class RulingScreen(HandingScreen):
    """Asks the classifier beside the keys: the strip is there before it has answered."""

    @work(exclusive=True, group="considered")
    async def consider(self, detail: StoryDetail) -> None:
        """Say in the strip which tags the story nearly has."""
        from dipread.classify import considered

        with telling(self.app):
            found = await self.desk.counter.ask(
                lambda store: considered(detail.story, self.library.knowledge)
            )
            short = self.library.vocabulary.short
            told = [
                f"{short(each.kind, each.code)} {each.score:.1f} "
                + (f"of {each.needs:.1f}" if each.score < each.needs else "by one word alone")
                for each in found
            ]
            self.why.consider(detail, ", ".join(told) or "nothing else")

    @on(WhyStrip.RuleAsked)
    def _rule_asked(self, event: WhyStrip.RuleAsked) -> None:
        from dipread.rules.editing import KINDS  # which brings the classifier along

        if event.tag.kind in KINDS:
            self._ask_rule(event)
        else:
            self.notify(
                "Words of sectors and events can be changed here; for others see dipread rules list",
                markup=False,
            )

    @work(exclusive=True, group="rule")
    async def _ask_rule(self, event: WhyStrip.RuleAsked) -> None:
        """Have the rule changed, keep the change, and tag the archive by it."""
        from dipread.rules.editing import RuleEdit, terms_of
        from dipread.tui.screens.rule import RuleDialog

        tag, library = event.tag, self.library
        edit = RuleEdit(tag.kind, tag.code, event.language or "en")
        with telling(self.app):
            label = library.vocabulary.label(tag.kind, tag.code)
            dialog = RuleDialog(label, edit, event.words, self._try)
            wanted = await self.open_and_tell(
                dialog,
                lambda store: terms_of(library.rulebook, tag.kind, tag.code),
                dialog.tell_terms,
            )
            if wanted is None:
                return
            place = await self.desk.writer.ask(lambda store: library.change_rule(store, wanted))
            self.history.wrote()
            said = f"Kept in {place.name}: u takes it back; the archive is tagged anew"
            self.notify(said, markup=False)
            self._tag_anew()

    @work(exclusive=True, group="tag-anew")
    async def _tag_anew(self) -> None:
        """Have the archive tagged by the rules of now, and show what has become of it."""
        with telling(self.app):
            await self.desk.exporter.ask(lambda store: [None for _ in self.library.retag()])
            self.notify("Tagged anew by the rules as they are now", markup=False)
            self._marks_changed()

    def follow(self, kind: Kind) -> None:
        """Tag the archive anew when it was a rule that was changed back."""
        super().follow(kind)
        if kind == "rules":
            self._tag_anew()

    def _try(self, edit: RuleEdit, tell: Callable[[Effect | str], None]) -> None:
        self._look_at_effect(edit, tell)

    @work(exclusive=True, group="rule-effect")
    async def _look_at_effect(self, edit: RuleEdit, tell: Callable[[Effect | str], None]) -> None:
        """Show what an edit would change, once the typing rests."""
        from dipread.errors import DipreadError
        from dipread.rules.editing import Effect, effect
        from dipread.tui.screens.rule import PAUSE

        await asyncio.sleep(PAUSE)

        def look(store: Store) -> Effect:
            found = deque(effect(store, self.library.rulebook, edit, MOST), maxlen=1)
            return found[0] if found else Effect(0, Counter(), Counter(), ())

        try:
            tell(await self.desk.reader.ask(look))
        except DipreadError as fault:
            tell(fault.message)
