"""Lists of feeds of other programs: OPML, which most read and write, and newsboat's urls file.

What other programs wrote beside an address is kept with it, in the key `opml` of its [[feed]], and given
back when the list is exported.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from dipread.errors import ConfigError
from dipread.model import Feed
from dipread.text.cleaning import clean_line

NAMESPACE = "urn:dipread:opml"
OURS = ("publisher", "country", "kind", "group", "interval_minutes")
GROUP = "Imported"
DEEPEST = 100
"""Folders within folders; deeper ones are taken for the last of these."""


class Outline(NamedTuple):
    """A feed as another program lists it, and at which line: `also` is what else it wrote beside it."""

    line: int
    url: str
    title: str
    folders: tuple[str, ...]
    also: Mapping[str, str]


def read_outlines(text: bytes, name: str) -> list[Outline]:
    """The outlines with an address of an OPML file, whole or not at all; `name` is what errors call it.

    Raises ConfigError, with line and column, when it is not well formed, declares entities, or is no OPML.
    """
    reader = _Reader(name)
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda tag, said: reader.open(tag, said, parser.CurrentLineNumber)
    parser.EndElementHandler = reader.close
    parser.EntityDeclHandler = lambda *_: reader.refuse_entities(parser.CurrentLineNumber)
    try:
        parser.Parse(text, True)
    except expat.ExpatError as fault:
        raise ConfigError(
            f"{name}:{fault.lineno}:{fault.offset + 1}: not well formed:"
            f" {expat.ErrorString(fault.code)}",
            "Export it anew from the program that wrote it; nothing was taken in.",
        ) from None
    except (UnicodeError, LookupError, ValueError) as fault:
        raise ConfigError(f"{name}: can't be read: {fault}", "Save it as UTF-8.") from None
    return reader.found


class _Reader:
    """Follows the outlines; a folder is one without an address."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._folders: list[str] = []
        self._open: list[bool] = []
        self._root = ""
        self.found: list[Outline] = []

    def open(self, tag: str, said: Mapping[str, str], line: int) -> None:
        """An element begins."""
        if not self._root:
            self._root = tag.lower()
            if self._root != "opml":
                raise ConfigError(
                    f"{self._name}:{line}: not OPML but <{clean_line(tag, 40)}>",
                    "Export the list of feeds as OPML from the program that has it.",
                )
        if tag.lower() != "outline":
            return
        lowered = {key.lower(): value for key, value in said.items()}
        title = clean_line(lowered.get("title") or lowered.get("text") or "")
        folder = "xmlurl" not in lowered
        if not folder:
            also = {
                key: clean_line(value, 2_000)
                for key, value in said.items()
                if key.lower() not in ("xmlurl", "title", "text", "type")
            }
            url = lowered["xmlurl"].strip()
            self.found.append(Outline(line, url, title, tuple(self._folders[:DEEPEST]), also))
        self._open.append(folder and bool(title))
        if folder and title:
            self._folders.append(title)

    def close(self, tag: str) -> None:
        """An element ends."""
        if tag.lower() == "outline" and self._open.pop():
            self._folders.pop()

    def refuse_entities(self, line: int) -> None:
        """A list of feeds needs none; what declares them wants to read files or to fill the memory."""
        raise ConfigError(
            f"{self._name}:{line}: declares entities, which are not read",
            "Take the <!DOCTYPE …> out of the file.",
        )


def feed_of(outline: Outline, url: str) -> Feed:
    """An outline as a feed of ours, at the address that it is listed with."""
    also = outline.also
    group = " / ".join(outline.folders) or also.get("category", "").strip("/").split(",")[0]
    host = urlsplit(url).hostname or url
    country = also.get("dipread:country", "INT")
    kind: Any = also.get("dipread:kind", "press")
    minutes = also.get("dipread:interval_minutes", "60")
    return Feed(
        url=url,
        title=outline.title or host,
        publisher=also.get("dipread:publisher") or host,
        country=country if re.fullmatch(r"[A-Z]{2}|INT", country) else "INT",
        kind=kind
        if kind in ("official", "igo", "wire", "press", "think-tank", "sector")
        else "press",
        language=also.get("language", "").split("-")[0].lower() or "en",
        group=also.get("dipread:group") or clean_line(group) or GROUP,
        interval_minutes=int(minutes)
        if minutes.isdecimal() and 5 <= int(minutes) <= 10_080
        else 60,
    )


