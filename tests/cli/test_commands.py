"""The other commands, from the outside: what they print, and how they fail."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from dipread import __version__

from .conftest import Run


@pytest.fixture
def desk(dipread: Run, sample_desk: Path) -> Run:
    """Commands on the sample desk."""

    def run(*arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
        return dipread("--db", sample_desk, *arguments, **options)

    return run


def test_the_version_and_the_help_are_printed(dipread: Run) -> None:
    assert dipread("--version").stdout == f"dipread {__version__}\n"
    assert "exit codes" in dipread("--help").stdout


def test_the_sample_desk_answers_for_a_country_pair_with_its_reasons(desk: Run) -> None:
    rows = [
        json.loads(line)
        for line in desk("list", "pair:JP-IT", "--format", "jsonl").stdout.splitlines()
    ]
    assert len(rows) >= 3
    assert all({"JP", "IT"} <= set(row["countries"]) for row in rows)
    why = desk("why", rows[0]["id"]).stdout
    assert "pair Italy–Japan (IT-JP)" in why
    assert "‹" in why


def test_filters_of_the_command_line_narrow_each_other(desk: Run) -> None:
    def count(*query: str) -> int:
        return len(desk("list", *query).stdout.splitlines())

    everything = count()
    assert everything >= 60
    assert 0 < count("country:Japan") < everything
    assert count("country:Japan", "OR", "-country:Japan") == everything
    assert count("country:Japan", "country:Italy") <= count("country:Japan")
    assert count("country:Japan", "-country:Italy") + count(
        "country:Japan", "country:Italy"
    ) == count("country:Japan")


def test_a_query_that_names_nothing_known_is_refused_with_a_pointer_and_a_hint(desk: Run) -> None:
    done = desk("list", "sector:trde")
    assert done.returncode == 2
    assert done.stdout == ""
    assert (
        done.stderr
        == "dipread: no sector is called 'trde'\n  sector:trde\n         ^^^^\n  Did you mean sector:trade?\n"
    )


def test_what_is_at_fault_is_pointed_at_behind_wide_signs(dipread: Run) -> None:
    assert (
        "\n  日本 sector:trde\n              ^^^^\n" in dipread("list", "日本 sector:trde").stderr
    )


def test_bytes_that_are_no_text_are_searched_for_and_not_found(desk: Run) -> None:
    done = desk("list", b"zzqq\xe9".decode("utf-8", "surrogateescape"))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_field_s_name_gone_wrong_is_searched_as_words_and_said(desk: Run) -> None:
    done = desk("list", "sectr:trade")
    assert done.returncode == 0
    assert "did you mean sector:trade?" in done.stderr


def test_nothing_found_is_no_error_unless_asked(desk: Run) -> None:
    assert desk("list", "zzzzqqqq").returncode == 0
    assert desk("list", "zzzzqqqq", "--fail-if-empty").returncode == 4


def test_an_export_lands_in_the_folder_and_a_second_changes_nothing(
    desk: Run, tmp_path: Path
) -> None:
    first = desk("export", "pair:JP-IT", "-o", tmp_path / "out")
    assert first.returncode == 0
    paths = first.stdout.splitlines()
    assert all(Path(path).read_text(encoding="utf-8").startswith("---\ntitle: ") for path in paths)
    before = {path: Path(path).read_bytes() for path in paths}
    again = desk("export", "pair:JP-IT", "-o", tmp_path / "out")
    assert again.stdout.splitlines() == paths
    assert {path: Path(path).read_bytes() for path in paths} == before
    assert f"{len(paths)} unchanged" in again.stderr


def test_a_person_s_word_outranks_the_rules_and_survives_their_change(
    dipread: Run, sample: bytes, tmp_path: Path
) -> None:
    database = tmp_path / "corrected.db"
    database.write_bytes(sample)

    def sectors(story: int) -> set[str]:
        tags = json.loads(dipread("--db", database, "show", story, "--format", "jsonl").stdout)[
            "tags"
        ]
        return {tag for tag in tags if tag.startswith("sector:")}

    listed = dipread("--db", database, "list", "sector:trade", "--format", "jsonl").stdout
    story = json.loads(listed.splitlines()[0])["id"]
    done = dipread("--db", database, "label", story, "-sector:trade", "+sector:arms_control")
    assert done.stdout == f"{story} sector:trade wrong\n{story} sector:arms_control missing\n"
    assert {"sector:arms_control"} <= sectors(story)
    assert "sector:trade" not in sectors(story)

    rules = tmp_path / "home" / "config" / "rules.d" / "mine.toml"
    rules.parent.mkdir(parents=True)
    rules.write_text(
        '[[sector]]\nid = "maritime"\n[sector.terms.en]\nstrong = ["list of work"]\n',
        encoding="utf-8",
    )
    retagged = dipread("--db", database, "retag")
    assert re.fullmatch(
        r"dipread: 1 story tagged anew; \d\d hold no word that has changed\n", retagged.stderr
    )
    assert "nothing to do" in dipread("--db", database, "retag").stderr
    assert "toast" in dipread("--db", database, "list", "sector:maritime title:toast").stdout
    assert {"sector:arms_control"} <= sectors(story)
    assert "sector:trade" not in sectors(story)


def test_a_fault_in_a_rule_of_one_s_own_names_file_and_rule(dipread: Run, tmp_path: Path) -> None:
    rules = tmp_path / "home" / "config" / "rules.d" / "mine.toml"
    rules.parent.mkdir(parents=True)
    rules.write_text('[[planet]]\nid = "mars"\n', encoding="utf-8")
    done = dipread("tag", input='{"id": "1", "title": "x", "text": "y"}\n')
    assert done.returncode == 2
    assert f"{rules}: rule planet: is no kind of rule" in done.stderr


def test_places_are_told_and_files_checked(dipread: Run, tmp_path: Path) -> None:
    places = dipread("config", "path").stdout
    assert f"database  {tmp_path / 'home' / 'data' / 'dipread.db'}" in places
    assert "feeds     shipped with dipread" in places
    assert dipread("config", "check").stdout.startswith("129 feeds and the rules")
    rules = tmp_path / "home" / "config" / "rules.d" / "mine.toml"
    rules.parent.mkdir(parents=True)
    rules.write_text("[[sector\n", encoding="utf-8")
    assert dipread("config", "check").returncode == 2


def test_an_empty_archive_says_how_to_fill_it(dipread: Run) -> None:
    done = dipread("list")
    assert (done.returncode, done.stdout) == (0, "")
    assert "dipread fetch fills it" in done.stderr


def test_people_and_languages_can_be_asked_for(desk: Run) -> None:
    assert "160" in desk("list", "person:Meloni").stdout
    japanese = desk("list", "lang:ja").stdout.splitlines()
    assert len(japanese) >= 5
    assert desk("list", "lang:ja", "person:Nobody").stdout == ""


def test_what_parse_prints_can_be_tagged(dipread: Run) -> None:
    feed = "<rss version='2.0'><channel><item><guid>g</guid><title>Japan hosts Italy in Tokyo</title></item></channel></rss>"
    story = dipread("parse", input=feed).stdout
    tagged = json.loads(dipread("tag", input=story).stdout)
    assert tagged["id"] == json.loads(story)["uid"]
    assert set(tagged["countries"]) == {"JP", "IT"}


def test_parse_and_tag_work_as_filters(dipread: Run) -> None:
    feed = (
        '<rss version="2.0"><channel><title>T</title><item><guid>g1</guid><title>Japan and Italy sign trade agreement</title>'
        "<link>https://desk.example/1</link><description>The prime minister of Japan hosted Italy in Tokyo.</description></item></channel></rss>"
    )
    parsed = dipread("parse", input=feed)
    (story,) = [json.loads(line) for line in parsed.stdout.splitlines()]
    assert list(story) == [
        "uid",
        "guid",
        "link",
        "title",
        "text",
        "published",
        "published_raw",
        "lang",
        "authors",
        "categories",
        "media",
    ]
    record = {"id": "s1", "title": story["title"], "text": story["text"], "lang": "en"}
    tagged = json.loads(dipread("tag", input=json.dumps(record) + "\n").stdout)
    assert tagged["id"] == "s1"
    assert set(tagged["about"]) == {"JP", "IT"}
    assert tagged["pairs"] == ["IT-JP"]
    for tag in tagged["tags"]:
        assert tag["evidence"]
        for each in tag["evidence"]:
            assert record[each["field"]][each["start"] : each["end"]] == each["text"]


BOMB = (
    '<!DOCTYPE rss [\n<!ENTITY a "' + "A" * 200_000 + '">\n]>\n<rss version="2.0"><channel><title>'
    + "&a;" * 60_000 + "</title></channel></rss>"
)  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "text", "code", "said"),
    [
        (("tag",), "not json\n", 2, "line 1: not JSON"),
        (("tag",), '{"title": "x"}\n', 2, "line 1: not a story"),
        (("parse",), "<!doctype html><html></html>", 1, "not a feed but a web page"),
        (("parse", "nowhere.xml"), "", 1, "nowhere.xml: can't be read"),
        (("parse",), BOMB, 1, "not readable as a feed (MemoryError)"),
        (("fetch", "--url", ""), "", 2, "not a web address: ''"),
        (("fetch", "--url", "https://a.example/" + "a" * 2_000), "", 2, "2,018 characters"),
        (("why", "999999"), "", 1, "no story has the number 999999"),
        (("list", "-n", "0"), "", 2, "'0' is no whole number of 1 or more"),
        (("serve", "--port", "70000"), "", 2, "'70000' is no port"),
        (("brief", "--at", "0001-01-01"), "", 2, "'0001-01-01' is no moment"),
        (("brief", "--at", "9999-12-31T23:59-05:00"), "", 2, "is no moment"),
        (("commitments", "--set", f"{'9' * 40}.1", "kept"), "", 2, "no commitment has the id"),
        (("show", "9" * 40), "", 2, "is no whole number of 1 or more"),
        (("show", "9" * 18), "", 1, "no story has the number"),
        (("label", "1", "sector:trade"), "", 2, "no verdict"),
        (("label", "999999", "+sector:trade"), "", 1, "no story has the number 999999"),
        (("nonsense",), "", 2, "invalid choice"),
    ],
)
def test_bad_input_is_named_on_stderr(
    dipread: Run, arguments: tuple[str, ...], text: str, code: int, said: str
) -> None:
    done = dipread(*arguments, input=text)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_broken_database_is_refused_and_left_as_it_was(dipread: Run, tmp_path: Path) -> None:
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"SQLite format 3\x00" + os.urandom(4096))
    before = broken.read_bytes()
    done = dipread("--db", broken, "list")
    assert done.returncode == 1
    assert "not a dipread database, or a damaged one" in done.stderr
    assert "--db" in done.stderr
    assert broken.read_bytes() == before


def test_a_home_that_can_t_be_written_to_is_named(dipread: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = dipread("list", env={"DIPREAD_HOME": str(tmp_path / "file" / "home")})
    assert done.returncode == 1
    assert "can't be made" in done.stderr
    assert "DIPREAD_HOME" in done.stderr


def test_a_fault_in_feeds_toml_names_file_line_and_cure(dipread: Run, tmp_path: Path) -> None:
    feeds = tmp_path / "feeds.toml"
    feeds.write_text('[[feed]]\nurl = "https://a.example/"\ntitel = "A"\n', encoding="utf-8")
    done = dipread("--feeds", feeds, "list")
    assert done.returncode == 2
    assert f"{feeds}:3: unknown key 'titel'" in done.stderr
    assert "Did you mean 'title'?" in done.stderr


def test_the_screen_is_refused_where_there_is_no_terminal(dipread: Run) -> None:
    done = dipread(stdin=subprocess.DEVNULL)
    assert done.returncode == 1
    assert "terminal" in done.stderr
    assert "dipread list" in done.stderr


def test_a_reader_who_stops_reading_is_no_error(
    environment: dict[str, str], sample_desk: Path
) -> None:
    command = f"{sys.executable} -m dipread --db {sample_desk} list --format jsonl | head -n 1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", command],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0
    assert done.stderr == ""


def test_a_feed_that_takes_too_long_to_parse_is_given_up(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_bytes(b"<?xml version='1.0'?>" + b"\n" * 300_000 + b"<rss><channel/></rss>")
    code = "import sys; from dipread.cli import pipes, run; pipes.PARSE_SECONDS = 1; sys.exit(run(sys.argv[1:]))"
    done = subprocess.run(
        [sys.executable, "-c", code, "parse", str(feed)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("dipread: not readable within")
