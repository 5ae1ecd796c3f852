"""Every fault in a file that a person wrote is named with its place and a way out."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipread.config import clear_unfinished, load_config, parse_feeds, read_feeds
from dipread.errors import ConfigError

FEED = """\
[[feed]]
url = "https://news.example/rss"
title = "News"
publisher = "The News"
country = "FR"
kind = "press"
language = "fr"
group = "World press"
"""


def changed(line: str, before: str) -> str:
    """FEED with the line that starts with `before` replaced."""
    return re.sub(rf"^{before}\b.*$", lambda _: line, FEED, flags=re.MULTILINE)


def fault_is_well_named(text: str) -> bool:
    """Whether a text is a list of feeds, or refused with its place and a hint."""
    try:
        parse_feeds(text, "feeds.toml")
    except ConfigError as fault:
        return bool(re.match(r"feeds\.toml:\d+:", fault.message) and fault.hint)
    return True


FAULTS = {
    "an unknown key": (FEED + 'tytle = "x"\n', 9, "unknown key 'tytle'", "'title'"),
    "a key like no other": (FEED + "zzz = 1\n", 9, "unknown key 'zzz'", "interval_minutes"),
    "a missing key": (changed("", "kind"), 1, "has no 'kind'", "kind ="),
    "a number for a text": (changed("title = 3", "title"), 3, "must be a text", 'title = "'),
    "an empty text": (changed('group = " "', "group"), 8, "must be a text", 'group = "'),
    "no address": (changed('url = "news"', "url"), 2, "not a web address", "https://"),
    "a file's address": (changed('url = "file:///a"', "url"), 2, "not a web address", "https://"),
    "a broken address": (changed('url = "https://[::1"', "url"), 2, "bad address", "https://"),
    "a broken port": (changed('url = "https://a.example:x/"', "url"), 2, "bad address", "https://"),
    "a space": (
        changed('url = "https://a.example/b c"', "url"),
        2,
        "not a web address",
        "https://",
    ),
    "a password": (changed('url = "https://me:pw@a.example/"', "url"), 2, "password", "@"),
    "an unknown kind": (changed('kind = "blog"', "kind"), 6, "unknown kind 'blog'", "think-tank"),
    "a country's name": (changed('country = "France"', "country"), 5, "no country code", "INT"),
    "a short interval": (FEED + "interval_minutes = 1\n", 9, "from 5 to 10080", "1440"),
    "a true interval": (FEED + "interval_minutes = true\n", 9, "from 5 to 10080", "1440"),
    "a feed twice": (FEED + "\n" + FEED, 11, "already, at feeds.toml:2", "Remove"),
    "a feed twice, in capitals": (
        FEED + FEED.replace("https://news.example/", "HTTPS://News.example:443/"),
        10,
        "already, at feeds.toml:2",
        "Remove",
    ),
    "one bracket": (FEED.replace("[[feed]]", "[feed]"), 1, "not a list of tables", "[[feed]]"),
    "a list of numbers": ("feed = [1, 2]\n", 1, "not a list of tables", "[[feed]]"),
    "another table": (
        FEED + '\n[title]\nx = "1"\n',
        10,
        "unknown table or key 'title'",
        "[[feed]]",
    ),
    "a key above all tables": ("# feeds\nname = 1\n" + FEED, 2, "unknown table", "[[feed]]"),
    "a faulty feed written in line": ('feed = [{url = "x"}]\n', 1, "has no 'title'", "title ="),
    "an open text": (changed('title = "News', "title"), 3, "not valid TOML", "quotes"),
    "no value": (changed("title =", "title"), 3, "not valid TOML", "quotes"),
    "a key twice": (FEED + 'title = "x"\n', 9, "not valid TOML", "quotes"),
    "an end too early": (FEED + 'group = """', 9, "not valid TOML", "quotes"),
    "an endless number": (f"x = {'1' * 5_000}\n", 1, "not valid TOML", "quotes"),
    "brackets without end": ("a = " + "[" * 20_000 + "]" * 20_000, 1, "too deeply", "[[feed]]"),
    "a comment behind the heading": (
        FEED + "[[feed]]  # the second\n" + changed("kind = 1", "kind").removeprefix("[[feed]]\n"),
        14,
        "must be a text",
        'kind = "',
    ),
    "unusual line ends in a text": (
        changed('title = "a\u2028b\u0085c"', "title") + "zzz = 1\n",
        9,
        "unknown key",
        "title",
    ),
}


