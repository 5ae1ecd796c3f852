"""The values of fields, as people write them, to what the archive knows them by."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from dipread.errors import QueryError
from dipread.model import Vocabulary
from dipread.query.fields import GROUP, KINDS, ORDERS, STATES, THINGS, QueryField, Takes
from dipread.query.hints import meant, meant_among
from dipread.text.folding import fold_name
from dipread.text.pattern import flawed, is_pattern
from dipread.text.span import is_span

INTERNATIONAL = "INT"
"""Where the publisher of a feed sits that belongs to no country."""


class Written(NamedTuple):
    """A value of a field, with its place in the query."""

    asked: QueryField
    text: str
    start: int
    end: int

    def fault(self, message: str, hint: str) -> QueryError:
        """What is wrong with it."""
        return QueryError(message, hint, self.start, self.end)


def read_value(asked: QueryField, text: str, start: int, end: int, vocabulary: Vocabulary) -> str:
    """The canonical form of a value: a code, a folded state, a date, a pattern, or words as they are.

    Raises QueryError with its place and a hint.
    """
    if text.startswith('"'):
        text = text[1:-1]
        if asked.takes == "pattern" and is_pattern(text):
            text = text.strip("/")  # in quotes it is no pattern
    written = Written(asked, text.strip(), start, end)
    return _READERS.get(asked.takes, _code)(written, vocabulary)


def _text(written: Written, vocabulary: Vocabulary) -> str:
    return written.text


def _pattern(written: Written, vocabulary: Vocabulary) -> str:
    if is_pattern(written.text) and (flaw := flawed(written.text)):
        raise written.fault(f"{written.text} is no pattern: {flaw}", "Or write plain words.")
    return written.text


def _date(written: Written, vocabulary: Vocabulary) -> str:
    if not is_span(written.text):
        raise written.fault(
            f"'{written.text}' is no date",
            "Write 3d, 12h, today, 2026-03, 2026-03-09, 2026-W12 or 2026-03..2026-05.",
        )
    return written.text.lower()


def _language(written: Written, vocabulary: Vocabulary) -> str:
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", written.text):
        raise written.fault(f"'{written.text}' is no language", "Write its code, as en, fr or ja.")
    return written.text.lower()


def _share(written: Written, vocabulary: Vocabulary) -> str:
    found = re.fullmatch(r"(>=|<=|>|<|=)?(0|1|0?\.\d{1,4}|1\.0{1,4}|(\d{1,3})%)", written.text)
    if not found or (found[3] and int(found[3]) > 100):
        raise written.fault(
            f"'{written.text}' is no share", "Write a number from 0 to 1, as >=0.7."
        )
    share = int(found[3]) / 100 if found[3] else float(found[2])
    return f"{found[1] or '>='}{share:g}"


def _number(written: Written, vocabulary: Vocabulary) -> str:
    if not re.fullmatch(r"[1-9][0-9]{0,8}", written.text):
        raise written.fault(f"'{written.text}' is no number", "Write a whole number, as 20.")
    return written.text


def _one_of(values: tuple[str, ...]) -> Callable[[Written, Vocabulary], str]:
    def read(written: Written, vocabulary: Vocabulary) -> str:
        value = written.text.lower()
        if value not in values:
            name = written.asked.name
            raise written.fault(
                f"{name}:{written.text} is unknown", meant_among(name, value, values)
            )
        return value

    return read


def _country(written: Written, vocabulary: Vocabulary) -> str:
    if written.text.startswith(GROUP):
        return _group(written, vocabulary)
    return _code(written, vocabulary, kind="country")


def _home(written: Written, vocabulary: Vocabulary) -> str:
    if written.text.upper() == INTERNATIONAL:
        return INTERNATIONAL
    return _country(written, vocabulary)


def _group(written: Written, vocabulary: Vocabulary) -> str:
    code = group_code(written.text.removeprefix(GROUP), vocabulary)
    if code is None:
        known = tuple(sorted(vocabulary.labels.get("members", {})))
        near = meant_among(written.asked.name + ":" + GROUP, written.text[1:], known)
        raise written.fault(
            f"no group of countries is called '{written.text[1:]}'",
            near.replace(":@:", ":@") if near.startswith("Did") else "As @g7, @eu or @asean.",
        )
    return GROUP + code


def group_code(name: str, vocabulary: Vocabulary) -> str | None:
    """The code of a group of countries; None when there is no such group, or nobody is known in it."""
    members = vocabulary.labels.get("members", {})
    folded = fold_name(name)
    code = vocabulary.codes.get("forum", {}).get(folded, folded)
    return code if code in members else name.lower() if name.lower() in members else None


def _pair(written: Written, vocabulary: Vocabulary) -> str:
    """Two countries, `IT-JP`; or one, of which every pair is meant. Either may be a group."""
    whole = _side(written.text, vocabulary)
    if whole:
        return whole
    for first, last in _splits(written.text):
        codes = [_side(first, vocabulary), _side(last, vocabulary)]
        if codes[0] and codes[1] and codes[0] != codes[1]:
            return "-".join(sorted(code for code in codes if code))
    raise written.fault(
        f"'{written.text}' names no two countries", "Write two of them as pair:JP-IT."
    )


def _side(name: str, vocabulary: Vocabulary) -> str | None:
    if name.startswith(GROUP):
        code = group_code(name[1:], vocabulary)
        return GROUP + code if code else None
    return vocabulary.codes.get("country", {}).get(fold_name(name)) if name.strip() else None


def _splits(value: str) -> Iterator[tuple[str, str]]:
    for gap in re.finditer(r"[-\u2010-\u2015/]", value):
        yield value[: gap.start()], value[gap.end() :]


def _code(written: Written, vocabulary: Vocabulary, kind: Takes | None = None) -> str:
    kind = kind or written.asked.takes
    code = vocabulary.codes.get(kind, {}).get(fold_name(written.text))
    if code is None:
        raise written.fault(
            f"no {kind} is called '{written.text}'",
            meant(written.asked.name, kind, written.text, vocabulary),
        )
    return code


_READERS: dict[Takes, Callable[[Written, Vocabulary], str]] = {
    "text": _text,
    "pattern": _pattern,
    "date": _date,
    "language": _language,
    "share": _share,
    "number": _number,
    "country": _country,
    "home": _home,
    "pair": _pair,
    "state": _one_of(STATES),
    "thing": _one_of(THINGS),
    "kind": _one_of(KINDS),
    "order": _one_of(ORDERS),
}
