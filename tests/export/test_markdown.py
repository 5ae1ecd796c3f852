"""What an exported story says in each flavour, and what no story can make it say."""

from __future__ import annotations

from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec.structs import replace

from dipread.errors import ConfigError
from dipread.export import Flavour, parse_flavour
from dipread.export.escape import yaml as as_yaml
from dipread.model import ExportPlan, StoryDetail
from dipread.text.cleaning import clean_block
from tests.hostile_words import hostile_words

from .conftest import detail, flavour, made, text_of

FLAVOURS = ("obsidian", "plain", "logseq")


@pytest.mark.parametrize("name", FLAVOURS)
def test_a_document_holds_quote_note_tags_evidence_source_and_dates(name: str) -> None:
    text = text_of(detail(), name)
    for expected in (
        "# Japan and Italy agree",
        "Tokyo and Rome",
        "Ask the post.",
        "On the whole.",
        "- **Japan** `country:JP` (actor): “Tokyo”",
        "- **Italy–Japan** `pair:IT-JP`: “Tokyo and Rome”",
        "- **Critical minerals** `sector:minerals`: “critical minerals”",
        "(years 160)",
        "(https://desk.example/a?x=1)",
        "2026-11-20 08:05 UTC",
        "#:~:text=Tokyo%20and%20Rome",
        "query pair:IT-JP",
        "Feed A (HTTP 503)",
    ):
        assert expected in text, text


@given(
    title=hostile_words.filter(bool),
    feed=hostile_words,
    tags=st.lists(hostile_words.filter(bool), unique=True, max_size=3),
)
def test_front_matter_is_yaml_with_the_same_values(title: str, feed: str, tags: list[str]) -> None:
    one = detail(title=title)
    one = replace(
        one,
        story=replace(one.story, lang=feed),
        feeds=(replace(one.feeds[0], title=feed),),
        annotations=(replace(one.annotations[0], tags=tuple(tags)), one.annotations[1]),
    )
    front = made(one).front
    assert front.startswith("---\n")
    assert front.endswith("\n---\n")
    values = yaml.safe_load(front[4:-4])
    assert values["title"] == title
    assert values.get("source", "") == feed
    assert values.get("lang", "") == feed
    assert values.get("tags", []) == tags
    assert values["countries"] == ["JP"]
    assert values["pairs"] == ["IT-JP"]
    assert values["published"] == "2026-11-20"
    assert values["link"] == "https://desk.example/a?x=1"
    assert values["counts"] == {"annotations": 2, "stories": 1, "sources": 1}
    assert values["rules"] == {"version": "abc", "user_layer": 2}


@given(st.text() | hostile_words)
def test_any_text_is_a_yaml_scalar_that_reads_back_equal(text: str) -> None:
    assert yaml.safe_load(f"key: {as_yaml(text)}") == {"key": text}
    assert yaml.safe_load(f"key: [{as_yaml(text)}, x]") == {"key": [text, "x"]}


def test_a_story_without_date_or_link_says_so() -> None:
    bare = detail()
    bare = replace(bare, story=replace(bare.story, published=None, link=""))
    text = text_of(bare, "plain")
    assert "date not given, fetched 2026-11-20" in text
    assert "](" not in text
    assert "published" not in made(bare).front


def test_a_note_tells_its_type_its_tags_when_it_is_due_and_that_it_is_lost() -> None:
    one = detail(note="See #Rome.")
    note = replace(
        one.annotations[0],
        type="assessment",
        confidence="likely",
        tags=("visit-prep",),
        due=date(2027, 1, 4),
        author="E. Rossi",
        revision=0,
    )
    moved = replace(one, annotations=(note,))
    text = text_of(moved, "plain")
    for expected in (
        "### a-a1 · assessment (likely)",
        "- **My tags:** visit-prep, Rome",
        "- **Check on:** 2027-01-04",
        "UTC by E. Rossi",
        "it moved when the story changed",
    ):
        assert expected in text
    assert "#visit-prep #Rome" in text_of(moved, "obsidian")
    gone = replace(moved, story=replace(one.story, text="Other words."))
    assert "**Lost:** the story has changed" in text_of(gone, "plain")
    assert "**Lost:**" not in text


