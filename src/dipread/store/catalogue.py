"""Which stories have what: a bitmap of story numbers for each tag value, feed, day and state.

The tables are the truth and the catalogue is made from them. It is kept in the database as blobs, and in
memory once for all threads. Whoever changes what the catalogue knows of a story notes the story's number
in `touched`, in the same transaction; whoever reads looks there first and reads those stories anew. When
blobs and notes do not fit together, everything is read from the tables.

Numbers are given in the order of arrival, so bitmaps are dense and small (roaring: Lemire et al. 2016).
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from threading import RLock

from pyroaring import BitMap

from dipread.store.connection import Connection
from dipread.store.search import matching
from dipread.store.shelves import Entry, Part, entries
from dipread.store.touched import last_note

DAY = 86_400
BLOCK = 1_024
WORDS_KEPT = 8
AT_A_TIME = 200_000
WHOLESALE = 100_000
"""More touched stories than these are not read one by one: the whole tables are read faster."""
SAVE_AFTER = 2_000
"""So many touched stories are read anew in a few milliseconds; more are worth writing the blobs."""


class Catalogue:
    """The bitmaps in memory. Every use is under `lock`; bitmaps that leave it must be copies."""

    def __init__(self) -> None:
        self.lock = RLock()
        self._parts = (
            Part(("all", "day", "country", "about", "sector", "event", "feed", "state")),
            Part(("pair", "forum", "person", "lang", "gate", "commitment", "sure")),
        )
        self._words: OrderedDict[str, BitMap] = OrderedDict()
        self._words_seen = -1
        self._peaks = array("I")
        self.times = array("I")
        """When each story is shown, in seconds since 1970, by its number; 0 where there is none."""

    def shelf(self, name: str, archive: Connection) -> Mapping[str, BitMap]:
        """The bitmaps of one shelf by their codes, in step with the database."""
        part = next(each for each in self._parts if name in each.names)
        self._bring_up(part, archive)
        return part.shelves[name]

    def words(self, expression: str, archive: Connection) -> BitMap:
        """The stories that match an expression of words; the last few answers are remembered."""
        latest = last_note(archive)
        if latest != self._words_seen:
            self._words.clear()
            self._words_seen = latest
        found = self._words.pop(expression, None)
        if found is None:
            found = matching(archive, expression) & self.every(archive)
        self._words[expression] = found
        if len(self._words) > WORDS_KEPT:
            self._words.popitem(last=False)
        return found

    def latest_up_to(self, story: int) -> int:
        """A second that no story up to this number is shown after. Part of the filters must be in step."""
        for start in range(len(self._peaks) * BLOCK, len(self.times), BLOCK):
            peak = max(self.times[start : start + BLOCK])
            self._peaks.append(max(peak, self._peaks[-1] if self._peaks else 0))
        return self._peaks[min(story // BLOCK, len(self._peaks) - 1)] if self._peaks else 0

    def every(self, archive: Connection) -> BitMap:
        """All stories."""
        return self.shelf("all", archive).get("", BitMap())

    def latest(self, archive: Connection) -> int:
        """The number of the last note of a change."""
        return last_note(archive)

    def mark(self, state: str, stories: BitMap, has: bool, notes: range) -> None:
        """Put stories on the shelf of a state, or take them off: that alone is what these notes say.

        Who is in step up to the first of them is spared the reading of these stories.
        """
        with self.lock:
            for part in self._parts:
                if part.seen != notes.start:
                    continue
                part.seen = notes.stop
                if "state" in part.names:
                    held = part.shelves["state"].setdefault(state, BitMap())
                    shown = stories & part.shelves["all"].get("", BitMap())
                    (held.update if has else held.difference_update)(shown)
                    part.changed.add(("state", state))

    # ------------------------------------------------------------------------------- keeping in step

    def _bring_up(self, part: Part, archive: Connection) -> None:
        latest = last_note(archive)
        if part.seen == latest:
            return
        with archive.reading():
            latest, saved = last_note(archive), _saved(archive)
            if part.seen < 0 or part.seen < saved:
                self._read_blobs(part, archive)
                part.seen = saved
            if part.seen < 0 or latest - part.seen > WHOLESALE:
                self._read_tables(archive)  # for all parts: the tables are long
                for each in self._parts:
                    each.seen = latest
            elif part.seen < latest:
                self._read_anew(part, archive)
                part.seen = latest

    def _read_blobs(self, part: Part, archive: Connection) -> None:
        part.clear()
        part.whole = False
        marks = ", ".join("?" * len(part.names))
        for shelf, code, blob in archive.rows(
            f"SELECT shelf, code, stories FROM catalogue WHERE shelf IN ({marks})", part.names
        ):
            part.shelves[shelf][code] = BitMap.deserialize(blob)
        if "day" in part.names:
            self.times, self._peaks = array("I"), array("I")
            for (blob,) in archive.rows("SELECT stories FROM catalogue WHERE shelf = 'times'"):
                self.times.frombytes(blob)

    def _read_tables(self, archive: Connection) -> None:
        self.times, self._peaks = array("I"), array("I")
        for part in self._parts:
            part.clear()
            part.whole = True
        names = tuple(name for part in self._parts for name in part.names)
        waiting: list[Entry] = []
        for entry in self._timed(entries(archive, names), _set_apart(archive)):
            waiting.append(entry)
            if len(waiting) >= AT_A_TIME:
                self._put(waiting)
        self._put(waiting)

    def _put(self, waiting: list[Entry]) -> None:
        for part in self._parts:
            part.put(waiting)
        waiting.clear()

    def _read_anew(self, part: Part, archive: Connection) -> None:
        touched = array(
            "I",
            (
                row[0]
                for row in archive.rows("SELECT story FROM touched WHERE seq > ?", (part.seen,))
            ),
        )
        stories = BitMap(touched)
        part.take_off(stories)
        found = [*self._timed(entries(archive, part.names, stories), _set_apart(archive))]
        part.put(found)
        if "day" in part.names:
            self._forget_times(stories - BitMap(each.story for each in found))

    def _forget_times(self, stories: BitMap) -> None:
        """Note that stories are no more; those that are, are never without a time meanwhile."""
        for story in stories:
            if story < len(self.times):
                self.times[story] = 0
                del self._peaks[story // BLOCK :]

    def _timed(self, found: Iterable[Entry], apart: BitMap) -> Iterator[Entry]:
        """The entries, with the time of each story noted and made a day of; none of those set apart."""
        for entry in found:
            if apart and entry.story in apart:
                continue
            if entry.shelf != "day":
                yield entry
                continue
            story, shown_at = entry.story, int(entry.code)
            if story >= len(self.times):
                self.times.frombytes(bytes(4 * (story + 1 - len(self.times))))
            self.times[story] = shown_at
            del self._peaks[story // BLOCK :]
            yield Entry("day", str(shown_at // DAY), story)

    # ------------------------------------------------------------------------------------- keeping it

    def save(self, archive: Connection, after: int = SAVE_AFTER) -> bool:
        """Write the blobs when more than `after` stories were touched since; whether that was so."""
        with self.lock:
            saved = _saved(archive)
            if saved >= 0 and last_note(archive) - saved <= after:
                return False
            for part in self._parts:
                self._bring_up(part, archive)  # this may take long, and others may write meanwhile
            with self._all_or_again(), archive.transaction() as connection:
                for part in self._parts:
                    self._bring_up(part, archive)
                    self._write(part, archive)
                upto = last_note(archive)
                connection.execute(
                    "INSERT OR REPLACE INTO catalogue (shelf, code, stories) VALUES ('times', '', ?)",
                    (self.times.tobytes(),),
                )
                connection.execute(
                    "INSERT OR REPLACE INTO catalogue (shelf, code, stories) VALUES ('upto', ?, x'')",
                    (str(upto),),
                )
                connection.execute(
                    "DELETE FROM catalogue WHERE shelf = 'upto' AND code <> ?", (str(upto),)
                )
                connection.execute("DELETE FROM touched WHERE seq <= ?", (upto,))
            return True

    @contextmanager
    def _all_or_again(self) -> Iterator[None]:
        """When the blobs could not be written, all of them have to be the next time."""
        try:
            yield
        except BaseException:
            for part in self._parts:
                part.whole = True
            raise

    def _write(self, part: Part, archive: Connection) -> None:
        connection = archive.connection
        if part.whole:
            connection.executemany(
                "DELETE FROM catalogue WHERE shelf = ?", [(name,) for name in part.names]
            )
            part.changed.update(
                (name, code) for name, shelf in part.shelves.items() for code in shelf
            )
        for name, code in part.changed:
            bitmap = part.shelves[name][code]
            if bitmap:
                bitmap.run_optimize()
                connection.execute(
                    "INSERT OR REPLACE INTO catalogue (shelf, code, stories) VALUES (?, ?, ?)",
                    (name, code, bitmap.serialize()),
                )
            else:
                connection.execute(
                    "DELETE FROM catalogue WHERE shelf = ? AND code = ?", (name, code)
                )
        part.changed.clear()

    def forget(self, archive: Connection) -> None:
        """Throw the blobs away; the tables are read when the catalogue is next asked."""
        with self.lock:
            with archive.transaction() as connection:
                connection.execute("DELETE FROM catalogue")
            for part in self._parts:
                part.seen = -1
            self._words_seen = -1

    def differences(self, archive: Connection) -> list[str]:
        """The shelves and codes that the tables tell otherwise; none when all is well."""
        fresh = Catalogue()
        wrong = []
        with self.lock, archive.reading():
            fresh._read_tables(archive)
            for mine, theirs in zip(self._parts, fresh._parts, strict=True):
                self._bring_up(mine, archive)
                for name in mine.names:
                    for code in sorted({*mine.shelves[name], *theirs.shelves[name]}):
                        told = theirs.shelves[name].get(code, BitMap())
                        if mine.shelves[name].get(code, BitMap()) != told:
                            wrong.append(f"{name}:{code}")
            if _till_the_last(self.times) != _till_the_last(fresh.times):
                wrong.append("times")
        return wrong


def _set_apart(archive: Connection) -> BitMap:
    """The stories that went with a feed: they are on no shelf."""
    return BitMap(story for (story,) in archive.rows("SELECT story FROM removed"))


def _till_the_last(times: array[int]) -> array[int]:
    """The times without those of stories that are no more, at the end."""
    end = len(times)
    while end and not times[end - 1]:
        end -= 1
    return times[:end]


def _saved(archive: Connection) -> int:
    """Up to which note the blobs are in step; -1 when there are none."""
    rows = archive.rows("SELECT code FROM catalogue WHERE shelf = 'upto'")
    return int(rows[0][0]) if rows else -1
