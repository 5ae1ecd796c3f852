"""Cleaning, done once, at the door: what a feed says in, plain and harmless text out.

Everything here is pure and linear. Later rooms may trust any title or text that went through.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from html.parser import HTMLParser

TITLE_LENGTH = 1_000
TEXT_LENGTH = 200_000
HTML_LENGTH = 1_000_000

_DROPPED = [
    *range(0x00, 0x09), 0x0B, 0x0C, *range(0x0E, 0x20), *range(0x7F, 0xA0),  # C0, DEL, C1
    0x00AD, 0x061C, 0x180E, 0x200B, 0x2060, 0xFEFF,                          # invisible
    *range(0x202A, 0x202F), *range(0x2066, 0x206A),                          # bidi embeddings, overrides, isolates
    *range(0x206A, 0x2070), *range(0xFFF9, 0xFFFC), 0xFFFE, 0xFFFF,          # deprecated formats, annotations
    *range(0xE0000, 0xE0080),                                                # tag characters
]  # fmt: skip
_CHARACTERS: dict[int, str | None] = {
    **dict.fromkeys(_DROPPED),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
    0x2028: "\n",
    0x2029: "\n\n",
    0x85: "\n",
}
# Joiners stay where a script or an emoji needs them: after a letter or symbol outside Latin.
_STRAY_JOINER = re.compile(
    r"(?<![\u0590-\u1fff\u2190-\u2bff\ufb1d-\ufefc\ufe0f\U0001f000-\U0001faff])[\u200c\u200d]"
)
_STRAY_MARK = re.compile(r"[\u200e\u200f]")
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_PILE = re.compile(
    r"([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
_SPACES = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r"\s*\n\s*\n\s*")
_TAG = re.compile(
    r"</?(?:a|b|i|u|p|q|s|br|hr|em|li|ul|ol|td|th|tr|h[1-6]|div|img|pre|sub|sup|big|font|span|small|strong|table|tbody|center|"
    r"figure|blockquote|script|style|iframe|cite|code|mark|wbr)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")


def clean_characters(text: str) -> str:
    """Without control, override and invisible characters; composed (NFC). Line feeds and tabs stay.

    >>> clean_characters("a\\x1b[31mb\\u202ec")
    'a[31mbc'
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_CHARACTERS)
    if text.isascii():
        return text
    text = _STRAY_JOINER.sub("", text)
    if not _RIGHT_TO_LEFT.search(text):
        text = _STRAY_MARK.sub("", text)
    return unicodedata.normalize("NFC", _PILE.sub(r"\1", text))


def clean_line(text: str, limit: int = TITLE_LENGTH) -> str:
    """One line of plain text: no tag, no entity, single spaces, at most `limit` code points.

    >>> clean_line("  Trade &amp;amp; aid:\\n <b>talks</b> ")
    'Trade & aid: talks'
    """
    text = unescape(text[: limit * 16])
    if _TAG.search(text):
        text = unescape(_TAG.sub("", text))
    return " ".join(clean_characters(text).split())[:limit].rstrip()


def clean_block(text: str, limit: int = TEXT_LENGTH) -> str:
    """Plain text in paragraphs, parted by one empty line.

    >>> clean_block("One.  \\n\\n\\n Two\\x07 and\\tmore.")
    'One.\\n\\nTwo and more.'
    """
    lines = _SPACES.sub(" ", clean_characters(text))
    return (
        _BREAKS.sub("\n\n", "\n".join(line.strip() for line in lines.split("\n")))
        .strip()[:limit]
        .rstrip()
    )


def unescape(text: str) -> str:
    """With its entities decoded, those too that were escaped twice.

    >>> unescape("Caf&amp;eacute; AT&T")
    'Café AT&T'
    """
    for _ in range(2):
        if not _ENTITY.search(text):
            break
        text = html.unescape(text)
    return text


_SECRET_NAMES = "token|access_token|auth|auth_token|api_?key|key|secret|sig|signature|password|passwd|pwd|pass|session"
_LOGIN = re.compile(r"(?<=://)[^/\s@?#]*:[^/\s@?#]*@|(?<=://)[^/\s@?#:]+@")
_SECRET = re.compile(rf"(?<=[?&;])((?:{_SECRET_NAMES})=)[^&#\s;\"'<>]+", re.IGNORECASE)


def redact(text: str) -> str:
    """Without the passwords and tokens of the addresses in it, for whatever is shown or written down.

    >>> redact("https://ann:hunter2@a.example/f?token=s3cret&x=1: HTTP 403")
    'https://a.example/f?token=…&x=1: HTTP 403'
    """
    if "://" not in text and "=" not in text:
        return text
    return _SECRET.sub(r"\1…", _LOGIN.sub("", text))


