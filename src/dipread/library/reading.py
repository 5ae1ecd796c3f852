"""One reader's archive and the knowledge to read it with: what is asked, how it is tagged, what is undone.

Who only reads waits for no room that fetches, tags or exports: those are imported where they are used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from dipread import data
from dipread.config import Config, read_rules
from dipread.model import Query, Story, StoryId, Tag, View, Vocabulary
from dipread.query import parse_query, resolve
from dipread.query.names import Known, read_known, read_vocabulary
from dipread.store import Catalogue, Change, FollowedList, Retagged, Store, Turned, Views, utc_now

if TYPE_CHECKING:
    from pathlib import Path

    from dipread.classify import Knowledge
    from dipread.rules.editing import RuleEdit
    from dipread.rules.retagging import Looked
    from dipread.rules.rulebook import Rulebook


class Reading:
    """One reader's archive and the knowledge to read it with.

    `hosts` sends what is meant for a host elsewhere (the demo desk's loopback); `refresh_command` is
    how another process refreshes this archive; `waiting` is called when a refresh waits for another's.
    """

    def __init__(
        self,
        config: Config,
        now: Callable[[], datetime] = utc_now,
        hosts: Mapping[str, str] | None = None,
        refresh_command: Sequence[str] = ("fetch",),
        waiting: Callable[[], None] = lambda: None,
    ) -> None:
        self.config = config
        self.now = now
        self._hosts = dict(hosts or {})
        self._refresh_command = tuple(refresh_command)
        self._waiting = waiting
        self._catalogue = Catalogue()

    @cached_property
    def rulebook(self) -> Rulebook:
        """The rules in force; raises ConfigError when a file of the reader's own can't be read."""
        from dipread.rules.rulebook import Rulebook

        return Rulebook.of(self.config.paths)

    def forget_rules(self) -> None:
        """Read the rules anew when they are next needed: the reader has changed them."""
        for name in ("rulebook", "vocabulary"):
            self.__dict__.pop(name, None)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The names of countries, sectors, events and forums. Raises ConfigError."""
        if read_rules(self.config.paths):
            return self.rulebook.vocabulary
        return read_vocabulary(data.read("gazetteer.json"))

    @cached_property
    def known(self) -> Mapping[str, Known]:
        """What else countries are known by: capitals and leaders, in every script."""
        return read_known(data.read("gazetteer.json"), data.read("people.toml"))

    @property
    def knowledge(self) -> Knowledge:
        """The rules, compiled; needed only to tag. Raises ConfigError."""
        return self.rulebook.knowledge

    def open(self) -> Store:
        """The archive, for the calling thread, listening to the feeds of the configuration."""
        config = self.config
        store = Store(
            config.database, self.now, self._catalogue, self._resolve, config.author, self._relist
        )
        store.journal.keepers["rules"] = self._keep_rules
        store.feeds.follow(config.listed.edition, lambda: config.feeds)
        return store

    def _relist(self, before: Mapping[str, object], after: Mapping[str, object]) -> FollowedList:
        """Have one passage of the reader's list instead of another; the list as it is then. Raises ConfigError."""
        from msgspec import convert

        from dipread.config import Passage, bring_back_secrets, exchange_in_list

        listed = self._addresses()
        exchange_in_list(self.config, *(convert(each, Passage) for each in (before, after)))
        self._read_list_again()
        self._set_aside_secrets(listed)
        bring_back_secrets(self.config.paths.config, self._addresses() - listed)
        return FollowedList(self.config.listed.edition, lambda: self.config.feeds)

    def _read_list_again(self) -> None:
        from dipread.config import SHIPPED_FEEDS, read_feeds

        path = self.config.feeds_file or self.config.paths.config / SHIPPED_FEEDS
        self.config = self.config._replace(feeds_file=path, listed=read_feeds(path))

    def _addresses(self) -> set[str]:
        return {each.url for each in self.config.feeds}

    def _set_aside_secrets(self, listed: Set[str]) -> None:
        """Keep the secrets of feeds that are listed no more for as long as their stories can come back."""
        from dipread.config import set_aside_secrets

        gone = listed - self._addresses()
        set_aside_secrets(self.config.paths.config, gone, self.now().date())

    def _resolve(self, query: Query, views: Views) -> Query:
        """The query with groups and saved views spelled out; raises QueryError."""
        return resolve(
            query,
            self.vocabulary,
            lambda: {each.name: self.parse(each.query) for each in views.all()},
        )

    def save_views(self, store: Store, views: Sequence[View]) -> None:
        """Keep views, all or none. Raises QueryError when one can't be read or asks for itself."""
        self._check_views((*store.views.all(), *views), changed=views)
        store.views.save(*views)

    def keep_views(self, store: Store, views: Sequence[View], what: str = "views changed") -> None:
        """Keep these views in this order and no others; `what` was done, in words. Raises QueryError as `save_views` does."""
        self._check_views(views, changed=views)
        store.views.keep(views, what)

    def _check_views(self, views: Iterable[View], changed: Iterable[View]) -> None:
        asked = {each.name: self.parse(each.query) for each in views}
        for view in changed:
            resolve(
                asked[view.name], self.vocabulary, lambda: asked, inside=(view.name.casefold(),)
            )

    def parse(self, text: str) -> Query:
        """The query that `text` asks; raises QueryError."""
        return parse_query(text, self.vocabulary)

    def tag(self, story: Story) -> tuple[Tag, ...]:
        """What the rules say of a story."""
        from dipread.classify import classify

        return classify(story, self.knowledge)

    def undo(self, store: Store) -> Turned | None:
        """Take back the last thing the reader did that stands, in this session or an earlier one."""
        return store.journal.undo(lambda story: self._tag_again(store, story))

    def redo(self, store: Store) -> Turned | None:
        """Do again what was undone last."""
        return store.journal.redo(lambda story: self._tag_again(store, story))

    def _tag_again(self, store: Store, story: StoryId) -> None:
        store.tagging.again(story, self.tag, self.knowledge.hash)

    def change_rule(self, store: Store, edit: RuleEdit) -> Path:
        """Write an edit of a rule into rules.d, to be undone as anything else; its file. Raises DipreadError."""
        from dipread.rules.editing import keep

        what = f"rule {edit.kind}.{edit.id} changed"
        return self._changing_rules(store, what, edit.file, lambda: keep(self.rulebook, edit))

    def apply_rules(self, store: Store, file: Path) -> Path:
        """Put a file among the reader's rules, to be undone as anything else; its place. Raises DipreadError."""
        place = self.rulebook.place_of(file)
        return self._changing_rules(
            store, f"rules of {place.name} applied", place.name, lambda: self.rulebook.apply(file)
        )

    def _changing_rules(
        self, store: Store, what: str, name: str, write: Callable[[], Path]
    ) -> Path:
        with store.transaction():
            before = self.rulebook.own.get(str(self.rulebook.folder / name))
            place = write()
            self.forget_rules()
            after = self.rulebook.own.get(str(place))
            store.journal.write(what, Change("rules", name, before, after))
        return place

    def _keep_rules(self, change: Change) -> None:
        self.rulebook.exchange(change.key, change.before, change.after)
        self.forget_rules()

    def retag(self) -> Iterator[Retagged]:
        """Tag anew what a change of the rules can touch; yields what is done so far.

        It may be stopped at any time, and goes on from there when called again.
        """
        from dipread.rules.retagging import retag

        with self.open() as store:
            yield from retag(store, self.rulebook)
            store.stories.keep_catalogue()

    def preview(
        self, after: Rulebook, most: int | None = None, before: Rulebook | None = None
    ) -> Iterator[Looked]:
        """What the rules `after` would change over the archive, newest stories first; nothing is written.

        They are held against the rules of now, or those of `before`. It may run in a thread of its own
        and be stopped at any time. Raises ConfigError for a faulty rule.
        """
        from dipread.rules.retagging import preview

        with self.open() as store:
            yield from preview(store, before or self.rulebook, after, most)
