"""A story as it is exported, and what it is exported with."""

from __future__ import annotations

from datetime import UTC, datetime

from dipread import data
from dipread.export import Bundle, Document, Flavour, bundles, document, parse_flavour
from dipread.model import (
    Annotation,
    Evidence,
    ExportPlan,
    Feed,
    Quote,
    Receipt,
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


def flavour(name: str = "obsidian") -> Flavour:
    """A shipped flavour."""
    return parse_flavour(data.read(f"flavours/{name}.toml"), f"{name}.toml")


RECEIPT = Receipt("pair:IT-JP", "abc", 2, NOW, NOW, (("Feed A", "HTTP 503"),))


def one_bundle(detail: StoryDetail, plan: ExportPlan | None = None) -> Bundle:
    """The first file that a story makes."""
    return next(iter(bundles([detail], (plan or ExportPlan()).group, VOCABULARY)))


def made(
    detail: StoryDetail,
    plan: ExportPlan | None = None,
    written: Flavour | None = None,
    now: datetime = NOW,
) -> Document:
    """What that file says."""
    plan = plan or ExportPlan()
    bundle = one_bundle(detail, plan)
    return document(bundle, written or flavour(plan.flavour), plan, RECEIPT, VOCABULARY, now, {})


def text_of(detail: StoryDetail, name: str = "obsidian") -> str:
    """The body of a story's file, without marks and front matter."""
    return "\n".join(block.text for block in made(detail, ExportPlan(name)).blocks)
