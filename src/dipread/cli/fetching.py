"""`dipread fetch`."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from dipread.cli.context import library
from dipread.cli.harmless import harmless
from dipread.cli.progress import progress
from dipread.cli.records import story_record
from dipread.config import check_url
from dipread.errors import PARTLY, UsageError
from dipread.feeds.apart import outcome_record
from dipread.library import Library, chosen_urls
from dipread.model import NO_NETWORK, Outcome
from dipread.store import Saved
from dipread.text.plural import plural
from dipread.text.secrets import part_secret, redact

FAILED = ("error", "gone")


def fetch(arguments: argparse.Namespace) -> int:
    """Refresh feeds, one line each; 3 when some failed."""
    if arguments.offline:
        raise UsageError("--offline and fetch exclude one another", "Leave out --offline to fetch.")
    if arguments.url is not None and arguments.names:
        raise UsageError("--url fetches one address; leave out the feed names")
    desk = library(arguments)
    if arguments.url is not None:
        check_url(part_secret(arguments.url)[0], "--url")
        return fetch_one(desk, arguments)
    urls = chosen_urls(desk.config.feeds, arguments.names) if arguments.names else None
    return fetch_all(desk, arguments, urls)


def fetch_all(desk: Library, arguments: argparse.Namespace, urls: list[str] | None) -> int:
    """Refresh the feeds of `urls`, or all of them."""
    total = len(urls if urls is not None else desk.config.feeds)
    only_due = getattr(arguments, "due", False)
    outcomes: list[Outcome] = []
    with progress("Fetching", total, arguments) as step:
        for outcome in desk.refresh(urls, only_due=only_due):
            outcomes.append(outcome)
            if arguments.format == "jsonl":
                _print(outcome_record(outcome))
            elif not arguments.quiet:
                print(_line(outcome), flush=True)
            elif outcome.status in FAILED:
                sys.stderr.write(_line(outcome) + "\n")
            step(len(outcomes))
    if arguments.format == "table":
        print(_totals(outcomes))
    if len(outcomes) > 1 and {outcome.problem for outcome in outcomes} == {NO_NETWORK}:
        sys.stderr.write("dipread: no feed could be reached; is this machine offline?\n")
    return PARTLY if any(outcome.status in FAILED for outcome in outcomes) else 0


def fetch_one(desk: Library, arguments: argparse.Namespace) -> int:
    """Refresh one address: its new and changed stories, then the outcome."""

    def watch(outcome: Outcome, saved: Saved) -> None:
        for fresh in saved.fresh:
            if arguments.format == "jsonl":
                _print({"id": fresh.id, "how": fresh.how, **story_record(fresh.story)})
            else:
                print(f"{fresh.id:>7}  {fresh.story.title}")

    (outcome,) = desk.refresh_one(arguments.url, watch)
    if arguments.format == "jsonl":
        _print(outcome_record(outcome))
    else:
        print(_line(outcome))
    return PARTLY if outcome.status in FAILED else 0


def _line(outcome: Outcome) -> str:
    """One feed's outcome in words.

    A feed that failed says why: "!  World Desk — HTTP 404 Not Found".
    """
    changes = [
        f"{count} {word}"
        for count, word in ((outcome.new, "new"), (outcome.updated, "updated"))
        if count
    ]
    told = [*changes, outcome.problem] if outcome.problem else changes
    if outcome.status == "moved":
        told = [*told, f"moved for good to {outcome.moved_to} (dipread feeds move takes it over)"]
    said = ", ".join(told) or ("unchanged" if outcome.entries else "no stories")
    return harmless(f"{_sign(outcome)} {outcome.feed.title} — {redact(said)}")


def _sign(outcome: Outcome) -> str:
    if outcome.status in FAILED:
        return "!"
    if outcome.status == "backoff":
        return "…"
    return "+" if outcome.new or outcome.updated else " "


def _totals(outcomes: list[Outcome]) -> str:
    failed = sum(outcome.status in FAILED for outcome in outcomes)
    waiting = sum(outcome.status == "backoff" for outcome in outcomes)
    unchanged = sum(
        outcome.status in ("ok", "unchanged", "moved") and not outcome.new + outcome.updated
        for outcome in outcomes
    )
    parts = [
        plural(len(outcomes), "feed"),
        f"{sum(outcome.new for outcome in outcomes):,} new",
        f"{sum(outcome.updated for outcome in outcomes):,} updated",
        f"{unchanged} unchanged",
    ]
    parts += [f"{waiting} left alone"] if waiting else []
    parts += [f"{failed} failed"] if failed else []
    return " · ".join(parts)


def _print(record: dict[str, Any]) -> None:
    print(json.dumps(record, ensure_ascii=False), flush=True)