@pytest.mark.parametrize(("text", "line", "message", "hint"), FAULTS.values(), ids=FAULTS)
def test_a_fault_in_the_feeds_is_named_with_its_line_and_a_way_out(
    text: str, line: int, message: str, hint: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_feeds(text, "feeds.toml")
    assert re.match(rf"feeds\.toml:{line}:(\d+:)? ", caught.value.message)
    assert message in caught.value.message
    assert hint in caught.value.hint


SETTING_FAULTS = {
    "an unknown setting": ('theme = "ink"\ntheem = "ink"\n', 2, "unknown setting", "'theme'"),
    "a setting like no other": ('zzz = "ink"\n', 1, "unknown setting", "export_folder"),
    "an unknown theme": ('\ntheme = "pink"\n', 2, "unknown theme 'pink'", "paper"),
    "a number for a text": ("export_folder = 3\n", 1, "must be a text", "export_folder ="),
    "broken TOML": ('theme = "ink"\n\ntheme\n', 3, "not valid TOML", "quotes"),
}


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"), SETTING_FAULTS.values(), ids=SETTING_FAULTS
)
def test_a_fault_in_the_settings_is_named_with_its_line_and_a_way_out(
    tmp_path: Path, text: str, line: int, message: str, hint: str
) -> None:
    path = tmp_path / "config" / "config.toml"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_config({"DIPREAD_HOME": str(tmp_path)})
    assert caught.value.message.startswith(f"{path}:{line}:")
    assert message in caught.value.message
    assert hint in caught.value.hint


@given(st.text() | st.text(alphabet="[]feed\n=\"url {},.#'1"))
def test_no_text_raises_anything_but_a_config_error(text: str) -> None:
    assert fault_is_well_named(text)


VALUES: st.SearchStrategy[object] = (
    st.text(max_size=8) | st.integers() | st.booleans() | st.just([]) | st.dates().map(str)
)


@given(st.dictionaries(st.sampled_from(["url", "title", "kind", "country", "zzz"]), VALUES))
def test_no_value_raises_anything_but_a_config_error(values: dict[str, object]) -> None:
    lines = [
        f"{key} = {str(value).lower() if not isinstance(value, str) else quoted(value)}"
        for key, value in values.items()
    ]
    kept = [line for line in FEED.splitlines() if line.split(" ")[0] not in values]
    assert fault_is_well_named("\n".join(kept + lines))


def quoted(text: str) -> str:
    """A text as TOML writes it, with every character escaped."""
    return '"' + "".join(f"\\U{ord(char):08x}" for char in text) + '"'


def test_a_file_that_is_not_utf8_is_refused_with_the_line(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    path.write_bytes(FEED.replace("News", "Élysée").encode("latin-1"))
    with pytest.raises(ConfigError, match=r"feeds\.toml:3: not UTF-8") as caught:
        read_feeds(path)
    assert "UTF-8" in caught.value.hint


@pytest.mark.parametrize("name", ["absent.toml", "folder", "x" * 300, "file/below.toml"])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError, match="can't be read") as caught:
        read_feeds(tmp_path / name)
    assert str(tmp_path / name) in caught.value.message
    assert caught.value.hint


def test_a_home_that_cannot_be_is_refused_in_words() -> None:
    with pytest.raises(ConfigError, match="can't be read"):
        load_config({"DIPREAD_HOME": "/" + "x" * 5_000})
    with pytest.raises(ConfigError, match="DIPREAD_HOME: no such person"):
        load_config({"DIPREAD_HOME": "~nobody-of-that-name/dipread"})


