"""What an exported story says, and what no story can make it say."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from dipread.export.markdown import front_matter, story_document
from dipread.model import (
    Annotation,
    Evidence,
    Feed,
    Quote,
    Story,
    StoryDetail,
    StoryId,
    Tag,
    Vocabulary,
)

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
VOCABULARY = Vocabulary(
    {"country": {"JP": "Japan", "IT": "Italy"}, "sector": {"minerals": "Critical minerals"}}, {}
)
FEED = Feed(
    "https://desk.example/f",
    "Harbour Dispatch",
    "Harbour Press",
    "GB",
    "press",
    "en",
    "World press",
)
TEXT = "Tokyo and Rome agreed on critical minerals.\n\nTalks go on."


def detail(
    title: str = "Japan and Italy agree", text: str = TEXT, note: str = "Ask the post."
) -> StoryDetail:
    quote = Quote("text", 0, 14, text[0:14], "", text[14:46])
    return StoryDetail(
        id=StoryId(7),
        story=Story(
            "u",
            "g",
            "https://desk.example/a?x=1",
            title,
            text,
            datetime(2026, 11, 20, 8, 5, tzinfo=UTC),
            lang="en",
        ),
        when=datetime(2026, 11, 20, 8, 5, tzinfo=UTC),
        fetched=datetime(2026, 11, 20, 9, 0, tzinfo=UTC),
        revision=1,
        revisions=1,
        feeds=(FEED,),
        tags=(
            Tag(
                "country",
                "JP",
                3.0,
                0.9,
                (Evidence("text", 0, 5, "country.JP.capital"),),
                "actor",
                True,
            ),
            Tag("pair", "IT-JP", 4.0, 0.9, (Evidence("text", 0, 14, "pair.capitals"),)),
            Tag(
                "sector",
                "minerals",
                3.0,
                0.9,
                (Evidence("text", 25, 42, "sector.minerals.en.strong"),),
            ),
            Tag(
                "event",
                "anniversary",
                3.0,
                0.9,
                (Evidence("title", 0, 5, "x"),),
                slots=(("years", "160"),),
            ),
        ),
        annotations=(
            Annotation("a-1", StoryId(7), 1, note, NOW, NOW, quote),
            Annotation("a-2", StoryId(7), 1, "On the whole.", NOW, NOW),
        ),
        read=False,
        starred=False,
    )


def test_a_document_holds_quote_note_tags_evidence_source_and_dates() -> None:
    text = story_document(detail(), VOCABULARY)
    for expected in (
        "# Japan and Italy agree",
        "> Tokyo and Rome",
        "- **Note:** Ask the post.",
        "- **Note:** On the whole.",
        "- **Japan** `country:JP` (actor): “Tokyo”",
        "- **Italy–Japan** `pair:IT-JP`: “Tokyo and Rome”",
        "- **Critical minerals** `sector:minerals`: “critical minerals”",
        "(years 160)",
        "(https://desk.example/a?x=1)",
        "20 Nov 2026 08:05 UTC",
        "#:~:text=Tokyo%20and%20Rome",
    ):
        assert expected in text


def test_front_matter_is_yaml_with_the_same_values() -> None:
    header = front_matter(detail(title='Rome: "no" --- yes'), NOW)
    values = yaml.safe_load(header.strip().strip("-"))
    assert values["title"] == 'Rome: "no" --- yes'
    assert values["countries"] == ["JP"]
    assert values["pairs"] == ["IT-JP"]
    assert values["published"] == datetime(2026, 11, 20, 8, 5, tzinfo=UTC)
    assert values["link"] == "https://desk.example/a?x=1"


def test_a_story_without_date_or_link_says_so() -> None:
    bare = detail()
    bare = replace(bare, story=replace(bare.story, published=None, link=""))
    text = story_document(bare, VOCABULARY)
    assert "no date given" in text
    assert "no link given" in text
    assert yaml.safe_load(front_matter(bare, NOW).strip().strip("-"))["published"] is None


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


def check(text: str) -> None:
    title = " ".join(text.split()) or "x"
    body = text.strip() or "x"
    shown = story_document(replace(detail(title=title, text=body + " " * 60), tags=()), VOCABULARY)
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
