"""What is done quickly comes to what is done slowly: every shortcut of the classifier, taken and not taken."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import ExitStack
from typing import Any
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import dipread.classify.automaton as automaton_module
import dipread.classify.fold as fold_module
import dipread.classify.pairs as pairs_module
from dipread.classify import Knowledge, classify
from dipread.classify.about import Prominence
from dipread.classify.anniversaries import Anniversaries
from dipread.classify.automaton import Automaton, Hit, Language, Sense, patterns
from dipread.classify.cues import Cues
from dipread.classify.document import Document, _sentence_ends
from dipread.classify.places import Mention, PlaceRules, Shape, Shapes
from dipread.classify.roles import ACTING, _are_joined, _share
from dipread.classify.terms import parse_term
from dipread.model import Role, Story, Tag

WORDS = {
    "en": "France Italy Japan Tokyo U.S. Georgia Jordan and between talks signed met visits said with of "
    "the in president minister's tariff treaty sanctions anniversary fifty year 60th hundred a Bank company Inc. Reuters EU G7 naïve “peace”",
    "de": "Frankreich Österreich Straße Großbritannien und zwischen Gespräche mit in der sagte Zölle",
    "ru": "Россия Италия Японии Москва и между переговоры заявил президент в с Турция санкции «мир» годовщина пять лет 60",
    "ar": "فرنسا إيطاليا واليابان بين محادثات وقال الرئيس في مع تركيا اتفاقية",
    "zh": "日本 意大利 中日 美国 会谈 总统 表示 在 和 土耳其 协议 访问",
}
SIGNS = [" ", " ", " ", " ", ", ", ". ", "\n\n", "\n", "-", " (", ") ", ": ", "! ", "  ", "。"]


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """Stories of words that the rules know, parted by all that parts words."""
    language = draw(st.sampled_from(sorted(WORDS)))
    words = st.sampled_from(WORDS[language].split())
    parts = draw(st.lists(st.tuples(words, st.sampled_from(SIGNS)), min_size=4, max_size=60))
    title = " ".join(word for word, _ in parts[:4])
    return Story("u", "", "", title, "".join(map("".join, parts)).strip(), lang=language)


def first_shape(shapes: Shapes, document: Document, hit: Hit, there: int) -> Shape | None:
    """The first shape of a place, all of them tried."""
    return next((shape for shape in shapes.shapes if shape.fits(document, hit)), None)


def one_by_one(
    places: PlaceRules,
    document: Document,
    hits: Iterable[Hit],
    starts: frozenset[int],
    dateline: int,
) -> list[Mention]:
    """The countries that places stand for, everything asked of each."""
    found = (places._mention(document, hit, starts, dateline) for hit in hits)
    return [each for each in found if each is not None]


class Forgetful(dict[Any, float]):
    """Remembers nothing of what countries were worth."""

    def __setitem__(self, seen: Any, worth: float) -> None:
        pass


def slowly(story: Story, knowledge: Knowledge) -> tuple[Tag, ...]:
    """The tags of a story without the shortcuts."""
    with ExitStack() as detour:
        detour.enter_context(patch.object(fold_module, "_latin", lambda text: None))
        detour.enter_context(patch.object(fold_module, "_PAGES", ()))
        detour.enter_context(patch.object(Cues, "within", lambda self, start, end: self))
        detour.enter_context(patch.object(Shapes, "of", first_shape))
        detour.enter_context(patch.object(Prominence, "_known", lambda *_: Forgetful()))
        detour.enter_context(patch.object(PlaceRules, "mentions", one_by_one))
        detour.enter_context(patch.object(Anniversaries, "names_number", lambda self, text: True))
        detour.enter_context(
            patch.object(pairs_module, "_worth_a_look", lambda placed, *_: range(len(placed)))
        )
        return classify(story, knowledge)


@settings(deadline=None)
@given(story=stories())
def test_the_shortcuts_lead_to_the_same_tags(story: Story, knowledge: Knowledge) -> None:
    assert classify(story, knowledge) == slowly(story, knowledge)


def test_stories_of_known_words_have_cues_and_no_cues(knowledge: Knowledge) -> None:
    text = "Japan and Italy signed a treaty. " + "The weather was mild. " * 4 + "France waits."
    spoken = Story("u", "", "", "Talks", text, lang="en")
    asked: list[bool] = []
    within = Cues.within

    def watched(self: Cues, start: int, end: int) -> Cues | None:
        found = within(self, start, end)
        asked.append(found is self)
        return found

    with patch.object(Cues, "within", watched):
        assert classify(spoken, knowledge)
    assert set(asked) == {True, False}


def shared_plainly(given: list[Role], joined: list[int]) -> list[Role]:
    """Roles given on by every join from the first to the last, and back."""
    for at in (*joined, *reversed(joined)):
        first, second = given[at], given[at + 1]
        if first in ACTING and second == "mention":
            given[at + 1] = first
        elif second in ACTING and first == "mention":
            given[at] = second
    return given


ROLES: list[Role] = ["actor", "addressee", "mention", "mention", "mention", "venue"]


@given(
    parts=st.lists(
        st.tuples(st.sampled_from(ROLES), st.sampled_from([" and ", ", ", " or so far "]))
    )
)
def test_who_stands_beside_who_acts_is_given_its_role_as_by_every_join(
    parts: list[tuple[Role, str]], knowledge: Knowledge
) -> None:
    text, mentions = " ", []
    for _, sign in parts:
        mentions.append(Mention(len(text), len(text) + 5, ("IT",), "name", ""))
        text += f"Italy{sign}"
    document, words = Document.of(Story("u", "", "", "", text[1:])), knowledge.words["en"]
    shift = document.folded.text.find("italy") - 1
    mentions = [replace(m, start=m.start + shift, end=m.end + shift) for m in mentions]
    joined = [
        at
        for at in range(len(parts) - 1)
        if _are_joined(mentions[at], mentions[at + 1], words, document)
    ]
    roles = [role for role, _ in parts]
    plainly = shared_plainly([*roles], joined)
    _share(roles, mentions, words, document)
    assert roles == plainly


LETTERS = st.sampled_from(
    ["polish", "Polish", "POLISH", "Ist", "ist", "usа", "X", " ", ". ", "ß", "œ"]
)


@given(st.lists(LETTERS).map("".join))
def test_a_word_with_a_capital_is_found_as_by_a_look_at_all_that_may_be_asked(text: str) -> None:
    original = f" {text} "
    named = [
        (parse_term(spelling), Sense("place", code, "rule"))
        for spelling, code in (("^Polish", "PL"), ("polish", "all"), ("^Ist", "TR"))
    ]
    listed = patterns(named, Language("en"))
    texts = [each.text for each in listed]
    quick = Automaton(texts, listed.__getitem__, Language("en"))
    with patch.object(automaton_module, "_needs_capital_alone", lambda *_: False):
        slow = Automaton(texts, listed.__getitem__, Language("en"))
        slowly_found = slow.hits(fold_module.fold(original), original)
    assert quick.hits(fold_module.fold(original), original) == slowly_found


PLAINLY = re.compile(r"[.!?][\"'”’»)\]]*\s+|[。！？؟]|\n\s*\n|\n")
SHORT = re.compile(r"[\s.(](?:[A-Z]|Mrs?|Ms|Dr|No|Sept?|Gen)\Z")


def goes_on(text: str, stop: re.Match[str]) -> bool:
    """Whether a sentence goes on behind a stop or a break, by a look at each rule in turn."""
    if stop[0].startswith("."):
        return text[stop.end() :][:1].islower() or bool(SHORT.search(text[: stop.start()]))
    line = stop.start() - text.rfind("\n", 0, stop.start())
    return stop[0] == "\n" and 50 <= line < 90


PIECES = [*"ab.!?。؟\n\n  \"')] \t’”(A", " Mr", "(Sept", "Gen", " No", "word " * 11, "é", "Ж", "ж"]


@given(st.lists(st.sampled_from(PIECES)).map("".join), st.integers(0, 5))
def test_sentences_end_where_a_stop_a_line_or_a_paragraph_does(text: str, start: int) -> None:
    plainly = [each.end() for each in PLAINLY.finditer(text, start) if not goes_on(text, each)]
    assert _sentence_ends(text, start) == plainly
