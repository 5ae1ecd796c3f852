"""From arguments to the library that the commands share."""

from __future__ import annotations

import argparse
import os

from dipread.config import Config, load_config
from dipread.library import Library


def configuration(arguments: argparse.Namespace) -> Config:
    """The configuration that these arguments and this environment make; raises ConfigError."""
    return load_config(os.environ, arguments.db, arguments.feeds_file, offline=arguments.offline)


def library(arguments: argparse.Namespace) -> Library:
    """The library of this reader."""
    return Library(configuration(arguments))
