"""The bytes of an answer, unpacked as they come, in whatever pieces."""

from __future__ import annotations

import gzip
import tracemalloc
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dipread.fetch.body import BODY_BYTES, Body


def taken(coding: str, *parts: bytes) -> Body:
    body = Body(coding)
    for part in parts:
        if not body.take(part):
            break
    return body


@given(st.binary(max_size=4_000), st.lists(st.integers(0, 5_000), max_size=6), st.booleans())
def test_what_was_packed_comes_out_however_it_was_cut(
    said: bytes, cuts: list[int], packed: bool
) -> None:
    assume(packed or not said.startswith(b"\x1f\x8b"))
    wire = gzip.compress(said) if packed else said
    places = [0, *sorted(min(each, len(wire)) for each in cuts), len(wire)]
    body = taken("gzip" if packed else "", *(wire[a:b] for a, b in pairwise(places)))
    assert (body.whole(), body.problem) == (said, "")


@pytest.mark.parametrize("coding", ["gzip", "", "identity"])
@pytest.mark.parametrize("size", [1, 2, 7])
def test_no_place_to_cut_a_packed_answer_ends_it_early(coding: str, size: int) -> None:
    wire = gzip.compress(b"Talks ") + gzip.compress(b"in Oslo")
    body = taken(coding, *(wire[at : at + size] for at in range(0, len(wire), size)))
    assert (body.whole(), body.problem) == (b"Talks in Oslo", "")


def test_what_a_server_forgot_to_call_packed_is_bounded_and_must_be_whole() -> None:
    bomb = taken("", gzip.compress(b"\0" * (BODY_BYTES + 1)))
    assert bomb.problem == f"larger than {BODY_BYTES // 1_000_000} MB"
    cut = taken("", gzip.compress(b"Talks in Oslo")[:-3])
    cut.whole()
    assert cut.problem == "the answer was cut off"


@pytest.mark.parametrize("said", [b"", b"\x1f", b"\x1f\x1f"])
def test_a_mark_that_never_comes_is_no_packing(said: bytes) -> None:
    body = taken("", *(said[at : at + 1] for at in range(len(said))))
    assert (body.whole(), body.problem) == (said, "")
    assert taken("gzip", b"\x1f", b"<rss>").problem == "the answer is compressed in a broken way"


def test_what_nobody_asked_for_is_left_as_it_is() -> None:
    page = gzip.compress(b"Not Found")
    body = Body()
    assert body.take(page)
    assert body.whole() == page


def test_a_second_mark_behind_what_is_not_ours_begins_no_stream() -> None:
    wire = (gzip.compress(b"Talks"), b"junk", gzip.compress(b" and more"))
    assert taken("gzip", *wire).whole() == b"Talks"


@given(st.binary(min_size=1, max_size=400), st.data())
def test_a_packed_answer_that_lacks_its_end_is_a_problem(said: bytes, data: st.DataObject) -> None:
    wire = gzip.compress(said)
    body = taken("gzip", wire[: data.draw(st.integers(1, len(wire) - 1))])
    body.whole()
    assert body.problem


def test_two_packed_streams_are_read_one_after_the_other() -> None:
    assert (
        taken("gzip", gzip.compress(b"Talks ") + gzip.compress(b"in Oslo")).whole()
        == b"Talks in Oslo"
    )


@pytest.mark.parametrize("part", [b"junk" * 25_000, b"\0" * 100_000])
def test_what_stands_behind_the_end_is_neither_kept_nor_taken_for_ever(part: bytes) -> None:
    body = taken("gzip", gzip.compress(b"Talks"))
    tracemalloc.start()
    try:
        while body.take(part):
            pass
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()
    assert body.problem == f"larger than {BODY_BYTES // 1_000_000} MB"


def test_a_bomb_is_stopped_before_it_takes_much_more_than_its_limit() -> None:
    bomb = gzip.compress(b"\0" * 200_000_000)
    tracemalloc.start()
    try:
        body = taken("gzip", bomb)
        assert tracemalloc.get_traced_memory()[1] < 4 * BODY_BYTES
    finally:
        tracemalloc.stop()
    assert body.problem == "larger than 10 MB"
