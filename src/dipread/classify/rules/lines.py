"""Where in a rules file something stands, found in its lines: the TOML reader forgets them."""

from __future__ import annotations

import re
import tomllib

from msgspec import Struct

_HEADING = re.compile(r"""\s*(\[\[?)\s*([\w.\-"' ]+?)\s*\]\]?\s*(?:\#.*)?$""")
_KEY = re.compile(r"""\s*([\w.\-"' ]+?)\s*=""")
_STRING = re.compile(r""""(?:[^"\\\n]|\\.)*"|'[^'\n]*'|#.*""")


class _Section(Struct, frozen=True):
    """The lines below one heading; `number` counts the `[[kind]]` it belongs to, from 1."""

    path: str
    number: int
    start: int
    end: int


class Lines:
    """The lines of a file that was parsed, numbered from 1."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        headings: list[tuple[str, int, int]] = []
        counts: dict[str, int] = {}
        for at, line in enumerate(self._lines):
            heading = _HEADING.match(line)
            if heading:
                path = re.sub(r"""[\s"']""", "", heading[2])
                kind = path.split(".")[0]
                if heading[1] == "[[" and "." not in path:
                    counts[kind] = counts.get(kind, 0) + 1
                headings.append((path, counts.get(kind, 1), at))
        ends = [*(at for _, _, at in headings), len(self._lines)][1:]
        self._top = headings[0][2] if headings else len(self._lines)
        self._sections = [
            _Section(path, number, at, end)
            for (path, number, at), end in zip(headings, ends, strict=True)
        ]

    def of_kind(self, kind: str) -> int:
        """The line of the first heading of a kind, else of the key of that name."""
        for each in self._sections:
            if each.path.split(".")[0] == kind:
                return each.start + 1
        return self._key(kind, 0, self._top) or 1

    def of_rule(self, kind: str, number: int) -> int:
        """The line of the heading of the `number`th rule of a kind."""
        return next((each.start + 1 for each in self._of(kind, number)), self.of_kind(kind))

    def of_key(self, kind: str, number: int, *keys: str) -> int:
        """The line of a key of a rule, or of the heading that stands for it; `keys` lead to it."""
        sections = self._of(kind, number)
        for each in sections:
            for depth in range(len(keys)):
                if each.path == ".".join((kind, *keys[:depth])):
                    line = self._key(".".join(keys[depth:]), each.start + 1, each.end)
                    if line:
                        return line
        for each in sections:
            if each.path == ".".join((kind, *keys)):
                return each.start + 1
        return self.of_rule(kind, number) if len(keys) < 2 else self.of_key(kind, number, keys[0])

    def of_term(self, kind: str, number: int, *keys: str, term: str, nth: int = 0) -> int:
        """The line on which a text stands in a list of a rule, the `nth` time (from 0): in the list that
        `keys` lead to, else anywhere in the rule.
        """
        listed = self.of_key(kind, number, *keys) if keys else 0
        anywhere: list[int] = []
        there: list[int] = []
        for section in self._of(kind, number):
            key, in_list = 0, False
            for at in range(section.start + 1, section.end):
                if found := _KEY.match(self._lines[at]):
                    key, in_list = at + 1, self._lines[at][found.end() :].lstrip()[:1] in ("[", "{")
                tokens = _STRING.findall(self._lines[at]) if in_list else ()
                found_here = [at + 1 for token in tokens if _reads(token, term)]
                anywhere += found_here
                there += found_here if key == listed else []
        lines = there or anywhere or [listed or self.of_rule(kind, number)]
        return lines[min(nth, len(lines) - 1)]

    def _of(self, kind: str, number: int) -> list[_Section]:
        return [
            each
            for each in self._sections
            if each.path.split(".")[0] == kind and each.number == number
        ]

    def _key(self, key: str, start: int, end: int) -> int:
        """The line of a key among some lines; 0 when it is not there."""
        for at in range(start, end):
            found = _KEY.match(self._lines[at])
            if found and re.sub(r"""[\s"']""", "", found[1]) == key:
                return at + 1
        return 0


def _reads(token: str, term: str) -> bool:
    """Whether a token of the file is this text."""
    return not token.startswith("#") and tomllib.loads(f"text = {token}")["text"] == term
