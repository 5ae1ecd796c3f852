"""What other rules would make of the archive, and making it so. No screen and no command line here.

Both go by the stories that a change of the rules can touch (classify.narrowing); where the rules that
tagged a story are not known, or the shipped ones have changed, that is every story.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from msgspec import Struct

from dipread.classify import Change, classify
from dipread.classify.rules.trial import labels
from dipread.errors import ConfigError
from dipread.model import Story, StoryId, Tag, Verdict
from dipread.rules.rulebook import Rulebook
from dipread.store import Retagged, Store


class Edit(Struct, frozen=True):
    """A label that a story gains or loses: `sector:trade`, or `about:IT` for a country that it is about.

    `words` are those that earn it, or did. `against` is the verdict that the edit contradicts; the
    verdict outranks the rules, so the archive keeps to it.
    """

    story: StoryId
    title: str
    label: str
    does: Literal["gains", "loses"]
    words: tuple[str, ...]
    against: Verdict | None = None


class Looked(Struct, frozen=True):
    """Some more stories looked at: how many by now, and what would change on these."""

    stories: int
    edits: tuple[Edit, ...]


def preview(
    store: Store, before: Rulebook, after: Rulebook, most: int | None = None
) -> Iterator[Looked]:
    """What changes over the archive from one rulebook to another, newest stories first; nothing is written.

    At most `most` stories are looked at, some at a time, so that it may be shown as it comes and stopped
    at any time; it reads, and so runs beside whoever writes. Raises ConfigError for a faulty rule.
    """
    old, new = before.knowledge, after.knowledge
    change = Change(old, new)
    verdicts: dict[StoryId, list[Verdict]] = {}
    for each in store.tagging.verdicts():
        verdicts.setdefault(each.story, []).append(each)
    looked = 0
    for some in store.retagging.stories(most):
        edits: list[Edit] = []
        for number, story in some:
            if change.touches(story):
                had, gets = (labels(classify(story, rules)) for rules in (old, new))
                edits += _edits(number, story, had, gets, verdicts.get(number, []))
        looked += len(some)
        yield Looked(looked, tuple(edits))


def retag(store: Store, rules: Rulebook) -> Iterator[Retagged]:
    """Bring the archive to these rules; yields what is done so far.

    It may be stopped at any time and goes on from there when called again. The archive is locked for
    moments only.
    """
    knowledge = rules.knowledge
    store.retagging.remember(knowledge.hash, rules.edition, rules.own)

    def tag(story: Story) -> tuple[Tag, ...]:
        return classify(story, knowledge)

    done = Retagged(0, 0)
    for before in sorted(store.retagging.counts()):
        if before == knowledge.hash:
            continue
        change = _change(store, before, rules)
        touched = change.touches if change else lambda story: True
        while True:
            some = store.retagging.retag_some(before, knowledge.hash, tag, touched)
            if not some.looked:
                break
            done = Retagged(done.looked + some.looked, done.anew + some.anew)
            yield done
    store.retagging.forget_unused(knowledge.hash)


def stale(store: Store, rules: Rulebook) -> int:
    """How many stories other rules tagged."""
    counts = store.retagging.counts()
    return sum(counts.values()) - counts.get(rules.knowledge.hash, 0)


def last_rules(store: Store, rules: Rulebook) -> Rulebook | None:
    """The rules that most of the archive is tagged by, when they are known and of the same edition."""
    counts = store.retagging.counts()
    before = max(counts, key=lambda each: (counts[each], each), default="")
    return _rulebook(store, before, rules)


def _change(store: Store, before: str, rules: Rulebook) -> Change | None:
    """What differs from the rules of that hash; None when that can't be known."""
    old = _rulebook(store, before, rules)
    if old is None:
        return None
    try:
        return Change(old.knowledge, rules.knowledge)
    except ConfigError:  # a newer dipread may be stricter about rules than the one that kept these
        return None


def _rulebook(store: Store, hash_of_rules: str, rules: Rulebook) -> Rulebook | None:
    kept = store.retagging.remembered(hash_of_rules)
    return rules.with_own(kept[1]) if kept and kept[0] == rules.edition else None


def _edits(
    number: StoryId,
    story: Story,
    old: Mapping[str, Tag],
    new: Mapping[str, Tag],
    verdicts: list[Verdict],
) -> Iterator[Edit]:
    said = {f"{each.kind}:{each.code}": each for each in verdicts}
    for label in [*(each for each in new if each not in old), *(e for e in old if e not in new)]:
        gained = label in new
        words = dict.fromkeys(
            getattr(story, each.field)[each.start : each.end]
            for each in (new if gained else old)[label].evidence
        )
        verdict = said.get(label)
        against = verdict if verdict and (verdict.says == "wrong") == gained else None
        yield Edit(
            number, story.title, label, "gains" if gained else "loses", tuple(words), against
        )