def test_the_shipped_feeds_are_read_when_there_are_no_others(tmp_path: Path) -> None:
    config = load_config({"DIPREAD_HOME": str(tmp_path)})
    assert config.feeds_file is None
    assert config.feeds == read_feeds(None).feeds
    assert len(config.feeds) > 80


def test_everything_lies_below_dipread_home(tmp_path: Path) -> None:
    config = load_config({"DIPREAD_HOME": str(tmp_path)})
    paths = config.paths
    assert config.database == tmp_path / "data" / "dipread.db"
    assert {paths.config, paths.data, paths.state, paths.cache} == {
        tmp_path / name for name in ("config", "data", "state", "cache")
    }


def test_loading_the_configuration_makes_no_file(tmp_path: Path) -> None:
    load_config({"DIPREAD_HOME": str(tmp_path / "home")})
    assert list(tmp_path.iterdir()) == []


def test_own_feeds_go_before_the_shipped_ones_and_an_argument_before_both(tmp_path: Path) -> None:
    own = tmp_path / "config" / "feeds.toml"
    own.parent.mkdir()
    own.write_text(FEED, encoding="utf-8")
    other = tmp_path / "other.toml"
    other.write_text(FEED.replace("news.example", "other.example"), encoding="utf-8")
    env = {"DIPREAD_HOME": str(tmp_path)}
    assert [feed.url for feed in load_config(env).feeds] == ["https://news.example/rss"]
    assert load_config(env).feeds_file == own
    assert [feed.url for feed in load_config(env, feeds_file=other).feeds] == [
        "https://other.example/rss"
    ]


def test_settings_and_arguments_are_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "config" / "config.toml"
    path.parent.mkdir()
    path.write_text('theme = "paper"\nexport_folder = "/out"\n', encoding="utf-8")
    config = load_config(
        {"DIPREAD_HOME": str(tmp_path), "NO_COLOR": "1"}, database=Path("/a.db"), offline=True
    )
    assert (config.theme, config.export_folder) == ("paper", Path("/out"))
    assert (config.database, config.colour, config.offline) == (Path("/a.db"), False, True)


def test_an_empty_list_of_feeds_is_none_at_all() -> None:
    assert parse_feeds("", "feeds.toml") == ()


def test_a_file_saved_by_a_windows_editor_is_read(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    path.write_bytes(b"\xef\xbb\xbf" + FEED.replace("\n", "\r\n").encode())
    assert read_feeds(path).feeds == parse_feeds(FEED, "feeds.toml")


def test_what_is_shown_of_a_feed_holds_no_escape_sequence() -> None:
    (feed,) = parse_feeds(changed('title = "A\\u001b]0;x\\u0007[/b]"', "title"), "feeds.toml")
    assert feed.title == "A]0;x[/b]"


def test_feeds_written_in_line_are_feeds() -> None:
    pairs = ", ".join(FEED.splitlines()[1:])
    assert parse_feeds(f"feed = [{{{pairs}}}]", "feeds.toml") == parse_feeds(FEED, "feeds.toml")


def test_what_a_killed_writer_left_is_cleared_when_it_is_old_and_ours(tmp_path: Path) -> None:
    now = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
    ages = {
        ".dipread-ab12cd_9": timedelta(hours=2),
        ".dipread-zz99zz99": timedelta(minutes=50),
        ".dipread-notes.md": timedelta(days=9),
        ".dipread-": timedelta(days=9),
        "dipread-ab12cd_9": timedelta(days=9),
    }
    for name, age in ages.items():
        (tmp_path / name).write_text("half")
        moment = (now - age).timestamp()
        os.utime(tmp_path / name, (moment, moment))
    (tmp_path / ".dipread-folder00").mkdir()
    os.utime(tmp_path / ".dipread-folder00", (0, 0))
    clear_unfinished(tmp_path, now)
    assert {each.name for each in tmp_path.iterdir()} == {*ages, ".dipread-folder00"} - {
        ".dipread-ab12cd_9"
    }
    clear_unfinished(tmp_path / "nowhere", now)
