"""What a process that reads hostile feeds may answer, and what is made of any other answer."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipread.errors import ConfigError
from dipread.feeds.jobs import (
    PARSED,
    READY,
    SIZE_BYTES,
    Job,
    Reading,
    Refusal,
    Rules,
    answer_in,
    job_in,
    message,
    rules_in,
)
from dipread.feeds.readers import Readers
from dipread.model import Link, Story
from dipread.store import items_of

RULES = Rules({"sectors.toml": "a = 1"}, Path("cache"), Path("rules"))
HEARS = (
    "import sys, time\nout, hear = sys.stdout.buffer, sys.stdin.buffer.read\n"
    "def heard(): return hear(int.from_bytes(hear(4)))\n"
    "def say(*said):\n    out.write(b''.join(said))\n    out.flush()\n"
)
"""How a reader of a test hears and speaks."""


@contextmanager
def read_by(program: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], object]]:
    """A reader that is this program; asks it, and is given what it came to."""
    answers: queue.SimpleQueue[object] = queue.SimpleQueue()
    monkeypatch.setattr("dipread.feeds.readers.PROGRAM", HEARS + program)
    readers = Readers(RULES, lambda _, answer: answers.put(answer), most=1)

    def ask() -> object:
        readers.give("a", Job(b"<rss/>"))
        return answers.get(timeout=30)

    try:
        yield ask
    finally:
        readers.close()


def speaking(answer: bytes) -> str:
    """A program that gives this answer to every job."""
    return (
        f"heard(); say({READY!r})\nwhile heard(): say({PARSED!r}, {answer!r})\n"
        "time.sleep(60)"  # it may hang, and is not waited for
    )


@pytest.mark.parametrize(
    "answer",
    [
        message(Reading("Ministry"))[:-1] + b"\xc1",  # no MessagePack
        (5).to_bytes(SIZE_BYTES) + b"\x93\x01\x02\x03\x04",  # more than was said
        (0).to_bytes(SIZE_BYTES),
        (1).to_bytes(SIZE_BYTES) + b"\x2a",  # a number
        message(Job(b"")),  # a shape, but not that of an answer
        (2**32 - 1).to_bytes(SIZE_BYTES) + b"x" * 100,  # larger than its memory
    ],
)
def test_what_is_no_answer_is_a_problem_of_its_feed_and_the_next_is_read(
    answer: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    with read_by(speaking(answer), monkeypatch) as ask:
        for _ in range(2):
            told = ask()
            assert isinstance(told, Reading)
            assert told.problem.startswith("not readable")


def test_an_answer_that_comes_in_pieces_is_put_together(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = message(Reading("Ministry", written=b"w" * 300_000))
    program = (
        f"heard(); say({READY!r}); heard(); say({PARSED!r})\n"
        f"whole = {whole[:SIZE_BYTES]!r} + {whole[SIZE_BYTES:-300_000]!r} + b'w' * 300_000\n"
        "for at in range(0, len(whole), 70_001):\n    say(whole[at : at + 70_001]); time.sleep(0.01)\n"
        "heard()"
    )
    with read_by(program, monkeypatch) as ask:
        assert ask() == Reading("Ministry", written=b"w" * 300_000)


def test_a_process_that_falls_silent_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dipread.feeds.readers.PARSE_WAIT", 0.5)
    with read_by(f"heard(); say({READY!r}); heard(); time.sleep(60)", monkeypatch) as ask:
        told = ask()
        assert isinstance(told, Reading)
        assert told.problem


def test_a_faulty_rule_is_told_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = message(Refusal("sectors.toml:3: no such kind", "Mend the rule."))
    with read_by(speaking(answer), monkeypatch) as ask:
        told = ask()
    assert isinstance(told, ConfigError)
    assert (told.message, told.hint) == ("sectors.toml:3: no such kind", "Mend the rule.")


TEXT = st.text(st.characters(codec="utf-8"), max_size=40)
WHEN = st.datetimes(timezones=st.just(UTC))
STORIES = st.builds(
    Story,
    *(TEXT, TEXT, TEXT, TEXT, st.one_of(TEXT, TEXT.map(lambda each: each * 30))),
    published=st.none() | WHEN,
    zone_known=st.booleans(),
    authors=st.lists(TEXT, max_size=2).map(tuple),
    links=st.lists(st.builds(Link, st.integers(0, 9), st.integers(0, 9), TEXT), max_size=2).map(
        tuple
    ),
)


def untagged(_: Story) -> tuple[()]:
    return ()


@given(st.lists(STORIES, max_size=4), st.dictionaries(TEXT, st.binary(max_size=16)))
def test_everything_said_arrives_as_it_was(stories: list[Story], known: dict[str, bytes]) -> None:
    reading = Reading("A", tuple(items_of(stories, {}, untagged)), "r", "e", "cut", "", b"w")
    told = answer_in(message(reading)[SIZE_BYTES:])
    assert told == reading
    assert isinstance(told, Reading)
    first = {each.uid: each for each in stories[::-1]}
    assert [each.whole() for each in told.items] == [first[each.uid] for each in told.items]
    job = Job(b"\x00<rss/>", "https://a.example/", "text/xml", "en", known, b"w", only_read=True)
    assert job_in(message(job)[SIZE_BYTES:]) == job
    assert rules_in(message(RULES)[SIZE_BYTES:]) == RULES
