"""What a feed may be written in."""

from __future__ import annotations

import pytest

from dipread.fetch import parse_feed

RSS = "<rss version='2.0'><channel><title>T</title><item><guid>1</guid><title>{}</title></item></channel></rss>"


def title(body: bytes, content_type: str = "") -> str:
    (story,) = parse_feed(body, content_type=content_type).stories
    return story.title


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "Élysée 日本"),
        ("utf-16", "Élysée 日本"),
        ("iso-8859-1", "Élysée"),
        ("windows-1252", "“Élysée”"),
        ("windows-1251", "Переговоры"),
        ("koi8-r", "Переговоры"),
        ("shift_jis", "日本"),
        ("euc-jp", "日本"),
        ("iso-2022-jp", "日本"),
        ("gb18030", "外交部"),
        ("big5", "外交部"),
        ("euc-kr", "회담"),
        ("iso-8859-8", "שלום"),
        ("tis-620", "ไทย"),
    ],
)
def test_a_feed_in_an_encoding_of_text_is_read_in_it(encoding: str, text: str) -> None:
    declared = f"<?xml version='1.0' encoding='{encoding}'?>" + RSS.format(text)
    assert title(declared.encode(encoding)) == text
    assert title(RSS.format(text).encode(encoding), f"application/xml; charset={encoding}") == text


@pytest.mark.parametrize(
    "codec",
    [
        "punycode",
        "idna",
        "utf-7",
        "unicode_escape",
        "raw_unicode_escape",
        "undefined",
        "rot13",
        "hex",
    ],
)
def test_a_codec_that_is_none_of_text_is_not_used(codec: str) -> None:
    words = r"Talks +ADw- \x1b[2J"
    body = (f"<?xml version='1.0' encoding='{codec}'?>" + RSS.format(words)).encode()
    assert title(body) == words
    assert title(RSS.format(words).encode(), f"text/xml; charset={codec}") == words


@pytest.mark.parametrize("name", ["a\0b", "\xff\xfe", "no-such-thing", "", "x" * 90])
def test_a_name_of_no_encoding_does_no_harm(name: str) -> None:
    body = f"<?xml version='1.0' encoding='{name}'?>".encode("latin-1") + RSS.format("é").encode()
    assert title(body) == "é"
