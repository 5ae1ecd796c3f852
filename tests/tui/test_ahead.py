"""Reading ahead."""

from __future__ import annotations

from importlib.util import find_spec

from dipread.tui.behind import ahead


def test_every_module_read_ahead_is_there() -> None:
    assert all(find_spec(f"dipread.tui.screens.{each}") for each in ahead.MODULES)


class Clock:
    """A loop whose time is an argument."""

    def __init__(self) -> None:
        self.waiting: list[tuple[float, object]] = []

    def call_later(self, seconds: float, then: object) -> Clock:
        self.waiting.append((seconds, then))
        return self

    def cancel(self) -> None:
        self.waiting.pop()

    def ring(self) -> float:
        seconds, then = self.waiting.pop()
        assert callable(then)
        then()
        return seconds


def test_one_thing_after_the_other_is_made_ready_and_a_paint_puts_that_off() -> None:
    clock = Clock()
    made: list[str] = []
    rooms = [lambda: made.append("notes"), lambda: made.append("feeds")]
    reading = ahead.Ahead(clock, rooms)  # type: ignore[arg-type]
    assert clock.ring() == ahead.FIRST
    reading.painted()
    assert clock.ring() == ahead.FIRST
    waits = [clock.ring() for _ in ahead.MODULES[2:]]
    assert made == []
    waits += [clock.ring(), clock.ring()]
    assert made == ["notes", "feeds"]
    assert set(waits) == {ahead.EACH}
    assert clock.waiting == []
    reading.painted()
    assert clock.waiting == []
