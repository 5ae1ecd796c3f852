"""Dates as feeds write them, in any of the ways that real feeds have found."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime, timedelta, tzinfo
from functools import cache, lru_cache
from time import struct_time
from typing import TYPE_CHECKING, NamedTuple

from dipread import data

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


class FeedDate(NamedTuple):
    """`moment` in UTC, or None when it can't be read; `zone_known` is False when no zone was named."""

    moment: datetime | None
    zone_known: bool = True


UNREADABLE = FeedDate(None)
_NO_DATE = datetime(1, 1, 1, tzinfo=UTC)

_WORD = re.compile(r"[^\W\d_]+|\d{1,2}月")
_WEEKDAY = re.compile(
    r"^[^\W\d_]{1,12}(?:-[^\W\d_]+)?\.?\s*,?\s+(?=\S)|^[^\W\d_]{1,12}(?:-[^\W\d_]+)?\.?,"
)
_ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th|er|º|ª)\b", re.IGNORECASE)
_OFFSET = re.compile(r"(?:[+-]\d{2}(?::?\d{2})?|(?<=[\d\s])Z)\s*$")
_ZONE_NAME = re.compile(r"\b([A-Za-z]+/[A-Za-z_]+(?:/[A-Za-z_]+)?)\s*$")
_ZONE_WORD = re.compile(r"(?<![^\W\d_])([A-Z]{1,5})\s*$")
_GMT_OFFSET = re.compile(r"\b(?:GMT|UTC)\s*([+-])(\d{1,2}):?(\d{2})?\s*$")
_ASIDE = re.compile(r"\s*\(([^()]*)\)\s*$")
_CLOCK = re.compile(r"\d{1,2}:\d{2}|\dT\d")
_HOURS = re.compile(r"\b(\d{1,2})\s?h\s?(\d{2})\b")
_EPOCH = re.compile(r"(1\d{9})(?:\d{3})?")
_ISO = re.compile(r"\d{4}-(?:\d{2}-\d{2}|\D)")
_YEAR_FIRST = re.compile(
    r"(?<!\d)(\d{4})\s?[年년./-]\s?(\d{1,2})\s?[月월./-]\s?(\d{1,2})(?!\d)(\s?[日일.])?"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_MONTH_FIRST = re.compile(r"(?:0?[1-9]|1[0-2])/\d{1,2}/")
_NOON = re.compile(r"\b([ap])\.\s?m\b\.?", re.IGNORECASE)


_MONTHS = {name: number for number, name in enumerate(
    ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), 1
)}  # fmt: skip
_MAIL = re.compile(
    r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d{1,2}) ([A-Z][a-z]{2}) ((?:19|20)\d\d) (\d\d):(\d\d):(\d\d)"
    r" (?:GMT|UTC|Z|([+-])(\d\d):?(\d\d))"
)
_INTERNET = re.compile(
    r"((?:19|20)\d\d)-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:Z|([+-])(\d\d):(\d\d))"
)


def is_plain(raw: str) -> bool:
    """Whether a date is written as the standards of mail and of the internet have it, as nearly all are."""
    return _plainly(raw) is not None


@lru_cache(256)  # each is asked twice: whether it is plain, and what it is
def _plainly(text: str) -> datetime | None:
    """The instant of a date that is written so; None for any other."""
    try:
        if found := _INTERNET.fullmatch(text):
            year, month, day = int(found[1]), int(found[2]), int(found[3])
        elif found := _MAIL.fullmatch(text):
            year, month, day = int(found[3]), _MONTHS[found[2]], int(found[1])
        else:
            return None
        moment = datetime(year, month, day, int(found[4]), int(found[5]), int(found[6]), tzinfo=UTC)
        return moment - _distance(found[7], found[8], found[9]) if found[7] else moment
    except (ValueError, KeyError):
        return None


def read_date(raw: str, hint: struct_time | None = None) -> FeedDate:
    """The instant that `raw` names, to the second; `hint` is a last resort, read by another as UTC.

    >>> read_date("Di, 23 Jan 2018 09:00:00 CET").moment.isoformat()
    '2018-01-23T08:00:00+00:00'
    >>> read_date("2018-01-23 09:00")
    FeedDate(moment=datetime.datetime(2018, 1, 23, 9, 0, tzinfo=datetime.timezone.utc), zone_known=False)
    """
    text = " ".join(raw.split())
    if not text:
        return UNREADABLE
    if plain := _plainly(text):
        return FeedDate(plain)
    if epoch := _EPOCH.fullmatch(text):
        return FeedDate(datetime.fromtimestamp(int(epoch[1]), UTC))
    if hint and not _YEAR.search(text):  # 03-12-31 and its kin are feedparser's field
        return _from_hint(hint)
    body, zone = _split_zone(text)
    naive = _read(body)
    if naive is None:
        return UNREADABLE if _ISO.match(text) else _from_hint(hint)
    try:
        if isinstance(zone, tzinfo):
            return FeedDate(naive.replace(tzinfo=zone).astimezone(UTC))
        return FeedDate((naive - (zone or timedelta())).replace(tzinfo=UTC), zone is not None)
    except OverflowError:
        return UNREADABLE


