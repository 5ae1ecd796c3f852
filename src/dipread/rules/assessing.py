"""How the rules fare on a reader's own archive: against their verdicts, and in what they find there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import islice

from msgspec import Struct, field

from dipread.classify import Knowledge, classify, fold_alias
from dipread.classify.fold import fold
from dipread.classify.rules.phrases import LONGEST, Phrase, contrast, phrases
from dipread.classify.rules.trial import Scores, labels
from dipread.errors import DipreadError
from dipread.model import Story, StoryId, Tag, TagKind, Verdict
from dipread.store import READERS_WORD, Store

ELSEWHERE = 2000
"""How many stories that nobody judged a suggestion is held against."""

KINDS: tuple[TagKind, ...] = ("sector", "event")
"""What is told by adding up words, so that one word alone is little."""


class Firing(Struct):
    """What the rules found in the archive: how often each rule id stands as evidence (`fired`, by the
    first two parts of the id), and for labels of KINDS how many stories have one, and how many of these
    for a single word, with the words.
    """

    stories: int = 0
    fired: Counter[str] = field(default_factory=Counter)
    given: Counter[str] = field(default_factory=Counter)
    on_one_word: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, story: Story, tag: Tag) -> None:
        """Count a tag of a story."""
        by_rules = [each for each in tag.evidence if each.rule != READERS_WORD]
        self.fired.update({".".join(each.rule.split(".")[:2]) for each in by_rules})
        if tag.kind not in KINDS or not by_rules:
            return
        label = _label(tag)
        words = {fold_alias(getattr(story, each.field)[each.start : each.end]) for each in by_rules}
        self.given[label] += 1
        if len(words) == 1:
            self.on_one_word[label].update(words)


class Suggestion(Struct, frozen=True):
    """A phrase of confirmed stories: in how many of them it stands, in how many where the label was
    judged wrong, and in how many others.
    """

    phrase: str
    confirmed: int
    wrong: int
    elsewhere: int
    surprise: float


def judged(store: Store, knowledge: Knowledge) -> Scores:
    """The rules as they are now against every verdict of the reader."""
    scores = Scores()
    for number, verdicts in _by_story(store).items():
        story = store.retagging.story(number)
        if story is not None:
            wanted = {_label(each) for each in verdicts if each.says != "wrong"}
            refused = {_label(each) for each in verdicts if each.says == "wrong"}
            scores.add(wanted, refused, labels(classify(story, knowledge)).keys())
    return scores


def firing(store: Store, most: int | None = None) -> Iterator[Firing]:
    """What stands in the tags of the archive, newest stories first; the same object, filled up."""
    found = Firing()
    for some in store.retagging.stories(most):
        stories = dict(some)
        for number, tags in store.retagging.tags([*stories]).items():
            for tag in tags:
                found.add(stories[number], tag)
        found.stories += len(some)
        yield found


def suggested(
    store: Store, knowledge: Knowledge, kind: TagKind, code: str, most: int = 20
) -> list[Suggestion]:
    """Phrases that the stories which the reader confirmed to have a label use more than others do.

    At most `most`, the most telling first; what the rules of the label find already is left out. Raises
    DipreadError when nothing is confirmed.
    """
    says: dict[StoryId, str] = {
        each.story: each.says
        for each in store.tagging.verdicts()
        if (each.kind, each.code) == (kind, code)
    }
    confirmed = [each for each, said in says.items() if said != "wrong"]
    if not confirmed:
        raise DipreadError(
            f"no story is confirmed to have {kind}:{code}",
            f"Say so with: dipread label ID +{kind}:{code}",
        )
    wrong = [each for each, said in says.items() if said == "wrong"]
    inside = [_folded(each) for each in _texts(store, confirmed)]
    against = [_folded(each) for each in _texts(store, wrong)]
    others = [_folded(each) for each in _others(store, kind, code, says)]
    found = contrast(
        inside,
        [*against, *others],
        least=min(2, len(inside)),
        stopwords=frozenset[str]().union(*knowledge.stopwords.values()),
    )
    new = (
        each
        for each in found
        if each.surprise > 0 and not _is_known(each.text, kind, code, knowledge)
    )
    return [_suggestion(each, against) for each in islice(new, most)]


def _suggestion(phrase: Phrase, against: list[str]) -> Suggestion:
    wrong = sum(phrase.text in phrases(each, LONGEST) for each in against)
    return Suggestion(
        phrase.text, phrase.inside, wrong, phrase.outside - wrong, round(phrase.surprise, 2)
    )


def _by_story(store: Store) -> dict[StoryId, list[Verdict]]:
    found: dict[StoryId, list[Verdict]] = defaultdict(list)
    for each in store.tagging.verdicts():
        found[each.story].append(each)
    return found


def _label(of: Tag | Verdict) -> str:
    return f"{of.kind}:{of.code}"


def _texts(store: Store, numbers: list[StoryId]) -> list[Story]:
    return [story for story in map(store.retagging.story, numbers) if story is not None]


def _others(store: Store, kind: TagKind, code: str, judged: dict[StoryId, str]) -> Iterator[Story]:
    """Stories that nobody judged and that do not have the label."""
    for some in store.retagging.stories(ELSEWHERE):
        tags = store.retagging.tags([number for number, _ in some])
        for number, story in some:
            has = any((tag.kind, tag.code) == (kind, code) for tag in tags[number])
            if number not in judged and not has:
                yield story


def _folded(story: Story) -> str:
    return fold(f"{story.title} . {story.text}").text


def _is_known(phrase: str, kind: TagKind, code: str, knowledge: Knowledge) -> bool:
    """Whether the rules of the label find something in a phrase."""
    text = f" {phrase} "
    codes = (f"{kind}:{code}", code)
    return any(
        hit.sense.code in codes
        for language in knowledge.languages
        for hit in knowledge.automaton(language).hits(fold(text), text)
    )
