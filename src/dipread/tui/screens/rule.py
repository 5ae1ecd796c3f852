"""The rule of a tag, changed by a few words, with what the change would do shown while it is typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from dipread.rules.editing import Effect, RuleEdit
from dipread.text.plural import plural
from dipread.tui.screens.dialog import Form
from dipread.tui.typeset.lines import seen
from dipread.tui.widgets.words import FieldName, Words

PAUSE = 0.3
_TERMS_SHOWN = 14
Tries = Callable[[RuleEdit, Callable[[Effect | str], None]], None]


class RuleDialog(Form[RuleEdit]):
    """Terms out, phrases that count for nothing, terms in. `tries` looks what an edit would change.

    It is there before the terms of the rule are read.
    """

    def __init__(self, label: str, edit: RuleEdit, words: str, tries: Tries) -> None:
        super().__init__(f"Rule {edit.kind}.{edit.id}: {label}", "Enter save · Tab field · Esc")
        self._edit = edit
        self._about = Words(Content.styled("Reading the rule …", "$dim"), id="about")
        self._tries = tries
        self._out = Input(_comma(words), compact=True, id="out", select_on_focus=False)
        self._veto = Input(
            placeholder="phrases in which its words do not count", compact=True, id="veto"
        )
        self._put_in = Input(
            placeholder=f"more words of it ({edit.language})", compact=True, id="in"
        )
        self._effect = Words(id="effect")
        for each in (self._out, self._veto, self._put_in):
            each.cursor_blink = False

    def fields(self) -> list[Widget]:
        """The words of the rule, what to change, and what that would do."""
        return [
            self._about,
            FieldName("Take out"),
            self._out,
            FieldName("Never in"),
            self._veto,
            FieldName("Put in"),
            self._put_in,
            FieldName("What that would change"),
            self._effect,
        ]

    def on_mount(self) -> None:
        """Begin with the words that are pointed at."""
        self.begin(self._out)

    def tell_terms(self, terms: Mapping[str, Mapping[str, tuple[str, ...]]]) -> None:
        """Show the words that the rule has."""
        own = terms.get(self._edit.language, {})
        told = [f"{strength}: {_some(words)}" for strength, words in own.items() if words]
        about = "\n".join(told) or "This rule has no words in the language of the story."
        self._about.say(Content.styled(seen(about), "$dim"))

    @property
    def edit(self) -> RuleEdit:
        """What is written now."""
        return self._edit._replace(
            out=_words(self._out.value),
            veto=_words(self._veto.value),
            medium=_words(self._put_in.value),
        )

    @on(Input.Changed)
    def _changed(self) -> None:
        self._effect.say(Content.styled("looking …", "$dim"))
        edit = self.edit
        if edit.empty:
            self._effect.say(Content.styled("nothing", "$dim"))
        else:
            self._tries(edit, lambda told: self._tell(edit, told))

    def _tell(self, edit: RuleEdit, told: Effect | str) -> None:
        """Show what the edit would do, if it is still the one that is written."""
        if edit != self.edit or not self.is_attached:
            return
        if isinstance(told, str):
            self._effect.say(Content.styled(seen(told), "$error"))
            return
        counts = [
            f"{label} +{told.gains[label]} −{told.loses[label]}"
            for label in dict.fromkeys((*told.gains, *told.loses))
        ]
        looked = plural(told.stories, "story", "stories")
        lines = [f"of the newest {looked}: {', '.join(counts) or 'no tag changes'}"]
        lines += [f"  {change}  {seen(title)}" for _, change, title in told.titles]
        self._effect.say("\n".join(lines))

    def action_answer(self) -> None:
        """Answer with the edit."""
        if self.edit.empty:
            self.notify("Nothing is written that would change the rule", markup=False)
        else:
            self.dismiss(self.edit)


def _comma(words: str) -> str:
    return words.replace(",", " ").strip()


def _words(text: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in text.split(",") if each.strip())


def _some(words: tuple[str, ...]) -> str:
    shown = ", ".join(words[:_TERMS_SHOWN])
    return f"{shown} … {len(words) - _TERMS_SHOWN} more" if words[_TERMS_SHOWN:] else shown