def _split_zone(text: str) -> tuple[str, timedelta | ZoneInfo | None]:
    """The text without its zone, and the zone: a distance from UTC, a place's, or None."""
    if aside := _ASIDE.search(text):  # +0100 (CET), or a zone that stands in brackets only
        body, zone = _split_zone(text[: aside.start()])
        return (body, zone) if zone is not None else _split_zone(f"{body} {aside[1]}")
    if found := _GMT_OFFSET.search(text):
        return text[: found.start()], _distance(found[1], found[2], found[3] or "0")
    if found := _ZONE_NAME.search(text):
        return text[: found.start()], _place(found[1])
    if (found := _OFFSET.search(text)) and _CLOCK.search(text[: found.start()]):
        return text[: found.start()], _offset(found[0].strip())
    if (found := _ZONE_WORD.search(text)) and (zone_word := _knowledge().zones.get(found[1])):
        return text[: found.start()], _offset(zone_word)
    return text, None


def _place(name: str) -> ZoneInfo | None:
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError):  # no such place, or only half of its name
        return None


def _offset(written: str) -> timedelta:
    digits = written.replace(":", "").replace("Z", "+0000")
    return _distance(digits[0], digits[1:3], digits[3:5] or "0")


def _distance(sign: str, hours: str, minutes: str) -> timedelta:
    distance = timedelta(hours=int(hours), minutes=int(minutes))
    return -distance if sign == "-" else distance


def _read(text: str) -> datetime | None:
    """The time that a text names, in whatever zone; what reads it is imported when a date first asks for it."""
    import warnings

    from dateutil import parser

    english = _in_english(text)
    day_first = not _MONTH_FIRST.match(english) and not english[:4].isdigit()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", parser.UnknownTimezoneWarning)
        try:
            found = parser.parse(english, default=_NO_DATE, ignoretz=True, dayfirst=day_first)
        except (ValueError, ArithmeticError, LookupError, TypeError, AttributeError):
            return None  # what dateutil is known to raise on words that are no date
    return found.replace(tzinfo=None, microsecond=0) if found.year > 1 else None


def _in_english(text: str) -> str:
    """The text as an English reader of dates knows it: no weekday, English months, year first by hyphens."""
    for noon, words in _knowledge().noons.items():
        text = words.sub(rf" \1 {noon}", text)
    text = _WEEKDAY.sub(_unless_month, text)
    text = _YEAR_FIRST.sub(
        lambda found: f"{found[1]}-{found[2]}-{found[3]}" + (" " if found[4] else ""), text
    )
    text = _NOON.sub(r"\1m", _HOURS.sub(r"\1:\2", _ORDINAL.sub(r"\1", text)))
    return " ".join(_WORD.sub(_month, text).split()).strip(" ,-.")


def _unless_month(found: re.Match[str]) -> str:
    if "," in found[0]:  # "mar., 01 déc." is a Tuesday
        return ""
    return found[0] if _known_month(found[0].strip(" .")) else ""


def _month(found: re.Match[str]) -> str:
    if _plain(found[0]) in _knowledge().fillers:
        return " "
    return _known_month(found[0]) or found[0]


def _known_month(word: str) -> str:
    """The English month of a word in any language known, empty when it is none."""
    plain = _plain(word)
    months = _knowledge().months
    return months.get(plain) or (
        months.get(plain[:3], "") if len(plain) > 3 and plain[:3] != "mar" else ""
    )


def _plain(word: str) -> str:
    letters = unicodedata.normalize("NFKD", word.casefold())
    return "".join(each for each in letters if not unicodedata.combining(each))


def _from_hint(hint: struct_time | None) -> FeedDate:
    if hint is None:
        return UNREADABLE
    try:
        return FeedDate(datetime(*hint[:6], tzinfo=UTC))
    except (ValueError, OverflowError):
        return UNREADABLE


class _Knowledge(NamedTuple):
    """data/dates.toml, ready to be looked up; words are without case and accents."""

    months: dict[str, str]
    zones: dict[str, str]
    fillers: frozenset[str]
    noons: dict[str, re.Pattern[str]]


@cache
def _knowledge() -> _Knowledge:
    import tomllib

    table = tomllib.loads(data.read("dates.toml"))
    return _Knowledge(
        months={
            _plain(word): month
            for month, words in table["months"].items()
            for word in (month, *words)
        },
        zones=table["zones"],
        fillers=frozenset(map(_plain, table["fillers"])),
        noons={
            noon: re.compile(rf"(?:{'|'.join(words)})\s*(\d{{1,2}}:\d{{2}}(?::\d{{2}})?)")
            for noon, words in table["noons"].items()
        },
    )
