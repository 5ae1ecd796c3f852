"""`dipread feeds`: the list, how the feeds on it fare, and what is put on it and taken off."""

from __future__ import annotations

import argparse
import sys
from datetime import timedelta

from msgspec.structs import asdict, replace

from dipread.cli.columns import in_cells
from dipread.cli.context import configuration, library
from dipread.cli.printing import Record, output, print_listing
from dipread.cli.progress import progress
from dipread.cli.records import health_record, instant
from dipread.errors import PARTLY, DipreadError, UsageError
from dipread.feeds.subscribing import as_listed
from dipread.library import Library, chosen_urls, utc_now
from dipread.model import Checkup, FoundFeed, Removal
from dipread.store import KEPT
from dipread.text.days import lasting
from dipread.text.plural import plural
from dipread.text.secrets import part_secret, redact

_SIGNS = {"ok": " ", "silent": "~", "moved": "→"}


def list_feeds(arguments: argparse.Namespace) -> int:
    """The listed feeds, and how they fare."""
    desk = library(arguments)
    own = {feed.url: feed for feed in desk.config.feeds}
    with desk.open() as store:
        records = [
            {
                **health_record(each),
                "user_agent": own[each.feed.url].user_agent,
                "any_certificate": own[each.feed.url].any_certificate,
            }
            for each in store.feeds.health()
        ]
    print_listing(arguments, records, _fares)
    return 0


def _fares(feed: Record) -> str:
    trusting = "  (any certificate)" if feed["any_certificate"] else ""
    fares = _fares_in_words(feed) + trusting
    names = f"{in_cells(feed['group'], 15)} {in_cells(feed['title'], 30)}"
    return f"{names} {feed['stories']:>6}  {fares}"


def _fares_in_words(feed: Record) -> str:
    """How a feed fares: failing since when and why, silent since when, or that it is well."""
    state = feed["state"]
    if state == "new":
        return "not fetched yet"
    if state == "failing":
        return f"{feed['problem']} (failing since {_day(feed['failing_since'])})"
    if state == "silent":
        gap = lasting(timedelta(hours=feed["usual_gap_hours"] or 0))
        return f"silent since {_day(feed['newest'])}; usually every {gap}"
    if state in ("waiting", "gone"):
        return str(feed["problem"])
    moved = f"moved to {feed['moved_to']}; take it over with: dipread feeds move"
    return moved if feed["moved_to"] else feed["problem"] or "ok"


def check(arguments: argparse.Namespace) -> int:
    """Ask feeds how they fare; 3 when some do not fare well."""
    desk = library(arguments)
    _needs_network(arguments)
    urls = chosen_urls(desk.config.feeds, arguments.names) if arguments.names else None
    total = len(urls if urls is not None else desk.config.feeds)
    checkups: list[Checkup] = []
    with progress("Asking", total, arguments) as step:
        for each in desk.check_feeds(urls):
            checkups.append(each)
            step(len(checkups))
    order = {feed.url: place for place, feed in enumerate(desk.config.feeds)}
    checkups.sort(key=lambda each: (each.verdict == "ok", order.get(each.feed.url, 0)))
    print_listing(arguments, map(_checked, checkups), _verdict)
    return PARTLY if any(each.verdict not in ("ok", "moved", "silent") for each in checkups) else 0


def _checked(checkup: Checkup) -> Record:
    return {
        "title": checkup.feed.title,
        "url": redact(checkup.feed.url),
        "verdict": checkup.verdict,
        "reason": checkup.reason,
        "advice": checkup.advice,
    }


def _verdict(record: Record) -> str:
    said = f"{_SIGNS.get(record['verdict'], '!')} {record['title']} — {record['verdict']}"
    said += f": {record['reason']}" if record["reason"] else ""
    return said + (f"\n    {record['advice']}" if record["advice"] else "")


def add(arguments: argparse.Namespace) -> int:
    """Put the feed at an address on the list, or the one its site has."""
    desk = library(arguments)
    _needs_network(arguments)
    found = [each for each in desk.discover(arguments.address) if not each.problem]
    if len(found) > 1 and arguments.pick is None:
        for number, each in enumerate(found, 1):
            print(f"{number:>3}  {_found(each)}")
        raise UsageError(
            f"{len(found)} feeds are there; which one?",
            f"Say so: dipread feeds add {redact(arguments.address)} --pick 1",
        )
    pick = (arguments.pick or 1) - 1
    if pick >= len(found):
        raise UsageError(f"--pick {arguments.pick}: there are only {len(found)} feeds there")
    feed = as_listed(found[pick])
    if found[pick].url == _plain(arguments.address):
        feed = replace(feed, url=_address(arguments.address))
    said = {
        name: getattr(arguments, name)
        for name in ("title", "publisher", "country", "kind", "language", "group")
        if getattr(arguments, name) is not None
    }
    with desk.open() as store:
        feed = desk.add_feed(store, replace(feed, **said))
    if not arguments.quiet:
        print(
            f"added {feed.title} — {feed.url} ({plural(found[pick].stories, 'story', 'stories')})"
        )
        print(f"  written to {desk.config.feeds_file}; fetch it with: dipread fetch '{feed.title}'")
    return 0


