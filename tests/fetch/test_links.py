"""Links of stories: absolute, to the web, and without what tracks who follows them."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipread.fetch.links import LENGTH, clean_link, join

BASE = "https://news.example/feeds/rss.xml"


@pytest.mark.parametrize(
    ("link", "clean"),
    [
        ("https://a.example/x?id=7", "https://a.example/x?id=7"),
        ("  https://a.example/x\n", "https://a.example/x"),
        ("/x", "https://news.example/x"),
        ("x?utm_source=rss", "https://news.example/feeds/x"),
        ("//b.example/x", "https://b.example/x"),
        ("https://a.example/?UTM_Medium=x&q=1&fbclid=2", "https://a.example/?q=1"),
        ("https://a.example/?a=1&amp;b=2", "https://a.example/?a=1&b=2"),
        ("https://a.example/?a=&&b", "https://a.example/?a=&&b"),
        ("https://a.example/x\x1b]8;;y\x07", "https://a.example/x]8;;y"),
        ("", ""),
        (" \t ", ""),
        ("mailto:me@a.example", ""),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("file:///etc/hosts", ""),
        ("https://me:pw@a.example/", ""),
        ("https://me@a.example/", ""),
        ("https://[::1", ""),
        ("https://a.example:x/", ""),
        ("https://a.example/b c", ""),
    ],
)
def test_a_link_is_absolute_and_on_the_web_or_nothing(link: str, clean: str) -> None:
    assert clean_link(link, BASE) == clean


def test_an_empty_link_is_not_the_page_it_would_be_relative_to() -> None:
    assert clean_link("", "https://news.example/") == ""


def test_where_a_base_cannot_be_read_it_is_as_if_there_were_none() -> None:
    assert join("https://a.example/", "http://[") == "https://a.example/"
    assert clean_link("https://a.example/x", "http://[") in ("", "https://a.example/x")


@given(st.text() | st.text(alphabet="htps:/[]@?&=#.aé\x1b ;").map("https://".__add__), st.text())
def test_no_link_raises_and_none_holds_a_space_or_control(link: str, base: str) -> None:
    clean = clean_link(link, base)
    assert len(clean) <= LENGTH + len(base)
    assert not any(char.isspace() or char < " " for char in clean)
    assert clean == "" or clean.startswith(("http://", "https://"))


# Cases of the table that are decided otherwise, and why.
DECIDED_OTHERWISE = {
    "URL with encoded characters": "a parameter that is kept is kept as it was written",
    "ref parameter for base url": "ref is not always a tracker: some sites find their page by it",
    "ref parameter for base url on subdomain": "the same",
    "Non-HTTP URL": "a story's link leads to the web or nowhere",
}


def test_the_tracking_addresses_are_cleaned_as_their_table_says(shared: Path) -> None:
    with (shared / "data/conformance/url-tracking-cases.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert len(rows) == 14
    wrong = {row["case"] for row in rows if clean_link(row["input"]) != row["expected"]}
    assert wrong == set(DECIDED_OTHERWISE)
