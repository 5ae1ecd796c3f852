"""HTML as plain text: read once from front to back, whatever it is, in time that grows with its length only.

Every search here either finds what the reading then goes on behind, or finds that there is no more of it
and is not made again. So no heap of half-open tags takes longer than a page of the same length.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from dipread.text.cleaning import (
    TEXT_LENGTH,
    clean_block,
    clean_line,
    holds_tags,
    is_clean,
    single_spaced,
    unescape,
)

HTML_LENGTH = 1_000_000
QUOTED = 2_000
"""How much of a value in quotes may hold what looks like the end of its tag."""

_PARAGRAPHS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "aside",
        "blockquote",
        "pre",
        "dl",
        "table",
        "figure",
        "figcaption",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "form",
        "fieldset",
    ]
)
_LINES = frozenset(["br", "li", "tr", "dt", "dd", "option"])
_SILENT = frozenset(
    [
        "script",
        "style",
        "head",
        "title",
        "noscript",
        "iframe",
        "object",
        "svg",
        "math",
        "template",
        "select",
        "button",
        "textarea",
    ]
)
_RAW = {each: re.compile(f"</{each}", re.IGNORECASE) for each in ("script", "style")}
_LISTS = frozenset(("ul", "ol"))
_BREAKS = frozenset(slash + each for each in _PARAGRAPHS for slash in ("", "/"))
"""Tags that part paragraphs and do nothing else, where they begin and where they end."""
_CELLS = frozenset(("td", "th"))
_LINKS = frozenset(("a", "/a"))
_IDLE = (
    "b",
    "i",
    "u",
    "em",
    "strong",
    "span",
    "img",
    "small",
    "sup",
    "sub",
    "time",
    "picture",
    "source",
    "cite",
)
_PLAIN = {""} | _BREAKS | _LINKS | {slash + each for each in _IDLE for slash in ("", "/")}
"""Tags of which most pages have no others: they part paragraphs, are links or say nothing."""
_Told = tuple[str, str, str]
"""A tag's name in small letters, what else it says, and the text behind it."""
_TAG = re.compile(r"<(/?[a-zA-Z][^\s/>]*)([^>]*)>")
_HREF = re.compile(r"""(?<![\w-])href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_QUOTED = re.compile(r"""=\s*(?:"[^"]*"|'[^']*')""")
_HALF_OPEN = re.compile(r"""=\s*(["'])""")
_NOWHERE = re.compile(r"#|(?!https?:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)  # in the page, off the web


class PlainText(Struct, frozen=True):
    """`text` in paragraphs, and `(start, end, url)` of each link's label in it."""

    text: str
    links: tuple[tuple[int, int, str], ...] = ()


def html_to_text(source: str, limit: int = TEXT_LENGTH) -> PlainText:
    """HTML as plain text: paragraphs, list items and table rows kept, markup and active content gone.

    Links are as they were written, so some may be relative; those that lead off the web are gone.
    Source beyond a million characters is not read, text beyond `limit` not kept.

    >>> html_to_text('<p>Talks in <a href="https://a.example/">Geneva</a>.</p><ul><li>One<li>Two</ul>')
    PlainText(text='Talks in Geneva.\\n\\n• One\\n• Two', links=((9, 15, 'https://a.example/'),))
    """
    plain = _read(source[:HTML_LENGTH], limit)
    if holds_tags(plain.text):  # escaped twice: what came out is HTML again
        again = _read(plain.text, limit)
        return again if again.text else plain
    return plain


def _read(source: str, limit: int) -> PlainText:
    if "<" not in source:
        return PlainText(clean_block(unescape(source), limit))
    words = _Words(limit)
    end = source.rfind(">") + 1  # behind it no tag can end any more
    parts = _TAG.split(source[:end])
    parts[-1] += source[end:]
    names, rests, texts = ["", *map(str.lower, parts[1::3])], ["", *parts[2::3]], parts[::3]
    if _needs_care(parts, names, rests):
        _walk_with_care(source, words)
    else:
        plain = _plainly(names, rests, texts) if _PLAIN.issuperset(names) else None
        if plain is not None and len(plain.text) < limit:
            return plain
        _walk(zip(names, rests, texts, strict=True), words)
    return PlainText(words.text(), tuple(words.links))


def _needs_care(parts: Sequence[str], names: Iterable[str], rests: Iterable[str]) -> bool:
    """Whether in a page parted by its tags a bracket is no tag's, one stands in quotes, or a script hides some."""
    return (
        "<" in "".join(parts)
        or any(map(_is_half_open, filter(None, rests)))
        or not _RAW.keys().isdisjoint(names)
    )


def _plainly(names: Sequence[str], rests: Sequence[str], texts: Sequence[str]) -> PlainText:
    """The text of a page that has nothing but paragraphs and links, as most have."""
    parts: list[str] = []
    links: list[tuple[int, int, str]] = []
    length, gap = 0, ""
    url, start = "", -1
    clean = is_clean("".join(texts))
    for name, rest, text in zip(names, rests, texts, strict=True):
        if name in _BREAKS:
            gap = "\n\n"
        elif name in _LINKS:
            if 0 <= start < length:
                links.append((start, length, url))
            url, start = "" if name[0] == "/" or rest.endswith("/") else _address(rest), -1
        if not text or text.isspace():
            gap = gap or " " * bool(text)
            continue
        if clean and "&" not in text and "\n" not in text and "  " not in text:
            words = text.strip(" ")
        else:
            text = html.unescape(text)
            words = single_spaced(text)
        if not words:
            gap = gap or " " * bool(text)
            continue
        if not length:
            gap = ""
        elif not gap and text[0].isspace():
            gap = " "
        parts.append(gap + words)
        if url and start < 0:
            start = length + len(gap)
        length += len(gap) + len(words)
        gap = " " if text[-1].isspace() else ""
    return PlainText("".join(parts), tuple(links))


def _walk(told: Iterable[_Told], words: _Words) -> None:
    """Tell of every tag and text in a page, in order."""
    for name, rest, text in told:
        if name:
            words.tag(name, rest)
        if words.full:
            return
        words.say(text)


def _walk_with_care(source: str, words: _Words) -> None:
    """The same of a page that is not read off its parts."""
    at, last = 0, source.rfind(">")
    while at < len(source) and not words.full:
        start = source.find("<", at)
        if start < 0 or start > last:  # no tag can end any more
            words.say(source[at:])
            return
        if start > at:
            words.say(source[at:start])
        if found := _TAG.match(source, start):
            at = _behind_quotes(source, found)
            name, rest = found[1].lower(), source[found.end(1) : at - 1]
            words.tag(name, rest)
            if name in _RAW and not rest.endswith("/"):
                closing = _RAW[name].search(source, at)
                if closing is None:  # a script without an end hides the rest
                    return
                at = closing.start()
        elif source.startswith("<!--", start):
            at = source.find("-->", start + 4) + 3
            if at < 3:  # and so does a comment
                return
        elif source.startswith(("<!", "<?", "</"), start):
            at = source.find(">", start) + 1
        else:
            words.say("<")
            at = start + 1


def _behind_quotes(source: str, tag: re.Match[str]) -> int:
    """Where a tag ends whose attributes may hold a `>` in quotes."""
    end, rest = tag.end(), tag[2]
    if not _is_half_open(rest):
        return end
    half_open = _HALF_OPEN.search(_QUOTED.sub("", rest))
    if not half_open:
        return end
    closed = source.find(half_open[1], end, end + QUOTED)
    behind = source.find(">", closed, closed + QUOTED) if closed >= 0 else -1
    return behind + 1 or end


def _address(attributes: str) -> str:
    """Where a link leads, empty when nowhere on the web."""
    href = _HREF.search(attributes)
    url = clean_line(href[1] or href[2] or href[3] or "", 2_000) if href else ""
    return "" if _NOWHERE.match(url) else url


def _is_half_open(attributes: str) -> bool:
    return bool(attributes.count('"') % 2 or attributes.count("'") % 2)


class _Words:
    """Collects words; a wanted gap is remembered and written only before the next word."""

    def __init__(self, limit: int) -> None:
        self.full = limit <= 0  # nothing more would be kept
        self.links: list[tuple[int, int, str]] = []
        self._parts: list[str] = []
        self._length = 0
        self._limit = limit
        self._gap = ""
        self._glued = False
        self._lists = 0
        self._silent = ""
        self._link: tuple[int, str] | None = None

    def text(self) -> str:
        return "".join(self._parts)

    def tag(self, name: str, rest: str) -> None:
        """A tag: its name, with the slash before it that closes, and what else it says."""
        if name in _BREAKS:
            if not self._silent:
                self._want("\n" if self._lists else "\n\n")
            return
        if name[0] == "/":
            self._end(name[1:])
            return
        self._begin(name, rest)
        if rest.endswith("/"):
            self._end(name)

    def _begin(self, tag: str, rest: str) -> None:
        if self._silent:
            return
        if tag in _SILENT:
            self._silent = tag
        elif tag in _LISTS:
            self._want("\n" if self._lists else "\n\n")
            self._lists += 1
        elif tag in _LINES:
            self._want("\n\n" if tag == "br" and self._gap == "\n" else "\n")
            if tag == "li":
                self._glue("•")
        elif tag in _CELLS:
            if self._parts and not self._gap.startswith("\n"):
                self._glue("|")
        elif tag == "a":
            self._close_link()
            if url := _address(rest):
                self._link = (-1, url)

    def _end(self, tag: str) -> None:
        if self._silent:
            if tag == self._silent:
                self._silent = ""
        elif tag in _LISTS:
            self._lists = max(0, self._lists - 1)
            self._want("\n" if self._lists else "\n\n")
        elif tag in _LINES:
            self._want("\n")
        elif tag in _CELLS:
            self._want(" ")
        elif tag == "a":
            self._close_link()

    def say(self, text: str) -> None:
        """Text between two tags."""
        if self._silent or not text:
            return
        if "&" in text:
            text = html.unescape(text)
        words = "" if text.isspace() else single_spaced(text)
        if not words:
            self._gap = self._gap or " " * bool(text)
            return
        if not self._gap and text[0].isspace():
            self._gap = " "
        self._write(words)
        if text[-1].isspace():
            self._gap = " "

    def _want(self, gap: str) -> None:
        if len(gap) > len(self._gap) or (gap[0] == "\n" and self._gap == " "):
            self._gap = gap

    def _glue(self, mark: str) -> None:
        """A bullet or cell border: the next words follow it on its line, whatever tags come between."""
        self._write(mark)
        self._glued = True

    def _write(self, words: str) -> None:
        if self.full:
            return
        gap = " " if self._glued else self._gap if self._length else ""
        self._gap, self._glued = "", False
        here = self._length + len(gap)
        if self._link and self._link[0] < 0:
            self._link = (here, self._link[1])
        length = here + len(words)
        if length > self._limit:
            words, length = words[: max(0, self._limit - here)], max(here, self._limit)
        self.full = length >= self._limit
        self._parts.append(gap + words)
        self._length = length

    def _close_link(self) -> None:
        if self._link and 0 <= self._link[0] < self._length:
            self.links.append((self._link[0], self._length, self._link[1]))
        self._link = None
