"""Dates as feeds write them, in any of the ways that real feeds have found."""

from __future__ import annotations

import re
import tomllib
import unicodedata
import warnings
from datetime import UTC, datetime, timedelta
from functools import cache
from time import struct_time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from dateutil import parser
from dateutil.parser import UnknownTimezoneWarning

from dipread import data


class FeedDate(NamedTuple):
    """`moment` in UTC, or None when it can't be read; `zone_known` is False when no zone was named."""

    moment: datetime | None
    zone_known: bool = True


UNREADABLE = FeedDate(None)
_NO_DATE = datetime(1, 1, 1, tzinfo=UTC)

_WORD = re.compile(r"[^\W\d_]+|\d{1,2}月")
_WEEKDAY = re.compile(r"^\s*[^\W\d_]{2,12}\.?\s*,?\s+(?=\S)|^\s*[^\W\d_]{2,12}\.?,")
_ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th|er|º|ª)\b", re.IGNORECASE)
_OFFSET = re.compile(r"(?:[+-]\d{2}:?\d{2}|(?<=[\d\s])Z)\s*$")
_ZONE_NAME = re.compile(r"\b([A-Za-z]+/[A-Za-z_]+(?:/[A-Za-z_]+)?)\s*$")
_ZONE_WORD = re.compile(r"(?<![^\W\d_])([A-Z]{1,5})\s*$")
_GMT_OFFSET = re.compile(r"\b(?:GMT|UTC)\s*([+-]\d{1,2}):?(\d{2})?\s*$")
_TIME = re.compile(r"\d{1,2}:\d{2}")
_EPOCH = re.compile(r"1\d{9}")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2})?")
_YEAR = re.compile(r"\d{4}(?!\d)")
_NOON = re.compile(r"\b([ap])\.\s?m\b\.?", re.IGNORECASE)


def read_date(raw: str, hint: struct_time | None = None) -> FeedDate:
    """The instant that `raw` names; `hint` is a last resort, read by another as UTC.

    >>> read_date("Di, 23 Jan 2018 09:00:00 CET").moment.isoformat()
    '2018-01-23T08:00:00+00:00'
    >>> read_date("2018-01-23 09:00")
    FeedDate(moment=datetime.datetime(2018, 1, 23, 9, 0, tzinfo=datetime.timezone.utc), zone_known=False)
    """
    text = " ".join(raw.split())
    if not text:
        return UNREADABLE
    if _EPOCH.fullmatch(text):
        return FeedDate(datetime.fromtimestamp(int(text), UTC))
    if hint and not _YEAR.search(
        text
    ):  # 03-12-31 and its kin: the old formats are feedparser's field
        return _from_hint(hint)
    body, zone = _split_zone(text)
    naive = _read(body)
    if naive is None:
        return UNREADABLE if _ISO.match(text) else _from_hint(hint)
    if isinstance(zone, str):
        try:
            return FeedDate(naive.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC))
        except (OSError, ValueError, OverflowError):
            zone = None
    try:
        return FeedDate((naive - (zone or timedelta())).replace(tzinfo=UTC), zone is not None)
    except OverflowError:
        return UNREADABLE


def _split_zone(text: str) -> tuple[str, timedelta | str | None]:
    """The text without its zone, and the zone: an offset, a name such as Europe/Rome, or None."""
    if found := _GMT_OFFSET.search(text):
        hours, minutes = int(found[1]), int(found[2] or 0)
        return text[: found.start()], timedelta(
            hours=hours, minutes=minutes if hours >= 0 and found[1][0] != "-" else -minutes
        )
    if found := _ZONE_NAME.search(text):
        return text[: found.start()], found[1]
    if (found := _OFFSET.search(text)) and (_TIME.search(text[: found.start()]) or "T" in text):
        return text[: found.start()], _offset(found[0].strip())
    if (found := _ZONE_WORD.search(text)) and (zone := _zones().get(found[1])):
        return text[: found.start()], _offset(zone)
    return text, None


def _offset(sign: str) -> timedelta:
    digits = sign.replace(":", "").replace("Z", "+0000")
    distance = timedelta(hours=int(digits[1:3]), minutes=int(digits[3:5]))
    return -distance if digits[0] == "-" else distance


def _read(text: str) -> datetime | None:
    english = _ORDINAL.sub(r"\1", _WORD.sub(_month, _WEEKDAY.sub(_unless_month, text))).replace(
        " at ", " "
    )
    english = _NOON.sub(r"\1m", english).strip(" ,-.")
    day_first = not _ISO.match(english) and not re.match(r"(0?[1-9]|1[0-2])/\d{1,2}/", english)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UnknownTimezoneWarning)
        try:
            found = parser.parse(english, default=_NO_DATE, ignoretz=True, dayfirst=day_first)
        except (ValueError, OverflowError, TypeError, AttributeError):
            return None
    return found.replace(tzinfo=None) if found.year > 1 else None


def _unless_month(found: re.Match[str]) -> str:
    if "," in found[0]:  # "mar., 01 déc." is a Tuesday
        return ""
    return found[0] if _known_month(found[0].strip(" .")) else ""


def _month(found: re.Match[str]) -> str:
    return _known_month(found[0]) or found[0]


def _known_month(word: str) -> str:
    """The English month of a word in any language known, empty when it is none."""
    plain = "".join(
        each
        for each in unicodedata.normalize("NFKD", word.casefold())
        if not unicodedata.combining(each)
    )
    return _months().get(plain) or (
        _months().get(plain[:3], "") if len(plain) > 3 and plain[:3] != "mar" else ""
    )


def _from_hint(hint: struct_time | None) -> FeedDate:
    if hint is None:
        return UNREADABLE
    try:
        return FeedDate(datetime(*hint[:6], tzinfo=UTC))
    except (ValueError, OverflowError):
        return UNREADABLE


@cache
def _knowledge() -> dict[str, dict[str, str]]:
    table = tomllib.loads(data.read("dates.toml"))
    months = {word: month for month, words in table["months"].items() for word in (month, *words)}
    return {"months": months, "zones": table["zones"]}


def _months() -> dict[str, str]:
    return _knowledge()["months"]


def _zones() -> dict[str, str]:
    return _knowledge()["zones"]
