"""Whose turn it is: strangers' hosts are spared, the reader's own machine is asked for as much as helps."""

from __future__ import annotations

from datetime import timedelta

from dipread.fetch.guard import Guard
from dipread.fetch.line import AT_ONCE_OURS, FIRST_OURS, LONG, LOST, MORE, PER_HOST, SLOWER, Line
from dipread.fetch.transfer import Request

OURS = "127.0.0.1:8000"
THEIRS = "news.example:80"


def line_of(host: str, requests: int) -> Line:
    """A line of requests to one host."""
    return Line([Request(f"http://{host}/{each}") for each in range(requests)], Guard({OURS}))


def out_now(line: Line) -> int:
    """How many requests go out before there is another answer."""
    out = 0
    while line.next():
        out += 1
    return out


def test_a_machine_of_ones_own_is_first_asked_by_few() -> None:
    assert out_now(line_of(OURS, 500)) == FIRST_OURS


def test_a_server_that_thinks_long_is_asked_by_more_with_every_answer() -> None:
    line = line_of(OURS, 1_000)
    busy = out_now(line)
    while busy + MORE <= AT_ONCE_OURS:
        line.done(OURS, LONG, 0.0)
        assert out_now(line) == 1 + MORE
        busy += MORE
    line.done(OURS, LONG, 0.0)
    busy += out_now(line) - 1
    assert busy == AT_ONCE_OURS
    line.done(OURS, LONG, 0.0)
    assert out_now(line) == 1


def test_a_server_that_answers_at_once_gets_no_more_than_it_has() -> None:
    line = line_of(OURS, 1_000)
    out_now(line)
    for _ in range(300):
        line.done(OURS, LONG / 2, 0.0)
        assert out_now(line) == 1


def test_answers_that_have_to_be_read_let_no_more_come() -> None:
    line = line_of(OURS, 1_000)
    out_now(line)
    for _ in range(300):
        line.done(OURS, LONG, 0.0, brought=True)
        assert out_now(line) == 1


def test_a_server_that_gets_slower_the_more_ask_gets_no_more_than_it_has() -> None:
    line = line_of(OURS, 1_000)
    out_now(line)
    line.done(OURS, LONG, 0.0)
    assert out_now(line) == 1 + MORE
    for _ in range(300):
        line.done(OURS, LONG * SLOWER * 1.1, 0.0)
        assert out_now(line) == 1


def test_a_server_that_turned_a_connection_away_gets_few_again() -> None:
    line = line_of(OURS, 1_000)
    busy = out_now(line)
    for _ in range(20):
        line.done(OURS, LONG, 0.0)
        busy += out_now(line) - 1
    line.done(OURS, LONG, LOST)
    busy -= 1
    assert out_now(line) == 0
    while busy >= FIRST_OURS:
        line.done(OURS, 0.0, 0.0)
        busy -= 1
    assert out_now(line) == 1


def test_a_strangers_host_gets_no_more_however_long_it_thinks() -> None:
    line = line_of(THEIRS, 100)
    assert out_now(line) == PER_HOST
    for _ in range(50):
        line.done(THEIRS, LONG, 0.0)
        assert out_now(line) == 1


def test_a_host_that_asks_to_be_left_alone_is_asked_no_more() -> None:
    line = line_of(THEIRS, 10)
    out_now(line)
    spared = list(line.spare(THEIRS, timedelta(hours=1)))
    assert len(spared) == 10 - PER_HOST
    assert {each.wait for each in spared} == {timedelta(hours=1)}
    line.done(THEIRS, 0.0, 0.0)
    assert not line
