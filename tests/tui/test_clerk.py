"""Clerks: what is dropped when nobody waits, and what never is."""

from __future__ import annotations

import asyncio
from threading import Event

import pytest

from dipread.errors import StoreError
from dipread.model import EVERYTHING
from dipread.store import Store
from dipread.tui.behind.clerk import Clerk
from tests.tui.desk import DeskLibrary

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT begun() UNION ALL SELECT 1 FROM n) SELECT count(*) FROM n"


class Held:
    """A question that lasts until it is let go."""

    def __init__(self) -> None:
        self.begun, self.go = Event(), Event()

    def __call__(self, store: Store) -> None:
        self.begun.set()
        assert self.go.wait(30)


async def given_up(clerk: Clerk, held: Held, done: list[str]) -> None:
    """Ask two things, and stop waiting for the second while the first lasts."""
    first = asyncio.create_task(clerk.ask(held))
    second = asyncio.create_task(clerk.ask(lambda store: done.append("second")))
    await asyncio.to_thread(held.begun.wait, 30)
    second.cancel()
    with pytest.raises(asyncio.CancelledError):
        await second
    held.go.set()
    await first


@pytest.mark.parametrize("loyal", [True, False])
async def test_who_writes_does_all_that_was_asked_even_when_nobody_waits(
    desk: DeskLibrary, loyal: bool
) -> None:
    clerk, done = Clerk(desk, "writer", loyal=loyal), list[str]()
    await given_up(clerk, Held(), done)
    clerk.close()
    assert done == ["second"] * loyal


async def test_a_hasty_clerk_stops_what_nobody_waits_for_and_answers_the_next(
    desk: DeskLibrary,
) -> None:
    clerk = Clerk(desk, "finder", hasty=True)
    begun = Event()

    def endless(store: Store) -> None:
        store.connection.create_function("begun", 0, begun.set)
        store.rows(ENDLESS)

    asked = asyncio.create_task(clerk.ask(endless))
    await asyncio.to_thread(begun.wait, 30)
    asked.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asked
    for _ in range(20):
        assert len(await clerk.ask(lambda store: store.stories.find(EVERYTHING))) == 60
    clerk.close()


async def test_what_goes_wrong_is_told_to_who_asked(desk: DeskLibrary) -> None:
    clerk = Clerk(desk, "reader")
    with pytest.raises(StoreError):
        await clerk.ask(lambda store: store.rows("SELECT nothing"))
    clerk.close()