def _found(feed: FoundFeed) -> str:
    newest = f", newest {feed.newest:%d %b %Y}" if feed.newest else ""
    return f"{feed.title or 'without a title'} — {plural(feed.stories, 'story', 'stories')}{newest}\n     {feed.url}"


def find(arguments: argparse.Namespace) -> int:
    """The feeds at an address or on its site, looked at and not taken in."""
    desk = library(arguments)
    _needs_network(arguments)
    records = [
        {**asdict(each), "newest": instant(each.newest)}
        for each in desk.discover(arguments.address)
    ]
    print_listing(
        arguments,
        records,
        lambda each: f"{each['url']}  {each['title']}  {each['problem'] or each['stories']}",
    )
    return 0


def bring_in(arguments: argparse.Namespace) -> int:
    """Put the feeds of another program's list on this one; 3 when some were refused."""
    from dipread.feeds.outlining import lines, look_over

    desk = library(arguments)
    planned, taken = look_over(arguments.file, desk.config)
    if arguments.dry_run:
        for each in planned:
            print(f"{each.feed.group}: {each.feed.title} — {each.feed.url}")
    elif planned:
        with desk.open() as store:
            desk.take_in_feeds(store, planned)
        print(desk.config.feeds_file)
    for line in lines(taken):
        sys.stderr.write(f"dipread: {arguments.file.name}: {line}\n")
    if not arguments.quiet:
        would = "would be " if arguments.dry_run else ""
        refused = sum(each.what == "refused" for each in taken)
        sys.stderr.write(
            f"dipread: {plural(len(planned), 'feed')} {would}new on your list, {refused} refused,"
            f" {len(taken) - len(planned) - refused} there already\n"
        )
    return PARTLY if any(each.what == "refused" for each in taken) else 0


def give_out(arguments: argparse.Namespace) -> int:
    """The list as OPML."""
    from dipread.feeds.outlining import opml_of

    text = opml_of(configuration(arguments), utc_now())
    with output(arguments) as out:
        out.write(text)
    return 0


def remove(arguments: argparse.Namespace) -> int:
    """Take a feed off the list; its stories and notes stay, or what was made nothing of goes with it."""
    desk = library(arguments)
    url = _one(desk, arguments.name)
    with desk.open() as store:
        if arguments.with_stories:
            feed = next(each for each in desk.config.feeds if each.url == url)
            said = _gone(desk.remove_with_stories(store, feed))
        else:
            desk.remove_feed(store, url)
            said = "its stories and your notes on them stay"
    if not arguments.quiet:
        print(f"removed {redact(url)}; {said}")
    return 0


def _gone(removal: Removal) -> str:
    """What became of the stories of a feed, in words."""
    gone = (
        f"{removal.stories:,} stories with it, which dipread undo brings back for {KEPT.days} days"
    )
    stay = [f"{removal.kept:,} that you noted, starred or tagged"] if removal.kept else []
    stay += [f"{removal.shared:,} that other feeds brought too"] if removal.shared else []
    return gone + (f"; {' and '.join(stay)} stay" if stay else "")


def move(arguments: argparse.Namespace) -> int:
    """Give a feed the address that its server says it has for good, or one that is said."""
    desk = library(arguments)
    url = _one(desk, arguments.name)
    address = arguments.address
    if address is None:
        with desk.open() as store:
            health = next(each for each in store.feeds.health() if each.feed.url == url)
        address = health.moved_to
    if not address:
        raise DipreadError(
            f"{redact(url)}: its server has named no other address",
            f"Say it: dipread feeds move '{arguments.name}' https://host/path",
        )
    with desk.open() as store:
        desk.move_feed(store, url, address)
    if not arguments.quiet:
        print(f"{redact(url)} is from now on {redact(address)}")
    return 0


def _one(desk: Library, name: str) -> str:
    """The address of the one feed of this name; raises DipreadError when there are several."""
    urls = chosen_urls(desk.config.feeds, [name])
    if len(urls) > 1:
        raise DipreadError(
            f"{len(urls)} feeds are called '{name}'",
            "Name one by its address:\n" + "\n".join(f"    {redact(url)}" for url in urls),
        )
    return urls[0]


def _needs_network(arguments: argparse.Namespace) -> None:
    if arguments.offline:
        raise DipreadError("--offline allows no look at the network", "Leave out --offline.")


def _address(said: str) -> str:
    return said if "://" in said else f"https://{said}"


def _plain(said: str) -> str:
    return part_secret(_address(said))[0]


def _day(moment: str | None) -> str:
    return (moment or "")[:10]