def part_secret(url: str) -> tuple[str, str]:
    """An address without its secret, and the secret: `name:password`, or `?` and the queries that are one.

    >>> part_secret("https://ann:hunter2@a.example/f")
    ('https://a.example/f', 'ann:hunter2')
    >>> part_secret("https://a.example/f?x=1&token=s3cret#t")
    ('https://a.example/f?x=1#t', '?token=s3cret')
    """
    login = _LOGIN.search(url)
    if login:
        return _LOGIN.sub("", url, count=1), login[0][:-1]
    bare, mark, place = url.partition("#")
    page, query, asked = bare.partition("?")
    parts = asked.split("&") if query else []
    secret = [each for each in parts if _SECRET.search("?" + each)]
    plain = [each for each in parts if each not in secret]
    if not secret:
        return url, ""
    return page + ("?" + "&".join(plain) if plain else "") + mark + place, "?" + "&".join(secret)


@dataclass(frozen=True, slots=True)
class PlainText:
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
    if _TAG.search(plain.text):  # escaped twice: what came out is HTML again
        again = _read(plain.text, limit)
        return again if again.text else plain
    return plain


def _read(source: str, limit: int) -> PlainText:
    if "<" not in source:
        return PlainText(clean_block(unescape(source), limit))
    reader = _HtmlReader(limit)
    reader.feed(source)
    reader.close()
    return PlainText(reader.text(), tuple(reader.links))


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
        "ul",
        "ol",
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
_LISTS = frozenset(("ul", "ol"))
_CELLS = frozenset(("td", "th"))
_NOWHERE = re.compile(r"#|(?!https?:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)  # in the page, off the web


class _HtmlReader(HTMLParser):
    """Collects words; a wanted gap is remembered and written only before the next word."""

    def __init__(self, limit: int) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[tuple[int, int, str]] = []
        self._parts: list[str] = []
        self._length = 0
        self._limit = limit
        self._gap = ""
        self._glued = False
        self._lists = 0
        self._silent: list[str] = []
        self._link: tuple[int, str] | None = None

    def text(self) -> str:
        return "".join(self._parts)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._silent:
            return
        if tag in _SILENT:
            self._silent.append(tag)
        elif tag in _PARAGRAPHS:
            self._want("\n" if self._lists else "\n\n")
            self._lists += tag in _LISTS
        elif tag in _LINES:
            self._want("\n\n" if tag == "br" and self._gap == "\n" else "\n")
            if tag == "li":
                self._glue("•")
        elif tag in _CELLS and self._parts and not self._gap.startswith("\n"):
            self._glue("|")
        elif tag == "a":
            self._close_link()
            url = clean_line(dict(attrs).get("href") or "", 2_000)
            if url and not _NOWHERE.match(url):
                self._link = (-1, url)

    def handle_endtag(self, tag: str) -> None:
        if self._silent:
            if tag == self._silent[-1]:
                self._silent.pop()
        elif tag in _PARAGRAPHS:
            self._lists = max(0, self._lists - (tag in _LISTS))
            self._want("\n" if self._lists else "\n\n")
        elif tag in _LINES:
            self._want("\n")
        elif tag in _CELLS:
            self._want(" ")
        elif tag == "a":
            self._close_link()

    def handle_data(self, data: str) -> None:
        if self._silent or self._length >= self._limit:
            return
        data = clean_characters(data)
        words = data.split()
        if not words:
            self._want(" ")
            return
        if data[0].isspace():
            self._want(" ")
        self._write(" ".join(words))
        if data[-1].isspace():
            self._want(" ")

    def _want(self, gap: str) -> None:
        if len(gap) > len(self._gap) or (gap[0] == "\n" and self._gap == " "):
            self._gap = gap

    def _glue(self, mark: str) -> None:
        """A bullet or cell border: the next words follow it on its line, whatever tags come between."""
        self._write(mark)
        self._glued = True

    def _write(self, words: str) -> None:
        if self._glued:
            self._append(" ")
        elif self._gap and self._length:
            self._append(self._gap)
        self._gap, self._glued = "", False
        if self._link and self._link[0] < 0:
            self._link = (self._length, self._link[1])
        self._append(words[: self._limit - self._length])

    def _append(self, part: str) -> None:
        self._parts.append(part)
        self._length += len(part)

    def _close_link(self) -> None:
        if self._link and 0 <= self._link[0] < self._length:
            self.links.append((self._link[0], self._length, self._link[1]))
        self._link = None


_NAME_GAPS = re.compile(r"[\s_\-\u2010-\u2015\u00b7/]+")
_NAME_SILENT = re.compile(r"[.'\u2018\u2019\u02bc`]")


def fold_name(name: str) -> str:
    """A name as it is compared: case, accents, points and apostrophes off, any gap one space.

    >>> fold_name("Côte d’Ivoire"), fold_name("supply_chain"), fold_name("U.S.")
    ('cote divoire', 'supply chain', 'us')
    """
    letters = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", _NAME_GAPS.sub(" ", _NAME_SILENT.sub("", plain)).strip())
