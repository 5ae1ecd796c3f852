"""The refresh: fetched by another process, told feed by feed, and never waited for."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import datetime

from msgspec.structs import replace
from textual import on
from textual.reactive import reactive

from dipread.errors import DipreadError
from dipread.library import Library
from dipread.tui.behind.news import NewsState, Refreshing
from dipread.tui.messages import FeedDone, FeedsSeen, RefreshAsked, RefreshEnded
from dipread.tui.saying import SayingApp

RESULT_SHOWN = 4.0


class RefreshingApp(SayingApp):
    """`news` is how the news stands, which every top bar watches."""

    news: reactive[NewsState] = reactive(NewsState())

    def __init__(self, library: Library, now: Callable[[], datetime]) -> None:
        super().__init__(now)
        self._library = library
        self._refreshing: Refreshing | None = None
        stands = NewsState(offline=library.config.offline, sample=library.config.is_sample)
        self.set_reactive(RefreshingApp.news, stands)

    def feed_done(self, event: FeedDone) -> None:
        """One feed of a running refresh is done: whoever shows feeds or stories is to know."""
        raise NotImplementedError

    def refresh_ended(self) -> None:
        """The refresh is over."""
        raise NotImplementedError

    @on(RefreshAsked)
    def _refresh_asked(self, event: RefreshAsked) -> None:
        if self._library.config.offline:
            self.notify("Offline: nothing is fetched", markup=False)
        elif self._refreshing is not None:
            self.notify("A refresh is running already", markup=False)
        else:
            total = len(event.urls) or len(self._library.config.feeds)
            self._refreshing = Refreshing(total, asked=bool(event.urls))
            self._tell(self._refreshing.progress)
            # A daemon: quitting does not wait for the network, and the process that fetches ends
            # when nobody listens to it any more.
            threading.Thread(
                target=self._refresh, args=(event.urls or None,), name="refresh", daemon=True
            ).start()

    def _refresh(self, urls: Sequence[str] | None) -> None:
        problem = ""
        try:
            for outcome in self._library.refresh_apart(urls):
                self.post_message(FeedDone(outcome))
        except DipreadError as fault:
            problem = fault.message
        self.post_message(RefreshEnded(problem))

    @on(FeedDone)
    def _feed_done(self, event: FeedDone) -> None:
        if self._refreshing is not None:
            self._refreshing.add(event.outcome)
            self._tell(self._refreshing.progress)
            self.feed_done(event)

    @on(RefreshEnded)
    def _refresh_ended(self, event: RefreshEnded) -> None:
        refreshing, self._refreshing = self._refreshing, None
        if refreshing is None:
            return
        result = refreshing.result(self._now())
        self._tell(result)
        self.set_timer(RESULT_SHOWN, lambda: self._forget_result(result))
        if event.problem:
            self.notify(f"The refresh failed: {event.problem}", severity="error", markup=False)
        elif refreshing.asked and refreshing.failed:
            feed, problem = refreshing.failed[0]
            self.notify(f"{feed.title}: {problem}", severity="error", markup=False)
        self.refresh_ended()

    def _forget_result(self, result: str) -> None:
        if self.news.progress == result:
            self._tell("")

    def _tell(self, progress: str) -> None:
        self.news = replace(self.news, progress=progress)

    @on(FeedsSeen)
    def _feeds_seen(self, event: FeedsSeen) -> None:
        self.news = replace(self.news, failing=event.failing, refreshed=event.refreshed)
