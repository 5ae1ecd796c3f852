"""Why a tag: the words that earned it, in a strip under the text so that they stay in sight."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.style import Style
from textual.binding import BindingType
from textual.geometry import Offset
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from dipread.model import StoryDetail, Tag, Vocabulary
from dipread.query import JUDGED, Said
from dipread.tui.bind import key
from dipread.tui.typeset.lines import fit
from dipread.tui.typeset.paint import BAR, cut, in_context, line
from dipread.tui.widgets.pane import Pane

MOST_LINES = 7
_KIND_INKS = {"sector": "sector", "event": "event", "forum": "event"}


class WhyStrip(Pane):
    """One tag of a story at a time; its first line names it, the last what else was considered, those between are its evidence."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key(
            "j,down", "move(1)", "why.next", "places", "Go to the next piece of evidence", as_="j/k"
        ),
        key("k,up", "move(-1)", "why.previous", "up", "Go to the evidence before", show=False),
        key("n,tab", "tag(1)", "why.next-tag", "next tag", "Why the next tag", as_="n"),
        key(
            "p,shift+tab",
            "tag(-1)",
            "why.previous-tag",
            "tag before",
            "Why the tag before",
            show=False,
        ),
        key("x", "judge(False)", "why.wrong", "wrong", "This tag is wrong; again, take that back"),
        key(
            "plus", "judge(True)", "why.right", "right", "This tag is right; again, take that back"
        ),
        key("r", "rule", "why.rule", "rule", "Change the rule, with what that would do in sight"),
        key("l", "label", "why.label", "label", "Say which tag this story should have"),
        key("escape,w,q", "close", "why.close", "close", "Close this strip", as_="Esc"),
    ]

    cursor: reactive[int] = reactive(0, repaint=False, init=False)

    @dataclass(eq=False, repr=False)
    class Pointed(Message):
        """The reader points at a piece of evidence: numbers of tag and evidence in the story."""

        strip: WhyStrip
        tag: int
        evidence: int

        @property
        def control(self) -> WhyStrip:
            """The strip it happened in."""
            return self.strip

    @dataclass(eq=False, repr=False)
    class Judged(Message):
        """The reader says that the tag shown holds, or does not."""

        detail: StoryDetail
        said: Said

    @dataclass(eq=False, repr=False)
    class LabelAsked(Message):
        """The reader wants to name a tag that is not here."""

        detail: StoryDetail

    @dataclass(eq=False, repr=False)
    class RuleAsked(Message):
        """The rule of the tag shown is to be changed; `words` are those that are pointed at."""

        tag: Tag
        words: str
        language: str

    class Closed(Message):
        """The strip is to go."""

    def __init__(self, vocabulary: Callable[[], Vocabulary], *, id: str) -> None:
        super().__init__(id=id)
        self._vocabulary = vocabulary
        self._detail: StoryDetail | None = None
        self._tags: tuple[Tag, ...] = ()
        self._tag = 0
        self._considered = _NOT_YET
        self._height = 0

    def show(self, detail: StoryDetail, tag: int, evidence: int = 0) -> None:
        """Explain a tag of a story, pointing at one piece of its evidence.

        After the story's tags come those that the reader called wrong: they have no evidence left.
        """
        self._tags = detail.tags + struck(detail)
        if self._detail is None or self._detail.id != detail.id:
            self._considered = _NOT_YET
        self._detail, self._tag = detail, min(tag, len(self._tags) - 1)
        self.set_reactive(WhyStrip.cursor, max(0, evidence))
        lines = 1 + len(self._tags[self._tag].evidence) + 1
        if (height := min(lines, MOST_LINES)) != self._height:  # its size may be yet to follow
            self._height = height
            self.styles.height = height
            self.refresh(layout=True)  # the text above has more lines now, or fewer
        self.set_length(lines)
        self.jump(0)
        self.repaint()
        self.bring(1 + self.cursor)
        self.post_message(self.Pointed(self, self._tag, self.cursor))

    def consider(self, detail: StoryDetail, words: str) -> None:
        """Say below the evidence which tags the story nearly has."""
        if not self.has_class("-open"):
            return
        if self._detail is not None and self._detail.id == detail.id and words != self._considered:
            self._considered = words
            self.repaint(self.virtual_size.height - 1)

    @property
    def shown(self) -> Tag | None:
        """The tag that is explained."""
        return self._tags[self._tag] if self._tags else None

    def show_again(self, detail: StoryDetail) -> bool:
        """Explain the same tag after the story's tags were made anew; False when it has none at all."""
        shown = self.shown
        tags = detail.tags + struck(detail)
        same = [n for n, each in enumerate(tags) if shown and _name(each) == _name(shown)]
        if not tags:
            return False
        self.show(detail, same[0] if same else self._tag, self.cursor if same else 0)
        return True

    def paint(self, index: int, width: int) -> Strip:
        """The tag, or one piece of its evidence."""
        tag, detail = self.shown, self._detail
        if tag is not None and index == len(tag.evidence) + 1:
            told = [("  also considered: ", self.inks["dim"]), (self._considered, self.inks["dim"])]
            return line(cut(told, width), width, self.inks["bar"])
        if tag is None or detail is None or index > len(tag.evidence):
            return Strip.blank(width, self.inks["bar"])
        if index == 0:
            return line(self._heading(tag, width), width, self.inks["bar"])
        here = index - 1 == self.cursor
        evidence = tag.evidence[index - 1]
        text = detail.story.title if evidence.field == "title" else detail.story.text
        rule = fit(evidence.rule, min(28, max(8, width // 4)))
        room = width - cell_len(rule) - 8
        before, words, after = in_context(text, evidence, room)
        blank = max(0, room - sum(cell_len(each) for each in (before, words, after)))
        inks = self.inks
        ink = inks[_KIND_INKS.get(tag.kind, "country")]
        shown: list[tuple[str, Style]] = [
            (f"{BAR if here and self.has_focus else ' '}{index:>2} ", inks["here"]),
            (before, inks["dim"]),
            (words, ink + inks["strong"]),
            (after + " " * (blank + 2), inks["dim"]),
            (rule, inks["dim"]),
        ]
        return line(shown, width, inks["row"] if here else inks["bar"])

    def _heading(self, tag: Tag, width: int) -> list[tuple[str, Style]]:
        inks = self.inks
        facts = [str(tag.role)] if tag.role else []
        facts += [f"{name} {value}" for name, value in tag.slots]
        facts += [f"score {tag.score:.1f}", f"confidence {tag.confidence:.0%}"] * bool(tag.evidence)
        verdict = self._detail.verdict(tag.kind, tag.code) if self._detail else None
        said = f" · {_SAID[verdict.says]}" if verdict else ""
        label = self._vocabulary().label(tag.kind, tag.code)
        ink = inks[_KIND_INKS.get(tag.kind, "country")] + inks["strong"]
        left: list[tuple[str, Style]] = [
            (f"{BAR if self.has_focus else ' '}WHY ", inks["title-here"]),
            (label, ink),
            (" · ".join(("", str(tag.kind), *facts)), inks["dim"]),
            (said, inks["note"]),
        ]
        right = f"  tag {self._tag + 1} of {len(self._tags)} "
        return [
            *cut(left, width - cell_len(right)),
            (right, inks["dim"]),
        ]

    def cursor_cell(self) -> Offset:
        """The line of the evidence pointed at."""
        return Offset(0, 1 + self.cursor)

    def validate_cursor(self, cursor: int) -> int:
        """Within the evidence."""
        tag = self.shown
        return max(0, min(len(tag.evidence) - 1, cursor)) if tag else 0

    def watch_cursor(self, before: int, after: int) -> None:
        """Point at another piece of evidence."""
        self.repaint(1 + before, 1 + after)
        self.bring(1 + after)
        self.place_cursor()
        self.post_message(self.Pointed(self, self._tag, after))

    def action_move(self, step: int) -> None:
        """Down or up by evidence."""
        self.cursor += step

    def action_tag(self, step: int) -> None:
        """The next tag of the story, round and round."""
        if self._detail is not None:
            self.show(self._detail, (self._tag + step) % len(self._tags))

    def action_judge(self, holds: bool) -> None:
        """Say that the tag shown is right or wrong."""
        tag = self.shown
        if self._detail is None or tag is None:
            return
        if tag.kind in JUDGED:
            self.post_message(self.Judged(self._detail, Said(tag.kind, tag.code, holds)))
        else:
            self.notify(f"A {tag.kind} can't be judged", markup=False)

    def action_rule(self) -> None:
        """Ask for the rule to be changed."""
        tag, detail = self.shown, self._detail
        if tag is None or detail is None or not tag.evidence:
            self.notify("No rule gave this tag", markup=False)
            return
        field, start, end, rule = tag.evidence[self.cursor]
        text = detail.story.title if field == "title" else detail.story.text
        parts = rule.split(".")
        language = parts[2] if len(parts) > 3 else detail.story.lang.partition("-")[0]
        self.post_message(self.RuleAsked(tag, text[start:end], language))

    def action_label(self) -> None:
        """Name another tag."""
        if self._detail is not None:
            self.post_message(self.LabelAsked(self._detail))

    def action_close(self) -> None:
        """Close the strip."""
        self.post_message(self.Closed())


_NOT_YET = "…"
_SAID = {
    "right": "✓ right, you say",
    "missing": "✓ yours",
    "wrong": "✗ wrong, you say · x undoes",
}


def struck(detail: StoryDetail) -> tuple[Tag, ...]:
    """The tags that the reader called wrong, so that the word can be taken back."""
    return tuple(
        Tag(each.kind, each.code, score=0.0, confidence=0.0, evidence=())
        for each in detail.verdicts
        if each.says == "wrong"
    )


def _name(tag: Tag) -> tuple[str, str]:
    return tag.kind, tag.code