def test_a_part_that_is_not_included_is_left_out() -> None:
    for part, words in (
        ("front", "generated:"),
        ("evidence", "“Tokyo”"),
        ("notes", "Ask the post."),
    ):
        plan = ExportPlan(include=ExportPlan().include - {part})
        whole = made(detail(), plan).whole()
        assert words not in whole
        assert words in made(detail()).whole()
    more = ExportPlan("plain", include=frozenset(("text", "summary")))
    assert "Talks go on" in made(detail(), more).whole()


# ------------------------------------------------------------------------------- a reader's own

OWN = """
header = "# $title"
section = ""
story = "$headline"
note = '''
$note
[$type] due $due, $$5
'''
footer = ""
"""


def test_a_flavour_of_one_s_own_is_filled_in() -> None:
    text = made(detail(), ExportPlan(), parse_flavour(OWN, "own.toml")).whole()
    assert "\nAsk the post.\n[note] due , $5\n" in text
    assert "Made by dipread" not in text


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("$title", "$titel", r"own.toml:2: 'header' knows no \$titel"),
        ("$due", "$query", r"own.toml:5: 'note' knows no \$query"),
        ("$$5", "$5", r"own.toml:5: a \$ in 'note' is followed by no name"),
        ("section =", "sections =", "own.toml:3: unknown part 'sections'"),
        ('footer = ""', "", "the part 'footer' is missing"),
        ('footer = ""', "footer = 1", "own.toml:9: 'footer' must be a text"),
        ('footer = ""', "footer =", "own.toml:9"),
        ("$note", "${__class__.__init__}", "is followed by no name"),
    ],
)
def test_a_fault_in_a_flavour_is_told_with_its_place(old: str, new: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said) as caught:
        parse_flavour(OWN.replace(old, new), "own.toml")
    assert caught.value.hint


# --------------------------------------------------------------------------------- hostile words

HOSTILE = [
    "[click](https://evil.example)",
    "![pixel](https://evil.example/p.png)",
    "<img src=x onerror=alert(1)>",
    "<!-- dipread:end -->",
    "# heading",
    "- [ ] todo",
    "1. first",
    "`code` **bold** _it_ ~~s~~",
    "https://evil.example/auto",
    "www.evil.example",
    "a | b\n--- | ---",
    "***\n---\n===",
    "\\[esc](https://evil.example)",
    "&lt;b&gt; &#60;",
    "[ref]: https://evil.example",
    "    indented",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_feed_text_is_shown_verbatim_and_adds_no_link_image_or_html(text: str) -> None:
    check(text)


@given(st.text(alphabet=st.sampled_from("[]()!<>-*_#`\\|~=&:;/. \nabe1htps")))
def test_no_feed_text_escapes_its_place(text: str) -> None:
    check(text)


@given(hostile_words)
def test_no_hostile_words_escape_their_place(text: str) -> None:
    check(clean_block(text))


def check(text: str) -> None:
    title = " ".join(text.split()) or "x"
    body = text.strip() or "x"
    story = replace(detail(title=title, text=body + " " * 60), tags=())
    for name in FLAVOURS:
        check_written(story, title, flavour(name))


def check_written(story: StoryDetail, title: str, written: Flavour) -> None:
    plan = ExportPlan(written.name, include=frozenset(("notes", "summary", "text")))
    shown = "\n".join(block.text for block in made(story, plan, written).blocks)
    tokens = MarkdownIt("gfm-like", {"html": True, "linkify": False}).parse(shown)
    inline = [child for token in tokens for child in token.children or ()]
    assert not any(
        token.type in ("html_block", "code_block", "fence", "table_open") for token in tokens
    )
    assert not any(child.type in ("image", "html_inline", "code_inline") for child in inline)
    links = {child.attrGet("href") for child in inline if child.type == "link_open"}
    assert all(str(link).startswith("https://desk.example/a?x=1") for link in links)
    heading = next(
        t.children for i, t in enumerate(tokens) if i and tokens[i - 1].type == "heading_open"
    )
    assert "".join(child.content for child in heading or () if child.type == "text") == title
