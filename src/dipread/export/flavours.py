"""Flavours of Markdown: five named parts with names to fill in, and no code.

A flavour is a TOML file with the parts `header`, `section`, `story`, `note` and `footer`. `$name` stands for
a value; a line whose every value is empty is left out. What is filled in is safe where it stands: in front
matter (between `---` at the top of the header) it is YAML, anywhere else Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from string import Template
from typing import NamedTuple, get_args

from msgspec import Struct

from dipread.config import Place, parse_toml
from dipread.errors import ConfigError
from dipread.export.escape import markdown, yaml
from dipread.export.values import NAMES, Made, Part, Value, Values
from dipread.text.near import nearest

_FRONT = re.compile(r"\A---\n(?s:(?P<yaml>.*?\n))---\n+|\A(?P<page>(?:[\w-]+:: .*\n)+)\n*")
_LEADING = re.compile(r"[\s>]*(- )?")


class Flavour(Struct, frozen=True):
    """How each part is written; `front` is what the header begins with, empty for none: front matter in YAML,
    or the properties of a page as Logseq writes them.
    """

    name: str
    front: str
    in_yaml: bool
    parts: Mapping[Part, str]

    def write_front(self, values: Values) -> str:
        """The front matter, with its `---`, or the properties; empty for none."""
        lines = _filled(self.front, values, _in_yaml if self.in_yaml else _in_markdown)
        if not lines:
            return ""
        return f"---\n{lines}\n---\n" if self.in_yaml else lines + "\n"

    def write(self, part: Part, values: Values) -> str:
        """A part filled in; it ends with one line feed, or is empty."""
        written = _filled(self.parts[part], values, _in_markdown)
        written = re.sub(r"\n{3,}", "\n\n", written).strip("\n")
        return written + "\n" if written else ""


def parse_flavour(text: str, name: str) -> Flavour:
    """The flavour that a TOML text describes; `name` is what errors call it. Raises ConfigError."""
    table = parse_toml(text, name)
    top = Place(name, list(enumerate(text.split("\n"), 1)))
    known: tuple[Part, ...] = get_args(Part)
    for key, value in table.items():
        if key not in known:
            raise ConfigError(f"{top.at(key)}: unknown part '{key}'", _meant(key, known))
        if not isinstance(value, str):
            raise ConfigError(
                f"{top.at(key)}: '{key}' must be a text", f'Write it as {key} = """…"""'
            )
        _check_names(key, value, top.at(key))
    for part in known:
        if part not in table:
            raise ConfigError(
                f"{top.at(part)}: the part '{part}' is missing",
                f'Add {part} = "" to leave it out of what is written.',
            )
    parts = {part: table[part].strip("\n") + "\n" for part in known}
    front = _FRONT.match(parts["header"])
    if front:
        parts["header"] = parts["header"][front.end() :]
    in_yaml = front is not None and front["yaml"] is not None
    return Flavour(name, (front["yaml"] or front["page"]) if front else "", in_yaml, parts)


def _check_names(part: Part, text: str, place: str) -> None:
    template = Template(text)
    if not template.is_valid():
        raise ConfigError(
            f"{place}: a $ in '{part}' is followed by no name", "Write $$ for a dollar sign."
        )
    for each in template.get_identifiers():
        if each not in NAMES[part]:
            raise ConfigError(f"{place}: '{part}' knows no ${each}", _meant(each, NAMES[part]))


def _meant(word: str, known: tuple[str, ...]) -> str:
    near = nearest(word, known)
    return f"Did you mean '{near[0]}'?" if near else f"There are: {', '.join(known)}."


class _Line(NamedTuple):
    """A line of a part: what to fill in, the names in it, and how the lines begin that a value of many takes.

    What to fill in is written as Python's `%` takes it, which is a fifth of a Template's time.
    """

    format: str
    names: tuple[str, ...]
    begin: str


@lru_cache(maxsize=64)
def _lines(text: str) -> tuple[_Line, ...]:
    return tuple(map(_line_of, text.split("\n")))


def _line_of(line: str) -> _Line:
    template = Template(line.replace("%", "%%"))
    names = tuple(template.get_identifiers())
    leading = _LEADING.match(line)
    assert leading is not None
    format = template.substitute({name: f"%({name})s" for name in names})
    return _Line(format, names, leading[0].replace("- ", "  "))


def _filled(text: str, values: Values, write: Callable[[Value], str]) -> str:
    lines = (_fill(each, values, write) for each in _lines(text))
    return "\n".join(each for each in lines if each is not None).strip("\n")


def _fill(line: _Line, values: Values, write: Callable[[Value], str]) -> str | None:
    """A line filled in; None when it has names, and there is nothing to fill in for any of them."""
    if not line.names:
        return line.format % ()
    said = {name: write(values.get(name, "")) for name in line.names}
    if not any(said.values()):
        return None
    filled = (line.format % said).rstrip()
    if "\n" not in filled:
        return filled
    first, *rest = filled.split("\n")
    return "\n".join([first, *((line.begin + each).rstrip() for each in rest)])


def _in_markdown(value: Value) -> str:
    if isinstance(value, Made):
        return value
    if isinstance(value, tuple):
        return ", ".join(map(markdown, value))
    return markdown(str(value))


def _in_yaml(value: Value) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(yaml, value))}]" if value else ""
    if isinstance(value, int):
        return str(value)
    return yaml(value) if value else ""
