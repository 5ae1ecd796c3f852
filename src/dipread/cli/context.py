"""From arguments to the library that the commands share."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from dipread.config import DATABASE, Config, Paths, find_paths, load_config

if TYPE_CHECKING:
    from pathlib import Path

    from dipread.library import Library
    from dipread.model import Query


def configuration(arguments: argparse.Namespace) -> Config:
    """The configuration that these arguments and this environment make; raises ConfigError."""
    return load_config(os.environ, arguments.db, arguments.feeds_file, offline=arguments.offline)


def places(arguments: argparse.Namespace) -> tuple[Paths, Path]:
    """Where things live, and the database, whatever the settings say."""
    paths = find_paths(os.environ)
    return paths, arguments.db or paths.data / DATABASE


def library(arguments: argparse.Namespace) -> Library:
    """The library of this reader."""
    from dipread.library import Library

    def waiting() -> None:
        sys.stderr.write("dipread: another dipread is fetching; waiting for it\n")

    return Library(configuration(arguments), waiting=waiting)


def question(desk: Library, arguments: argparse.Namespace) -> Query:
    """What the words of the command line ask; raises QueryError.

    Bytes that are no text, as a shell may pass them, become U+FFFD. A word that looks like a field's
    name gone wrong is said on stderr.
    """
    from dipread.query import advice

    words = " ".join(arguments.words)
    arguments.query = words.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    query = desk.parse(arguments.query)
    for said in advice(query):
        sys.stderr.write(f"dipread: {said}\n")
    return query
