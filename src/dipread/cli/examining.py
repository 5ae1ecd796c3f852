"""`dipread doctor`: whether the files a person wrote can be read, and whether the archive is sound."""

from __future__ import annotations

import argparse
import os
import sys

from dipread import __version__
from dipread.cli.context import configuration, library
from dipread.cli.outdated import warn_if_outdated
from dipread.cli.progress import progress
from dipread.library.surroundings import look_around
from dipread.store import Finding, Store
from dipread.text.plural import plural

UNSOUND = 1


def doctor(arguments: argparse.Namespace) -> int:
    """Look everything over, a line each: what warns is no fault; with --repair make again what is made from the tables."""
    desk = library(arguments)
    print(f"dipread {__version__}")
    print(f"ok     settings, {plural(len(desk.config.feeds), 'feed')}, rules {desk.knowledge.hash}")
    warn_if_outdated(desk)
    with desk.open() as store:
        print(f"ok     {store.path}: {plural(store.stories.count(), 'story', 'stories')}")
        for each in look_around(desk.config, store):
            print(
                f"{'warn' if each.warning else 'ok':<6} {each.what}{': ' * bool(each.warning)}{each.warning}"
            )
        faults = [each for each in map(_told, store.examination.findings()) if each.fault]
        if not faults:
            return 0
        if arguments.repair and all(each.made for each in faults):
            store.examination.repair()
            print("mended: the index of words and the catalogue were made again from the tables")
            return UNSOUND if any(each.fault for each in store.examination.findings()) else 0
    mend = all(each.made for each in faults)
    sys.stderr.write(
        "dipread: nothing you wrote is lost; mend it with: dipread doctor --repair\n"
        if mend
        else "dipread: the database is damaged; copy the file away before anything else\n"
    )
    return UNSOUND


def _told(finding: Finding) -> Finding:
    print(
        f"{'FAULT' if finding.fault else 'ok':<6} {finding.what}{': ' * bool(finding.fault)}{finding.fault}"
    )
    return finding


def index(arguments: argparse.Namespace) -> int:
    """Keep the catalogue, and index the words of stories that wait for it, in the background of everything else."""
    os.nice(10)
    with Store(configuration(arguments).database) as store:  # whatever feeds it listens to
        store.stories.keep_catalogue()
        behind = store.indexing.behind()
        with progress("Indexing", behind, arguments) as step:
            done = 0
            for some in store.indexing.catch_up():
                done += some
                step(done)
    if not arguments.quiet:
        print(f"{plural(done, 'story', 'stories')} indexed")
    return 0
