"""A rule changed from the screen: the words of it, what the change would do, and the change made."""

from __future__ import annotations

import json
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from dipread.model import StoryId
from dipread.rules.retagging import preview
from dipread.rules.rulebook import Rulebook
from dipread.store import Store

KINDS = ("sector", "event")


class RuleEdit(NamedTuple):
    """Terms to take out of a rule, phrases in which none counts, and terms to put in, of one language."""

    kind: str
    id: str
    language: str = "en"
    out: tuple[str, ...] = ()
    veto: tuple[str, ...] = ()
    medium: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether it changes nothing."""
        return not (self.out or self.veto or self.medium)

    @property
    def file(self) -> str:
        """The file in rules.d that holds what was changed of this rule."""
        return f"screen-{self.kind}-{self.id}.toml"

    def laid_over(self, before: Mapping[str, Any]) -> str:
        """The file with this edit, where `before` is the rule as the file had it."""
        removed = dict.fromkeys((*before.get("remove", ()), *self.out))
        for each in self.medium:
            removed.pop(each, None)
        veto = dict.fromkeys((*before.get("veto", ()), *self.veto))
        terms = {
            language: [each for each in kinds.get("medium", ()) if each not in self.out]
            for language, kinds in before.get("terms", {}).items()
        }
        mine = terms.setdefault(self.language, [])
        mine += [each for each in self.medium if each not in mine]
        lines = ["# Written by the screen: r in the why strip.", f"[[{self.kind}]]"]
        lines += [f"id = {_text(self.id)}"]
        lines += [f"remove = {_texts(removed)}"] if removed else []
        lines += [f"veto = {_texts(veto)}"] if veto else []
        for language, words in terms.items():
            if words:
                lines += ["", f"[{self.kind}.terms.{language}]", f"medium = {_texts(words)}"]
        return "\n".join(lines) + "\n"


class Effect(NamedTuple):
    """What an edit would do so far: stories looked at, labels won and lost, and some that change."""

    stories: int
    gains: Counter[str]
    loses: Counter[str]
    titles: tuple[tuple[StoryId, str, str], ...]


def terms_of(rules: Rulebook, kind: str, id: str) -> dict[str, dict[str, tuple[str, ...]]]:
    """The terms of a rule in force, by language and strength."""
    shipped, own = rules.tables()
    found: dict[str, dict[str, list[str]]] = {}
    for table in (*shipped.values(), *own.values()):
        for rule in table.get(kind, ()):
            if rule.get("id") == id:
                for language, strengths in rule.get("terms", {}).items():
                    for strength, terms in strengths.items():
                        found.setdefault(language, {}).setdefault(strength, []).extend(terms)
    return {
        language: {strength: tuple(terms) for strength, terms in strengths.items()}
        for language, strengths in found.items()
    }


def with_edit(rules: Rulebook, edit: RuleEdit) -> Rulebook:
    """The rules with an edit laid over them; nothing is written. Raises ConfigError when it is compiled."""
    return rules.with_file(str(rules.folder / edit.file), _text_with(rules, edit))


def effect(store: Store, rules: Rulebook, edit: RuleEdit, most: int) -> Iterator[Effect]:
    """What the edit would change over the newest stories, as it is found out."""
    gains: Counter[str] = Counter()
    loses: Counter[str] = Counter()
    titles: list[tuple[StoryId, str, str]] = []
    for looked in preview(store, rules, with_edit(rules, edit), most):
        for each in looked.edits:
            (gains if each.does == "gains" else loses)[each.label] += 1
            sign = "+" if each.does == "gains" else "-"
            titles.append((each.story, f"{sign} {each.label}", each.title))
        yield Effect(looked.stories, Counter(gains), Counter(loses), tuple(titles[:6]))


def keep(rules: Rulebook, edit: RuleEdit) -> Path:
    """Write the edit into rules.d, the file before it stays as .bak. Raises DipreadError."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / edit.file
        file.write_text(_text_with(rules, edit), encoding="utf-8")
        return rules.apply(file)


def _text_with(rules: Rulebook, edit: RuleEdit) -> str:
    text = rules.own.get(str(rules.folder / edit.file), "")
    (before,) = tomllib.loads(text).get(edit.kind) or ({},)
    return edit.laid_over(before)


def _text(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)  # a JSON string is a TOML string


def _texts(values: Iterable[str]) -> str:
    return "[" + ", ".join(map(_text, values)) + "]"
