"""Everything a reader does is noted, and can be taken back and done again, also on another day."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

import dipread.store
from dipread.model import FeedId, Item, Story, StoryId, View
from dipread.store import Saved, Store
from tests.store.conftest import first_word, make_feed, make_story

NOW = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)
MADE = ("states", "own_tags", "annotations", "verdicts", "views", "basket", "tags")


def contents(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """All that a reader makes, and the tags that come of it; a state with nothing in it is none."""
    held = {name: sorted(store.rows(f"SELECT * FROM {name}"), key=repr) for name in MADE}
    held["states"] = [row for row in held["states"] if any(row[1:])]
    return held


def again(store: Store) -> Callable[[StoryId], None]:
    return lambda story: store.tagging.again(story, first_word, "rules-1")


@pytest.fixture
def ids(
    store: Store, wire: FeedId, deliver: Callable[..., Saved], story: Callable[..., Story]
) -> list[StoryId]:
    return sorted(each.id for each in deliver(wire, story("a"), story("b")).fresh)


def acts(store: Store, ids: list[StoryId]) -> list[Callable[[], object]]:
    """One of everything a reader can do."""
    annotations = store.annotations
    uuid = annotations.add(ids[0], "one", None, NOW, tags=("x",), due=date(2026, 10, 1)).uuid
    return [
        lambda: store.states.mark_read(ids, True),
        lambda: store.states.star(ids[:1], True),
        lambda: store.states.tag(ids, "follow-up", True),
        lambda: store.states.keep_tags(ids[0], ("a", "b")),
        lambda: store.states.mark("brief", "", ids, True),
        lambda: annotations.add(ids[1], "two", None, NOW, type="question"),
        lambda: annotations.change(uuid, NOW, note="other", type="fact"),
        lambda: annotations.finish(uuid, NOW),
        lambda: annotations.remove(uuid),
        lambda: store.views.save(View("Tokyo", "country:JP")),
        lambda: store.views.save(View("Rome", "country:IT", alert=True)),
        lambda: store.views.order(["Rome"]),
        lambda: store.tagging.judge(ids[0], "sector", "story", False, first_word, "rules-1"),
        lambda: store.tagging.judge(ids[1], "sector", "law", True, first_word, "rules-1"),
        lambda: store.tagging.withdraw(ids[1], "sector", "law", first_word, "rules-1"),
        lambda: store.basket.keep(
            [Item(ids[0])], [Item(ids[0], heading="Top", place=1)], "heading"
        ),
        lambda: store.basket.toggle(ids[1]),
    ]


def test_every_act_is_taken_back_and_done_again_one_by_one_after_a_restart(
    store: Store, path: Path, ids: list[StoryId]
) -> None:
    stages = []
    for act in acts(store, ids):
        stages.append(contents(store))
        act()
        assert contents(store) != stages[-1]
    stages.append(contents(store))
    with Store(path, lambda: NOW) as later:
        for stage in reversed(stages[:-1]):
            assert later.journal.undo(again(later))
            assert contents(later) == stage
        assert later.journal.undo(again(later))  # the note that was there first
        assert later.journal.undo(again(later)) is None
        assert later.journal.redo(again(later))
        for stage in stages[1:]:
            assert later.journal.redo(again(later))
            assert contents(later) == stage
        assert later.journal.redo(again(later)) is None
        assert later.catalogue.differences(later) == []


def test_what_changes_nothing_is_not_noted(store: Store, ids: list[StoryId]) -> None:
    store.states.star(ids, False)
    store.states.keep_tags(ids[0], ())
    store.views.keep(())
    note = store.annotations.add(ids[0], "one", None, NOW)
    store.annotations.edit(note.uuid, "one", NOW)
    store.annotations.restore(note)
    assert [each.what for each in store.journal.entries()] == ["note written"]


def test_undo_takes_a_mark_only_from_those_that_got_it(store: Store, ids: list[StoryId]) -> None:
    store.states.mark_read(ids[:1], True)
    store.states.mark_read(ids, True)
    turned = store.journal.undo(again(store))
    assert turned
    assert turned.what == "1 story marked read"
    assert list(store.states.having("read")) == ids[:1]


def test_a_new_act_forgets_what_was_undone(store: Store, ids: list[StoryId]) -> None:
    store.states.star(ids, True)
    store.journal.undo(again(store))
    store.states.mark_read(ids, True)
    assert store.journal.redo(again(store)) is None
    assert [each.how for each in store.journal.entries()] == ["do", "undo", "do"]


def test_many_stories_are_changed_in_parts_and_told_as_one(
    store: Store, ids: list[StoryId], monkeypatch: pytest.MonkeyPatch
) -> None:
    from dipread.store import marking

    monkeypatch.setattr("dipread.store.journal.SLICE", 1)
    change = marking("starred", "", store.stories.find().stories, True)
    (rest,) = store.journal.begin("2 stories given a star", change)
    assert len(store.states.having("starred")) == 1  # as if the program had died here
    turned = store.journal.undo(again(store))
    assert turned
    for part in turned.rest:
        store.journal.go_on(part)
    assert not store.states.having("starred")
    assert rest.stories | change.parts()[0].stories == change.stories
    assert len(list(store.journal.entries())) == 2


def test_nothing_in_the_program_changes_the_journal_but_by_adding_to_it() -> None:
    sources = Path(dipread.store.__file__).parent.glob("*.py")
    statements = re.compile(
        r"(UPDATE|DELETE FROM|REPLACE INTO|DROP TABLE)\s+journal\b", re.IGNORECASE
    )
    assert not [path for path in sources if statements.search(path.read_text(encoding="utf-8"))]


def test_an_act_that_fails_is_not_noted(store: Store, ids: list[StoryId]) -> None:
    with pytest.raises(Exception, match="FOREIGN KEY"):
        store.states.star([StoryId(99)], True)
    assert list(store.journal.entries()) == []


def test_the_history_of_a_note_is_what_the_journal_tells_of_it(
    store: Store, ids: list[StoryId]
) -> None:
    note = store.annotations.add(ids[0], "one", None, NOW)
    store.annotations.edit(note.uuid, "two", NOW)
    store.annotations.add(ids[0], "another", None, NOW)
    told = list(store.annotations.history(note.uuid))
    assert [each.what for each in told] == ["note changed", "note written"]
    assert told[0].change.before["note"] == "one"


class Acting(RuleBasedStateMachine):
    """Whatever is done, undone and redone, in any order: what is there is what a plain stack tells."""

    @initialize()
    def begin(self) -> None:
        import tempfile

        self.folder = tempfile.TemporaryDirectory()
        self.store = Store(Path(self.folder.name) / "a.db", lambda: NOW)
        wire = self.store.feeds.add(make_feed(), listed=True)
        stories = [make_story("a"), make_story("b")]
        self.store.ingest.save(wire, stories, first_word, "rules-1")
        self.ids = [StoryId(each) for each in self.store.stories.find()]
        self.before = [contents(self.store)]
        self.after: list[dict[str, list[tuple[object, ...]]]] = []

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()
            self.folder.cleanup()

    @rule(
        act=st.sampled_from(["star", "unstar", "tag", "brief", "note", "judge"]), at=st.booleans()
    )
    def do(self, act: str, at: bool) -> None:
        store, story = self.store, self.ids[at]
        {
            "star": lambda: store.states.star([story], True),
            "unstar": lambda: store.states.star(self.ids, False),
            "tag": lambda: store.states.tag(self.ids, "x", at),
            "brief": lambda: store.basket.toggle(story),
            "note": lambda: store.annotations.add(story, "n", None, NOW),
            "judge": lambda: store.tagging.judge(story, "sector", "x", at, first_word, "rules-1"),
        }[act]()
        if (now := contents(store)) != self.before[-1]:
            self.before.append(now)
            self.after.clear()

    @precondition(lambda self: len(self.before) > 1)
    @rule()
    def undo(self) -> None:
        assert self.store.journal.undo(again(self.store))
        self.after.append(self.before.pop())
        assert contents(self.store) == self.before[-1]

    @rule()
    def redo(self) -> None:
        assert bool(self.store.journal.redo(again(self.store))) is bool(self.after)
        if self.after:
            self.before.append(self.after.pop())
        assert contents(self.store) == self.before[-1]


TestActing = Acting.TestCase
TestActing.settings = settings(max_examples=15, stateful_step_count=25, deadline=None)
