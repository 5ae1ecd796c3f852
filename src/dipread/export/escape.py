"""Feed text made safe for the formats it is put into: it can neither open nor close anything there."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from urllib.parse import quote

_RISKY = re.compile(
    r"(?P<special>[\\`*_{}\[\]<>#|~$!^@]|&(?=[#\w])|=(?==|\s*$)|(?<==)=|:(?=/)|(?<=mailto):)"
    r"|^(?P<before>\s*\d{0,9})(?P<bullet>[-+.)])(?=\s|$)"
    r"|\b(?P<host>www)\.",
    re.MULTILINE | re.IGNORECASE,
)
_PLAIN_YAML = re.compile(r"[A-Za-z][A-Za-z0-9 ]*[A-Za-z0-9]|[A-Za-z]")
_NOT_IN_YAML = re.compile(r"[\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_YAML_WORDS = {"true", "false", "yes", "no", "on", "off", "null", "y", "n"}


@lru_cache(maxsize=256)  # a story's headline is said with each of its notes
def markdown(text: str) -> str:
    """Text as Markdown shows it verbatim: no link, image, heading, tag or list of its own.

    >>> print(markdown("# [click](javascript:x) <b>"))
    \\# \\[click\\](javascript:x) \\<b\\>
    """
    return _RISKY.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    if found["special"]:
        return "\\" + found[0]
    if found["host"]:
        return found["host"] + "\\."
    return f"{found['before']}\\{found['bullet']}"


def code(text: str) -> str:
    """Text in backticks, whatever backticks it holds.

    >>> code("a`b")
    "`a'b`"
    """
    return "`" + " ".join(text.split()).replace("`", "'") + "`"


def yaml(value: str) -> str:
    """A text as a YAML scalar: JSON's quoted form, with what YAML reads as a line break or not at all escaped.

    >>> yaml("Rome: talks"), yaml("no"), yaml("trade")
    ('"Rome: talks"', '"no"', 'trade')
    """
    if _PLAIN_YAML.fullmatch(value) and value.lower() not in _YAML_WORDS:
        return value
    return _NOT_IN_YAML.sub(
        lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False)
    )


def address(url: str) -> str:
    """A web address as the target of a Markdown link.

    >>> address("https://example.org/a(b) c")
    'https://example.org/a%28b%29%20c'
    """
    return quote(url, safe="/:?&=%#~+,;@!$*'-._")


def cell(text: str) -> str:
    r"""Text as one cell of a Markdown table.

    >>> print(cell("Rome|Tokyo\n*talks*"))
    Rome\|Tokyo \*talks\*
    """
    return markdown(" ".join(text.split()))


def guarded(text: str) -> str:
    """A CSV cell that no spreadsheet takes for a formula: an apostrophe goes before =, +, -, @, tab, CR.

    >>> guarded("=cmd()"), guarded("trade")
    ("'=cmd()", 'trade')
    """
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r", "'")) else text
