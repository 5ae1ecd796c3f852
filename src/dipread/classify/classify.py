"""What a story is about: from its words to tags with evidence, step by step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import chain
from operator import attrgetter, itemgetter

from msgspec.structs import replace

from dipread.classify.automaton import Hit, Layer, of_layers, settled
from dipread.classify.commitments import commitments
from dipread.classify.cues import Cues, Words
from dipread.classify.document import Document
from dipread.classify.gates import Gating, gated, shut
from dipread.classify.knowledge import Knowledge
from dipread.classify.languages import language_of
from dipread.classify.pairs import pairs
from dipread.classify.people import PERSONS, earned_surnames
from dipread.classify.places import Mention
from dipread.classify.roles import living, roles
from dipread.classify.slots import stage, visitors
from dipread.classify.spans import Spans
from dipread.classify.tags import country_tags, forum_tags, person_tags
from dipread.classify.themes import themes
from dipread.model import Story, Tag

PRECEDENCE: Sequence[Layer] = ("person", "place", "forum", "mask", "prefix")
"""Which layer goes first where terms of several begin and end at the same places."""

_PLACES: frozenset[Layer] = frozenset({"place", "prefix"})
_SPEAKING: frozenset[Layer] = frozenset({"mask", "forum", "person"})
"""The other layers of what has a name: no theme is found in it."""
_FORUM = "forum:"
_SAYS = attrgetter("sense.code")
_CODES, _KIND, _START, _WHERE = (
    attrgetter("codes"),
    attrgetter("kind"),
    attrgetter("start"),
    attrgetter("start", "end"),
)
_KINDS = ("country", "pair", "sector", "event", "forum", "person", "commitment", "gate")
_PLACE: Mapping[str, int] = {kind: place for place, kind in enumerate(_KINDS)}
_MULTILATERAL = frozenset({"summit"})
_STATES = frozenset({"name", "demonym", "capital", "prefix", "kanji", "person"})
"""The kinds of mention by which a story names a state, not its towns and institutions alone."""


def classify(story: Story, knowledge: Knowledge) -> tuple[Tag, ...]:
    """The tags of a story: by kind, then score down, then code. The same story gives the same tags."""
    document = Document.of(story)
    language = language_of(story.lang, document, knowledge)
    words = knowledge.words.get(language, Words())
    by_layer = knowledge.automaton(language).by_layer(document.folded, document.original)
    entities = settled(chain.from_iterable([by_layer[layer] for layer in PRECEDENCE]))
    cues = Cues(by_layer["cue"])
    people = _people(entities, by_layer, cues, knowledge, document)
    places, speaking = of_layers(entities, _PLACES), of_layers(entities, _SPEAKING)
    others = [*speaking, *people]
    dateline = knowledge.places.dateline.end(document)
    starts = frozenset(map(_START, (*entities, *people)))
    mentions = knowledge.places.mentions(document, places, starts, dateline)
    mentions, forums = _mentions(mentions, others, knowledge)
    if language in knowledge.kanji:
        taken = Spans(map(_WHERE, (*entities, *people)))
        mentions += knowledge.kanji[language].mentions(document, taken)
    mentions.sort(key=_WHERE)
    found = themes(
        by_layer["theme"],
        by_layer["veto"],
        Spans(map(_WHERE, speaking)),
        document,
        _confirmed(mentions, forums, by_layer["theme"], knowledge.gating, document),
        knowledge.weights,
    )
    mentions, parts = living(
        mentions,
        roles(mentions, cues, words, knowledge.places.venues, dateline, document),
        knowledge.places.past,
        document,
    )
    multilateral = any(theme.code in _MULTILATERAL for theme in found)
    tied = pairs(mentions, parts, cues, words, knowledge.pair_worth, multilateral, document)
    told = [
        theme.tag(document) for theme in gated(found, knowledge.gating, [tag.code for tag in tied])
    ]
    promised = commitments(
        settled(by_layer["promise"]), mentions, parts, cues, words, knowledge.promising, document
    )
    tags = [
        *country_tags(mentions, parts, knowledge.prominence, document),
        *(() if shut(found, knowledge.gating) else tied),
        *(_with_slots(tag, mentions, cues, knowledge, document) for tag in told),
        *forum_tags(forums, document),
        *promised,
        *person_tags(others, knowledge.people, document),
    ]
    return tuple(sorted(tags, key=lambda tag: (_PLACE[tag.kind], -tag.score, tag.code)))


def _confirmed(
    mentions: Sequence[Mention],
    forums: Sequence[tuple[str, int, int, str]],
    terms: Sequence[Hit],
    gating: Gating,
    document: Document,
) -> bool:
    """Whether presumed terms count: the story names a leader; or a state or a forum, and does not open
    with the words of a game or a show, whose attacks and talks are others.
    """
    kinds = set(map(_KIND, mentions))
    if "person" in kinds:
        return True
    if not forums and kinds.isdisjoint(_STATES):
        return False
    if gating.withdraw.isdisjoint(map(_SAYS, terms)):
        return True
    return not any(
        hit.start < document.lead_end
        and hit.sense.kind != "weak"
        and hit.sense.code in gating.withdraw
        for hit in terms
    )


def _people(
    entities: Sequence[Hit],
    by_layer: Mapping[Layer, Sequence[Hit]],
    cues: Cues,
    knowledge: Knowledge,
    document: Document,
) -> list[Hit]:
    """The surnames that count, outside everything already settled."""
    if "surname" not in by_layer:
        return []
    taken = Spans(map(_WHERE, entities))
    free = [hit for hit in settled(by_layer["surname"]) if not taken.touch(hit.start, hit.end)]
    named = {hit.sense.code for hit in entities if hit.sense.layer == "person"}
    return earned_surnames(free, named, cues.all("office"), knowledge.people, document)


def _mentions(
    places: Sequence[Mention], others: Sequence[Hit], knowledge: Knowledge
) -> tuple[list[Mention], list[tuple[str, int, int, str]]]:
    """The mentions of countries, by places and all others, and of forums as (id, start, end, rule)."""
    mentions: list[Mention] = []
    forums: list[tuple[str, int, int, str]] = []
    for hit in others:
        sense = hit.sense
        layer, code = sense.layer, sense.code
        if layer == "forum":
            forums.append((code, hit.start, hit.end, sense.rule))
        elif layer in PERSONS:
            of = knowledge.people[code].of
            mentions.append(Mention(hit.start, hit.end, (of,), "person", sense.rule))
        elif code:
            mentions.append(Mention(hit.start, hit.end, (code,), "region", sense.rule))
    mentions += places
    if any(map(_forums_of, map(_CODES, mentions))):
        forums += [
            (each, named.start, named.end, named.rule)
            for named in mentions
            for each in _forums_of(named.codes)
        ]
        forums.sort(key=itemgetter(1))
        mentions = [each for each in map(_states_of, mentions) if each.codes]
    return mentions, forums


@cache
def _forums_of(codes: tuple[str, ...]) -> tuple[str, ...]:
    """The forums among the codes of a mention, as of the Union in EU-China."""
    return tuple(code.removeprefix(_FORUM) for code in codes if code.startswith(_FORUM))


def _states_of(mention: Mention) -> Mention:
    """A mention without the forums that it names beside states."""
    states = tuple(code for code in mention.codes if not code.startswith(_FORUM))
    return mention if states == mention.codes else replace(mention, codes=states)


def _with_slots(
    tag: Tag, mentions: Sequence[Mention], cues: Cues, knowledge: Knowledge, document: Document
) -> Tag:
    """The tag with what the text says of it: how many years, who hosts whom, whether it is still to come."""
    if tag.kind != "event":
        return tag
    if tag.code == "anniversary":
        years = knowledge.anniversaries.years(tag.evidence, document)
        return replace(tag, slots=(("years", years),)) if years else tag
    who = visitors(mentions, cues, document) if tag.code == "visit" else ()
    return replace(tag, slots=(*who, *stage(tag, cues, document)))
