"""Whatever is done can be taken back with `u` and done again with `U`: each thing there is to do, tried one by one.

What was written is taken back on another day too; filters and marks belong to their session.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import pytest
from msgspec.structs import replace

from dipread.model import Evidence, FoundFeed, Story, Tag, View
from dipread.tui.keys import bindings
from tests.tui.conftest import Open, Reader
from tests.tui.desk import DeskLibrary, story, tag

TOKYO, KENYA = View("Tokyo", "country:JP sector:trade"), View("Kenya", "country:KE", alert=True)
TABLES = (
    *("states", "own_tags", "annotations", "verdicts", "views", "basket", "commitments"),
    *("removed", "tags"),
)


class Act(NamedTuple):
    """Something to do: keys that lead there, keys that do it (`=words` are typed), and the ids of these keys.

    `but` names what is not compared.
    """

    there: tuple[str, ...]
    keys: tuple[str, ...]
    ids: tuple[str, ...]
    but: tuple[str, ...] = ()


BULK = ("ampersand",)
READ_FIRST = ("B", "C")
"""Keys of dialogs that read the archive before they open."""
PROMISES = ("slash", "=title:pledge", "enter", "C")
NOTED = ("3", "enter")
ACTS = {
    "read": Act((), ("m",), ("any.read",)),
    "star": Act((), ("s",), ("any.star",)),
    "read on": Act((), ("space",), ("any.read-on",)),
    "opened": Act((), ("enter",), ("list.open",)),
    "all read": Act((), ("A",), ("any.read-all",)),
    "brief": Act((), ("b",), ("any.brief",)),
    "own tags": Act((), ("number_sign", "=#one #two", "enter"), ("any.tag",)),
    "note": Act((), ("a", "=Which mines?", "enter"), ("any.note",)),
    "quote": Act(
        ("tab", "v", "w", "v", "e", "e"), ("enter", "=why?", "enter"), ("select.note", "note.save")
    ),
    "note changed in the story": Act(NOTED, ("enter", "=!", "enter"), ("story.look",)),
    "note deleted in the story": Act(NOTED, ("d",), ("story.delete-note",)),
    "note changed": Act(("3",), ("e", "=!", "enter"), ("notes.edit",)),
    "note done": Act(("3",), ("x",), ("notes.done",)),
    "note deleted": Act(("3",), ("d",), ("notes.delete",)),
    "all found read": Act((), (*BULK, "enter"), ("any.bulk",)),
    "all found unread": Act((), (*BULK, "space", "enter"), ("any.bulk",)),
    "all found starred": Act((), (*BULK, "space", "space", "enter"), ("any.bulk",)),
    "all found tagged": Act((), (*BULK, *("space",) * 4, "tab", "=x", "enter"), ("any.bulk",)),
    "all found into the brief": Act((), (*BULK, *("space",) * 6, "enter"), ("any.bulk",)),
    "view saved": Act((), ("V", "=All", "enter"), ("any.save-view",)),
    "view changed": Act(("f", "tab", "g"), ("e", "=!", "enter"), ("filters.change-view",)),
    "view removed": Act(("f", "tab", "g"), ("d",), ("filters.remove-view",)),
    "view down": Act(("f", "tab", "g"), ("J",), ("filters.view-down",)),
    "view up": Act(("f", "tab", "g", "j"), ("K",), ("filters.view-up",)),
    "tag wrong": Act(("w",), ("x",), ("why.wrong",)),
    "tag right": Act(("w",), ("plus",), ("why.right",)),
    "tag missing": Act(("w",), ("l", "=sector:energy", "enter"), ("why.label",)),
    "brief reordered": Act(("b", "j", "b", "B"), ("J", "escape"), ("brief.down",)),
    "brief reordered up": Act(("b", "j", "b", "B", "G"), ("K", "escape"), ("brief.up",)),
    "brief heading": Act(
        ("b", "B"), ("e", "ctrl+u", "=Top", "enter", "escape"), ("brief.heading",)
    ),
    "out of the brief": Act(("b", "B"), ("x", "escape"), ("brief.remove",)),
    "status of a promise": Act(PROMISES, ("space", "escape"), ("dossier.status",)),
    "source of a promise": Act(PROMISES, ("s", "=gazette", "enter", "escape"), ("dossier.source",)),
    "feed added": Act(("4",), ("plus", "=press.example", "enter"), ("feeds.add",)),
    "feed changed": Act(("4",), ("e", "=!", "enter"), ("feeds.edit",)),
    "feed moved": Act(("4",), ("e", "tab", "=2", "enter"), ("feeds.edit",)),
    "feed off the list": Act(("4",), ("d",), ("feeds.disable",)),
    "feed on the list again": Act(("4", "d", "G"), ("d",), ("feeds.disable",)),
    "feed with its stories": Act(("4",), ("D", "y", "enter"), ("feeds.remove",)),
    "rule changed": Act(
        ("w", "n", "n", "n", "n", "n", "n"),
        ("r", "tab", "tab", "=japan, india", "enter"),
        ("why.rule",),
        but=("tags",),  # which are first by the few words of these tests, then by real rules
    ),
    "feeds imported": Act(("4",), ("i", "=urls", "enter"), ("feeds.import",)),
}
OF_THE_SESSION = {
    "mark": Act((), ("x",), ("list.mark",)),
    "filter typed": Act((), ("slash", "=country:KE", "enter"), ("any.query", "query.keep")),
    "last part dropped": Act(
        ("slash", "=country:KE", "enter"), ("backspace",), ("any.drop-last",)
    ),
    "filter before": Act(("slash", "=country:KE", "enter"), ("H",), ("any.filter-before",)),
    "filter after": Act(("slash", "=country:KE", "enter", "H"), ("L",), ("any.filter-after",)),
    "included": Act(("f", "tab", "j", "j", "j"), ("space",), ("filters.include",)),
    "excluded": Act(("f", "tab", "j", "j", "j"), ("minus",), ("filters.exclude",)),
    "only": Act(("f", "tab", "j", "j", "j"), ("enter",), ("filters.only",)),
    "view asked": Act(("f", "tab", "g"), ("enter",), ("filters.only",)),
    "cleared": Act(("slash", "=country:KE", "enter", "f", "tab"), ("x",), ("filters.clear",)),
    "picked": Act(("f", "c", "k", "e", "n"), ("space", "escape"), ("pick.include",)),
    "picked out": Act(("f", "c", "k", "e", "n"), ("minus", "escape"), ("pick.exclude",)),
    "picked alone": Act(("f", "c", "k", "e", "n"), ("enter",), ("pick.only",)),
    "unread": Act((), ("f", "u"), ("prefix.unread",)),
    "starred": Act((), ("f", "asterisk"), ("prefix.starred",)),
    "noted": Act((), ("f", "n"), ("prefix.noted",)),
    "since": Act((), ("f", "d", "enter"), ("prefix.since",)),
    "no filter": Act(("f", "u"), ("f", "x"), ("prefix.none",)),
    "by a mark": Act(
        ("j", "tab", "right_square_bracket"), ("plus",), ("story.include",)
    ),
    "without a mark": Act(
        ("j", "tab", "right_square_bracket"), ("minus",), ("story.exclude",)
    ),
    "selected words": Act(("tab", "v", "w", "v", "e", "e"), ("plus",), ("select.filter",)),
    "cell": Act(("2", "down"), ("enter",), ("chart.open",)),
    "stories of a feed": Act(("4",), ("s",), ("feeds.stories",)),
}  # fmt: skip


@pytest.fixture
def desk(desk: DeskLibrary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DeskLibrary:
    """A desk with two views, a list of its own, a list to import, and one site to find a feed at."""
    path = tmp_path / "own.toml"
    path.write_text(desk.config.listed.text, encoding="utf-8")
    desk.config = desk.config._replace(feeds_file=path)
    (tmp_path / "urls").write_text("https://one.example/rss\nhttps://two.example/rss\n")
    monkeypatch.chdir(tmp_path)
    found = FoundFeed("https://press.example/feed", "Press office", "en", 12)
    monkeypatch.setattr(desk, "discover", lambda url: (found,))
    promise = "Japan will open its market to Italian rice by 2027."
    pledge = replace(story(99), uid="p", guid="p", link="", title="Pledge of the day", text=promise)
    with desk.open() as store:
        store.views.keep((TOKYO, KENYA))
        feed = store.feeds.subscriptions()[0].id
        store.ingest.save(feed, [pledge], _with_a_promise, "rules")
    return desk


def _with_a_promise(one: Story) -> tuple[Tag, ...]:
    evidence = (Evidence("text", 0, len(one.text), "commitment.political"),)
    slots = (("grade", "political"), ("parties", "IT JP"))
    return (*tag(one), Tag("commitment", "political.IT-JP", 3.0, 0.9, evidence, slots=slots))


def held(desk: DeskLibrary, reader: Reader) -> dict[str, Any]:
    """All that a reader can change, in the archive, beside it, and on the screen."""
    with desk.open() as store:
        found: dict[str, Any] = {
            name: sorted(store.rows(f"SELECT * FROM {name}"), key=repr) for name in TABLES
        }
        assert store.catalogue.differences(store) == []
    found["states"] = [row for row in found["states"] if any(row[1:])]
    found["annotations"] = [row[:5] + row[7:] for row in found["annotations"]]
    assert desk.config.feeds_file is not None
    found["feeds"] = desk.config.feeds_file.read_text(encoding="utf-8")
    folder = desk.config.paths.config / "rules.d"
    found["rules"] = {each.name: each.read_text("utf-8") for each in folder.glob("*.toml")}
    found["listed"] = [each.url for each in desk.config.feeds]
    found["asked"], found["marked"] = reader.screen.asked, reader.screen.stories.marked.copy()
    found["ids"] = list(reader.screen.stories.ids)
    return found


async def do(reader: Reader, keys: tuple[str, ...]) -> None:
    for each in keys:
        if each.startswith("="):
            await reader.type(each[1:])
        else:
            await reader.press(each)
        while each in READ_FIRST and reader.dialog is None:
            await reader.pilot.pause()


MOVING = (
    *("select", "rows", "ledger", "help", "text", "palette", "diff", "dialog", "find"),
    *("insights", "chart"),
)
"""Places whose keys move and show; what changes something there is among the things tried."""
CHANGES_NOTHING = {
    *("any.browse", "any.chronology", "any.commands", "any.commitments", "any.copy", "any.diff"),
    *("any.copy-story", "any.export", "any.feeds", "any.filter", "any.find-words", "any.help"),
    *("any.insights", "any.layout", "any.leave", "any.links", "any.messages", "any.news"),
    *("any.next-pane", "any.next-unread", "any.notes", "any.pipe", "any.previous-pane", "any.quit"),
    *("any.previous-unread", "any.read-back", "any.redo", "any.refresh-all", "any.refresh-feed"),
    *("any.show-brief", "any.step-back", "any.stories", "any.undo", "any.why", "any.zoom"),
    *("brief.open", "brief.write", "dossier.open", "feeds.failing", "feeds.refresh"),
    *("filters.bottom", "filters.find", "filters.next", "filters.page-down", "filters.page-up"),
    *("filters.previous", "filters.top", "list.bottom", "list.next", "list.page-down"),
    *("list.page-up", "list.previous", "list.top", "note.editor", "note.keep", "note.new-line"),
    *("notes.find", "notes.lost", "notes.open", "notes.type", "pick.down", "pick.next"),
    *("pick.page-down", "pick.page-up", "pick.previous", "pick.up", "prefix.country"),
    *("prefix.event", "prefix.feed", "prefix.pane", "prefix.sector", "query.next-offer"),
    *("query.previous-offer", "query.restore", "query.right", "query.take", "story.bottom"),
    *("story.down", "story.marks", "story.next-found", "story.next-mark", "story.page-down"),
    *("story.page-up", "story.previous-found", "story.previous-mark", "story.select", "story.top"),
    *("story.up", "why.close", "why.next", "why.next-tag", "why.previous", "why.previous-tag"),
}  # fmt: skip


@pytest.mark.parametrize("name", [*ACTS, *OF_THE_SESSION])
async def test_u_takes_it_back_and_capital_u_does_it_again(
    opened: Open, desk: DeskLibrary, name: str
) -> None:
    act = ACTS.get(name) or OF_THE_SESSION[name]
    async with opened() as reader:
        await do(reader, act.there)
        before = held(desk, reader)
        await do(reader, act.keys)
        after = held(desk, reader)
        assert differing(before, after, act)
        await reader.press("u")
        assert differing(before, held(desk, reader), act) == []
        await reader.press("U")
        assert differing(after, held(desk, reader), act) == []
    if name in ACTS:
        async with opened() as reader:
            await reader.press("u")
            assert differing(before, held(desk, reader), act) == []


def differing(one: dict[str, Any], other: dict[str, Any], act: Act) -> list[str]:
    """The names of what is otherwise."""
    return [name for name in one if one[name] != other[name] and name not in act.but]


def test_every_key_that_changes_something_is_tried() -> None:
    tried = {each for act in (*ACTS.values(), *OF_THE_SESSION.values()) for each in act.ids}
    every = {each.id for each in bindings() if each.id}
    rest = {each for each in every - tried if each.partition(".")[0] not in MOVING}
    assert rest == CHANGES_NOTHING
