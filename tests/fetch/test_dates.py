"""Dates as feeds write them, in many languages and none."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path
from time import struct_time

import pytest
from feedparser.datetimes import _parse_date
from hypothesis import given
from hypothesis import strategies as st

from dipread.fetch.dates import UNREADABLE, read_date

HINT = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC).timetuple()

ZONED = {
    "Sun, 06 Nov 1994 08:49:37 GMT": "1994-11-06T08:49:37",
    "Sunday, 06-Nov-94 08:49:37 GMT": "1994-11-06T08:49:37",
    "Thu, 05 Mar 2026 10:00:00 Z": "2026-03-05T10:00:00",
    "Thu, 05 Mar 2026 10:00:00 CET": "2026-03-05T09:00:00",
    "Thu, 05 Mar 2026 10:00:00 JST": "2026-03-05T01:00:00",
    "Thu, 05 Mar 2026 10:00:00 EST": "2026-03-05T15:00:00",
    "Thu, 05 Mar 2026 10:00:00 IST": "2026-03-05T04:30:00",
    "Thu, 05 Mar 2026 10:00:00 Europe/Rome": "2026-03-05T09:00:00",
    "Sun, 05 Jul 2026 10:00:00 Europe/Rome": "2026-07-05T08:00:00",
    "Thu, 05 Mar 2026 10:00:00 America/Argentina/Buenos_Aires": "2026-03-05T13:00:00",
    "Thu, 05 Mar 2026 10:00:00 GMT+2": "2026-03-05T08:00:00",
    "Thu, 05 Mar 2026 10:00:00 UTC-03:30": "2026-03-05T13:30:00",
    "Thu, 05 Mar 2026 10:00:00 (GMT)": "2026-03-05T10:00:00",
    "Thu, 05 Mar 2026 10:00:00 +0100 (CET)": "2026-03-05T09:00:00",
    "Thu, 05 Mar 2026 10:00:00 +01": "2026-03-05T09:00:00",
    "2026-03-05T10:00:00+01": "2026-03-05T09:00:00",
    "2026-03-05T10:00:00.123456789Z": "2026-03-05T10:00:00",
    "20260305T100000Z": "2026-03-05T10:00:00",
    "1772704800": "2026-03-05T10:00:00",
    "1772704800000": "2026-03-05T10:00:00",
    # German
    "Mo, 05 Jan 2026 08:00:00 +0100": "2026-01-05T07:00:00",
    "Sa., 7. Mär 2026 09:05 MEZ": "2026-03-07T08:05:00",
    "So, 29. Mrz. 2026 09:05:00 CEST": "2026-03-29T07:05:00",
    "Fr, 15 Mai 2026 12:00:00 MESZ": "2026-05-15T10:00:00",
    # French
    "mar., 10 févr. 2026 10:15:00 +0100": "2026-02-10T09:15:00",
    "ven. 12 juin 2026 08:00:00 GMT": "2026-06-12T08:00:00",
    # Italian, where Tuesday and March are both written mar
    "mar, 10 mar 2026 09:30:00 +0100": "2026-03-10T08:30:00",
    "mar, 9 giu 2026 09:30:00 +0200": "2026-06-09T07:30:00",
    "dom, 31 mag 2026 12:00:00 Europe/Rome": "2026-05-31T10:00:00",
    "ven, 10 lug 2026 12:00:00 Europe/Rome": "2026-07-10T10:00:00",
    "sab, 5 set 2026 10:00:00 +0200": "2026-09-05T08:00:00",
    # Portuguese
    "Seg, 02 Fev 2026 19:42:40 -0300": "2026-02-02T22:42:40",
    "Ter, 03 Mar 2026 19:42:40 -0300": "2026-03-03T22:42:40",
    "Qua, 6 Mai 2026 19:42 BRT": "2026-05-06T22:42:00",
    "Sex, 07 Ago 2026 10:00:00 -0300": "2026-08-07T13:00:00",
    "Qui, 01 Out 2026 10:00:00 -0300": "2026-10-01T13:00:00",
    # Spanish
    "mié, 04 mar 2026 10:00:00 +0100": "2026-03-04T09:00:00",
    "Sáb, 10 Ene 2026 08:00:00 -0500": "2026-01-10T13:00:00",
    "Vie, 04 Dic 2026 08:00:00 -0600": "2026-12-04T14:00:00",
    # Russian
    "Вт, 10 мар 2026 12:00:00 +0300": "2026-03-10T09:00:00",
    "вторник, 10 марта 2026 г. 12:00 MSK": "2026-03-10T09:00:00",
    "Пт, 08 мая 2026 12:00:00 +0300": "2026-05-08T09:00:00",
    "Пт, 08 май 2026 12:00:00 +0300": "2026-05-08T09:00:00",
    # Polish
    "Pon, 12 Sty 2026 10:00:00 +0100": "2026-01-12T09:00:00",
    "Śr, 11 Lut 2026 10:00:00 +0100": "2026-02-11T09:00:00",
    "Czw, 01 Paź 2026 10:00:00 +0200": "2026-10-01T08:00:00",
    "Sob, 15 Sie 2026 10:00:00 +0200": "2026-08-15T08:00:00",
    "Nd, 13 Wrz 2026 10:00:00 +0200": "2026-09-13T08:00:00",
    # Turkish
    "Sal, 10 Şub 2026 10:00:00 +0300": "2026-02-10T07:00:00",
    "Çar, 05 Ağu 2026 10:00:00 +0300": "2026-08-05T07:00:00",
    "Cum, 04 Eyl 2026 10:00:00 TRT": "2026-09-04T07:00:00",
    "Paz, 06 Ara 2026 10:00:00 +0300": "2026-12-06T07:00:00",
    # Japanese, as Java writes it
    "月, 09 3月 2026 10:15:00 +0900": "2026-03-09T01:15:00",
}
ZONELESS = {
    "2018-01-23 09:00": "2018-01-23T09:00:00",
    "20260305": "2026-03-05T00:00:00",
    "2026/3/9 10:15": "2026-03-09T10:15:00",
    "2026.03.09 10:15": "2026-03-09T10:15:00",
    "25/12/2026": "2026-12-25T00:00:00",
    "05.03.2026 10:00": "2026-03-05T10:00:00",
    "03/05/2026 10:00 AM": "2026-03-05T10:00:00",
    "March 5th, 2026 at 10:00 PM": "2026-03-05T22:00:00",
    "March 30 2020 07:02:38 PM": "2020-03-30T19:02:38",
    "Nov. 16, 2020, 10:57 a.m.": "2020-11-16T10:57:00",
    "Jan. 4, 2016, 12:37 p.m.": "2016-01-04T12:37:00",
    "5th of March 2026": "2026-03-05T00:00:00",
    "Thu, 05 Mar 2026 10:00:00 XYZ": "2026-03-05T10:00:00",
    "Thu, 05 Mar 2026 10:00:00 Foo/Bar": "2026-03-05T10:00:00",
    "Thu, 05 Mar 2026 10:00:00 America/Argentina": "2026-03-05T10:00:00",
    "Dienstag, 3. März 2026, 14:30 Uhr": "2026-03-03T14:30:00",
    "12. Jänner 2026": "2026-01-12T00:00:00",
    "31. Okt. 2025 18:00": "2025-10-31T18:00:00",
    "mardi 11 août 2026 à 10h15": "2026-08-11T10:15:00",
    "jeudi 1er janvier 2026": "2026-01-01T00:00:00",
    "mer 14 ottobre 2026 ore 12:00": "2026-10-14T12:00:00",
    "Quinta-feira, 7 de maio de 2026 10:00": "2026-05-07T10:00:00",
    "5 de dezembro de 2026 às 10:30": "2026-12-05T10:30:00",
    "miércoles, 4 de marzo de 2026 10:00": "2026-03-04T10:00:00",
    "5 de septiembre de 2026": "2026-09-05T00:00:00",
    "5 августа 2026, 18:30": "2026-08-05T18:30:00",
    "1 июня 2026 09:00": "2026-06-01T09:00:00",
    "poniedziałek, 12 stycznia 2026 10:00": "2026-01-12T10:00:00",
    "12 maja 2026 r.": "2026-05-12T00:00:00",
    "5 listopada 2026 10:00": "2026-11-05T10:00:00",
    "10 Şubat 2026 Salı 10:00": "2026-02-10T10:00:00",
    "15 Haziran 2026": "2026-06-15T00:00:00",
    "15 Kasım 2026": "2026-11-15T00:00:00",
    "2026年3月9日 10:15": "2026-03-09T10:15:00",
    "2026. 3. 9. 오후 2:05": "2026-03-09T14:05:00",
    "2004년 05월 28일  01:31:15": "2004-05-28T01:31:15",
    "2026-03-09 下午 2:05": "2026-03-09T14:05:00",
}
NO_DATES = [
    "",
    "noon",
    "Today",
    "10:00",
    "Thu",
    "12",
    "0000-00-00 00:00:00",
    "Thu, 30 Feb 2026 10:00:00 GMT",
    "9999-12-31T23:59:59-99:99",
    "2026-03-05T25:00:00Z",
    "2013-xx-27",
]


@pytest.mark.parametrize(("raw", "moment"), ZONED.items())
def test_a_date_with_a_zone_is_read_to_the_second(raw: str, moment: str) -> None:
    assert read_date(raw) == (datetime.fromisoformat(moment).replace(tzinfo=UTC), True)


@pytest.mark.parametrize(("raw", "moment"), ZONELESS.items())
def test_a_date_without_a_zone_is_read_as_utc_and_says_so(raw: str, moment: str) -> None:
    assert read_date(raw) == (datetime.fromisoformat(moment).replace(tzinfo=UTC), False)


@pytest.mark.parametrize("raw", NO_DATES)
def test_what_is_no_date_stays_unread(raw: str) -> None:
    assert read_date(raw) == UNREADABLE


def test_a_hint_is_taken_only_where_the_words_say_too_little() -> None:
    assert read_date("some day", HINT).moment == datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)
    assert read_date("03-12-31", HINT).moment == datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)
    assert read_date("2018-01-23", HINT).moment == datetime(2018, 1, 23, tzinfo=UTC)
    assert read_date("2013-xx-27", HINT) == UNREADABLE


@pytest.mark.parametrize("year", [-1, 0, 10_000])
def test_a_hint_out_of_all_time_is_no_date(year: int) -> None:
    assert read_date("some day", struct_time((year, 1, 1, 0, 0, 0, 0, 1, 0))) == UNREADABLE


PIECES = st.sampled_from(
    [
        *("Mon,", "mar", "5", "31", "2026", "1e400", "10:00", "T", "Z", "+0100", "GMT", "/", "-"),
        *(".", "(", ")", "年", "월", "오후", "h", "am", "Infinity", "NaN", "Etc/GMT", "٣", "²"),
        *("9" * 30, "1" * 5_000),
    ]
)


@given(st.text(max_size=40) | st.lists(PIECES, max_size=8).map(" ".join))
def test_no_text_raises_and_every_date_is_in_utc(raw: str) -> None:
    moment = read_date(raw).moment
    assert moment is None or (moment.tzinfo is UTC and moment.microsecond == 0)


# Rows of the table that are read otherwise, and why.
READ_OTHERWISE = {
    "2004-05-25 오후 11:23:17": "no zone is written; the table supposes Korea's",
    "2004년 05월 28일  01:31:15": "no zone is written; the table supposes Korea's",
    "Fri, 02 Oct 2026 18:53:21": "no zone is written; the table supposes Japan's",
    "22013": "feedparser's reading is taken where no year is written out",
    "2013-01-27-01": "the last number is taken for an hour",
}


def test_the_wild_dates_are_read_right_but_for_a_known_few(shared: Path) -> None:
    with (shared / "data/conformance/wild-dates.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    expected = {row["date_string"]: row["expected_utc"] for row in rows if row["expected_utc"]}
    wrong = {raw for raw, moment in expected.items() if not said_so(as_in_a_feed(raw), moment)}
    assert wrong <= set(READ_OTHERWISE)
    assert len(expected) - len(wrong) >= 81
    readable = [row["date_string"] for row in rows if not row["expected_utc"]]
    assert [raw for raw in readable if as_in_a_feed(raw) == "NONE"] == []


def as_in_a_feed(raw: str) -> str:
    """What a date in a feed comes to, with feedparser's own reading for a hint."""
    moment = read_date(raw.replace("\\n", "\n"), _parse_date(raw)).moment
    return moment.isoformat().replace("+00:00", "Z") if moment else "NONE"


def said_so(moment: str, expected: str) -> bool:
    """Whether a moment is the expected one, which may leave out seconds or hours."""
    return moment.startswith(expected.removesuffix("Z"))