def kept_of(outline: Outline) -> dict[str, str]:
    """What another program wrote beside an address and we have no key for; its folders among it."""
    also = {
        key: value
        for key, value in outline.also.items()
        if not key.startswith(("dipread:", "xmlns"))
    }
    if len(outline.folders) > 1:
        also["dipread-folders"] = "\n".join(outline.folders)
    return also


def write_outlines(tables: Iterable[Mapping[str, Any]], title: str, written: str) -> str:
    """A list of feeds as OPML 2.0, folder by folder; `tables` are the [[feed]] tables, whole."""
    folders: dict[tuple[str, ...], list[str]] = {}
    for table in tables:
        also = dict(table.get("opml", {}))
        said = also.pop("dipread-folders", "")
        path = tuple(said.split("\n")) if said else tuple(table["group"].split(" / "))
        folders.setdefault(path, []).append(_outline(table, also))
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<opml version="2.0" xmlns:dipread="{NAMESPACE}">',
        "<head>",
        f"<title>{_escaped(title)}</title>",
        f"<dateCreated>{written}</dateCreated>",
        "</head>",
        "<body>",
        *_nested(folders),
        "</body>",
        "</opml>",
    ]
    return "\n".join(lines) + "\n"


def _nested(folders: Mapping[tuple[str, ...], list[str]]) -> Iterator[str]:
    here: tuple[str, ...] = ()
    for path in sorted(folders, key=lambda each: list(folders).index(each)):
        shared = 0
        while shared < min(len(here), len(path)) and here[shared] == path[shared]:
            shared += 1
        yield from ["</outline>"] * (len(here) - shared)
        yield from (
            f"<outline text={_quoted(name)} title={_quoted(name)}>" for name in path[shared:]
        )
        yield from folders[path]
        here = path
    yield from ["</outline>"] * len(here)


def _outline(table: Mapping[str, Any], also: Mapping[str, str]) -> str:
    said = {
        "type": "rss",
        "text": table["title"],
        "title": table["title"],
        "xmlUrl": table["url"],
        "language": table["language"],
        "category": "/" + str(table["group"]).replace(",", " "),
    }
    said |= {key: value for key, value in also.items() if re.fullmatch(r"[A-Za-z_][\w.-]*", key)}
    said |= {f"dipread:{key}": str(table[key]) for key in OURS if key in table}
    return f"<outline {' '.join(f'{key}={_quoted(value)}' for key, value in said.items())}/>"


def _quoted(value: str) -> str:
    return quoteattr(clean_line(value, 2_000))


def _escaped(text: str) -> str:
    return quoteattr(text)[1:-1]


# ----------------------------------------------------------------------------------------- newsboat


def read_urls(text: str, name: str) -> tuple[list[Outline], list[tuple[int, str]]]:
    """The feeds of newsboat's urls file, and the lines that hold none, with the reason.

    A line is an address and tags; `~name` is the title, a tag with `!` in front hides the feed there.
    """
    found: list[Outline] = []
    refused: list[tuple[int, str]] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            url, *tags = shlex.split(line)
        except ValueError as fault:
            refused.append((number, f"can't be read: {fault}"))
            continue
        if url.startswith(("query:", "exec:", "filter:")):
            refused.append((number, f"{url.partition(':')[0]}: lines are newsboat's own"))
            continue
        title = next((clean_line(each[1:]) for each in tags if each.startswith("~")), "")
        plain = [clean_line(each) for each in tags if not each.startswith(("~", "!"))]
        also = {"category": ",".join(f"/{each}" for each in plain)} if len(plain) > 1 else {}
        found.append(Outline(number, url, title, tuple(plain[:1]), also))
    return found, refused
