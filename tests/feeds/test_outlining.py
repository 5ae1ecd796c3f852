"""Lists of feeds from other programs and back to them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipread.config import (
    Config,
    feed_of,
    feed_tables,
    kept_of,
    load_config,
    read_outlines,
    read_secrets,
    read_urls,
    write_outlines,
)
from dipread.errors import ConfigError
from dipread.feeds.outlining import lines, look_over, opml_of, take_in
from dipread.text.cleaning import clean_line

SHARED = Path(os.environ.get("DIPREAD_SHARED", Path(__file__).parents[3] / "shared"))
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
OTHERS = b"""<?xml version="1.0" encoding="UTF-8"?>
<opml version="1.1" xmlns:frss="https://freshrss.org/opml"><head><title>x</title></head><body>
<outline text="Asia"><outline text="Japan">
  <outline type="rss" text="MOFA" xmlUrl="https://mofa.invalid/rss" htmlUrl="https://mofa.invalid/"
    frss:priority="main" description="Ministry &amp; more"/>
</outline></outline>
<outline text="Wire" type="rss" xmlUrl="https://wire.invalid/rss" category="/News/World,/x"/>
</body></opml>
"""


def config(home: Path) -> Config:
    return load_config({"DIPREAD_HOME": str(home)})


def listed(home: Path) -> dict[str, str]:
    return {feed.url: feed.group for feed in config(home).feeds}


def take(home: Path, path: Path) -> list[str]:
    planned, taken = look_over(path, config(home))
    if planned:
        take_in(planned, config(home))
    return list(lines(taken))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "others.opml"
    made.write_bytes(OTHERS)
    return made


def test_folders_categories_and_others_attributes_come_back(tmp_path: Path, path: Path) -> None:
    assert take(tmp_path, path) == []
    groups = listed(tmp_path)
    assert groups["https://mofa.invalid/rss"] == "Asia / Japan"
    assert groups["https://wire.invalid/rss"] == "News/World"
    given = read_outlines(opml_of(config(tmp_path), NOW).encode(), "again")
    back = {each.url: each for each in given}
    assert back["https://mofa.invalid/rss"].folders == ("Asia", "Japan")
    assert back["https://mofa.invalid/rss"].also["description"] == "Ministry & more"
    assert back["https://mofa.invalid/rss"].also["htmlUrl"] == "https://mofa.invalid/"
    assert back["https://wire.invalid/rss"].also["category"] == "/News/World,/x"
    assert len(given) == len(config(tmp_path).feeds)


def test_the_same_list_again_brings_nothing(tmp_path: Path, path: Path) -> None:
    take(tmp_path, path)
    before = (tmp_path / "config" / "feeds.toml").read_bytes()
    assert [each.partition(":")[2][:15] for each in take(tmp_path, path)] == [" listed already"] * 2
    assert (tmp_path / "config" / "feeds.toml").read_bytes() == before


def test_our_own_list_comes_back_as_it_was(tmp_path: Path) -> None:
    ours = tmp_path / "ours.opml"
    ours.write_text(opml_of(config(tmp_path / "a"), NOW), encoding="utf-8")
    home = tmp_path / "b"
    (home / "config").mkdir(parents=True)
    (home / "config" / "feeds.toml").write_text("")
    assert take(home, ours) == []
    assert sorted(map(repr, config(home).feeds)) == sorted(map(repr, config(tmp_path / "a").feeds))


TEXTS = st.text(min_size=1, max_size=30).map(clean_line).filter(bool)


@given(
    st.lists(TEXTS, min_size=1, max_size=3),
    TEXTS,
    st.dictionaries(st.from_regex(r"[a-z]{3,8}", fullmatch=True), TEXTS, max_size=3),
)
def test_whatever_a_list_says_is_said_again(
    folders: list[str], title: str, also: dict[str, str]
) -> None:
    also = {
        key: value for key, value in also.items() if key not in ("text", "title", "type", "xmlurl")
    }
    group = " / ".join(folders)
    table = {
        **{"url": "https://a.invalid/f?x=1&y=2", "title": title, "publisher": "P"},
        **{"country": "FR", "kind": "wire", "language": "fr", "group": group},
        "interval_minutes": 30,
        "opml": {**also, "dipread-folders": "\n".join(folders)},
    }
    (outline,) = read_outlines(write_outlines([table], "x", "now").encode(), "x")
    assert outline.folders == tuple(folders)
    assert {**kept_of(outline), **also}.items() >= also.items()
    feed = feed_of(outline, outline.url)
    assert (feed.url, feed.title, feed.group) == (table["url"], title, clean_line(group))
    assert (feed.country, feed.kind, feed.interval_minutes) == ("FR", "wire", 30)


def test_newsboat_s_urls_are_read_line_by_line() -> None:
    text = (
        'https://a.invalid/f "~My wire" asia "far east"\n# no\n\nhttps://b.invalid/\n'
        '"query:Unread:unread = \\"yes\\""\nhttps://c.invalid/ "open\n'
    )
    found, refused = read_urls(text, "urls")
    assert [(each.line, each.title, each.folders) for each in found] == [
        (1, "My wire", ("asia",)),
        (4, "", ()),
    ]
    assert found[0].also == {"category": "/asia,/far east"}
    assert [line for line, _ in refused] == [5, 6]


# --------------------------------------------------------------------------------- the hostile kit


@pytest.fixture(scope="session")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    script = SHARED / "hostile" / "gen_files.py"
    if not script.exists():
        pytest.skip(f"the hostile kit is not there: {script} (set DIPREAD_SHARED)")
    folder = tmp_path_factory.mktemp("kit")
    subprocess.run(
        [sys.executable, str(script), str(folder)], check=True, capture_output=True, timeout=120
    )
    return folder / "opml"


@pytest.mark.parametrize(
    ("name", "new", "other"),
    [
        ("good", 1, 0), ("deep", 1, 0), ("schemes", 1, 7), ("dups", 1, 2), ("esc", 1, 0),
        ("no-url", 1, 0), ("lower", 1, 0), ("many", 10_000, 0), ("creds", 1, 0),
    ],
)  # fmt: skip
def test_hostile_lists_bring_what_is_good_in_them(
    kit: Path, tmp_path: Path, name: str, new: int, other: int
) -> None:
    before = len(config(tmp_path).feeds)
    said = take(tmp_path, kit / f"{name}.opml")
    assert len(config(tmp_path).feeds) - before == new
    assert len(said) == other
    assert "hunter2" not in "\n".join(said)


@pytest.mark.parametrize(
    ("name", "place"), [("xxe", ":1"), ("laughs", ":1"), ("truncated", ":1:101"), ("html", ":1:1")]
)
def test_lists_that_are_none_are_refused_whole_with_their_place(
    kit: Path, tmp_path: Path, name: str, place: str
) -> None:
    path = kit / f"{name}.opml"
    with pytest.raises(ConfigError) as caught:
        look_over(path, config(tmp_path))
    assert caught.value.message.startswith(f"{path}{place}: ")
    assert caught.value.hint
    assert not (tmp_path / "config").exists()


def test_a_password_in_a_list_goes_into_the_file_for_secrets_and_no_farther(
    kit: Path, tmp_path: Path
) -> None:
    take(tmp_path, kit / "creds.opml")
    assert "user:hunter2" in json.dumps(dict(read_secrets(tmp_path / "config")))
    assert "hunter2" not in (tmp_path / "config" / "feeds.toml").read_text()
    assert "hunter2" not in opml_of(config(tmp_path), NOW)


def test_titles_are_cleaned_and_their_markup_kept(kit: Path, tmp_path: Path) -> None:
    take(tmp_path, kit / "esc.opml")
    assert feed_tables(config(tmp_path))[-1]["title"] == "A [/b][@click=app.quit()]"
