"""What the arguments of commands are made of."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

Command = Callable[[str, str, str], argparse.ArgumentParser]
"""Adds a command: its name, the function that does it, and what it says."""


def commands(
    parser: argparse.ArgumentParser, module: str, *, required: bool
) -> Callable[[str, str, str], argparse.ArgumentParser]:
    """What adds a command to a parser: its name, the function that does it (below `module`), and what it says."""
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=required)

    def add(name: str, verb: str, says: str) -> argparse.ArgumentParser:
        made = commands.add_parser(
            name,
            help=says,
            description=says[0].upper() + says[1:] + ".",
            parents=[common()],
            conflict_handler="resolve",  # a command may need a letter for itself
        )
        made.set_defaults(verb=module + verb)
        return made

    return add


def common() -> argparse.ArgumentParser:
    """Options that may stand before or after the command; made anew for each, as parsers share their parents' defaults."""
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    group = common.add_argument_group("everywhere")
    group.add_argument("--db", type=Path, metavar="FILE", help="the database to use")
    group.add_argument(
        "--feeds", dest="feeds_file", type=Path, metavar="FILE", help="the feeds.toml to use"
    )
    group.add_argument("--offline", action="store_true", help="touch no network")
    group.add_argument(
        "-q", "--quiet", action="store_true", help="no progress, no messages but errors"
    )
    group.add_argument(
        "--no-color", dest="colour", action="store_false", help="no colour (NO_COLOR does the same)"
    )
    return common


def screen(command: argparse.ArgumentParser, *, plain: bool = True) -> None:
    """How the screen is to look, if it is to be a screen."""
    command.add_argument(
        "--theme",
        choices=("auto", "ink", "paper", "contrast", "terminal", "mono"),
        default=argparse.SUPPRESS,
        help="colours for this session (auto: as the terminal's background is)",
    )
    command.add_argument(
        "--mono",
        dest="theme",
        action="store_const",
        const="mono",
        default=argparse.SUPPRESS,
        help="no colour at all",
    )
    if plain:
        command.add_argument(
            "--plain",
            action="store_true",
            default=argparse.SUPPRESS,
            help="line by line instead of a screen: for screen readers and simple terminals",
        )


def query(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "words",
        nargs="*",
        metavar="QUERY",
        help='as in the screen: country:JP sector:trade since:3d "exact words"',
    )


def may_be_empty(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--fail-if-empty", action="store_true", help="exit with 4 when nothing matches"
    )


def story(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "id", type=number, metavar="ID", help="the number of the story, as dipread list gives it"
    )


def listing(command: argparse.ArgumentParser) -> None:
    formats(command, "table", "json", "jsonl", "csv", "md")
    command.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="write to a file; stdout if none"
    )


def newest(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "-n",
        "--newest",
        type=number,
        default=10_000,
        metavar="N",
        help="look at the newest N stories (10000)",
    )
    command.add_argument("--all", action="store_true", help="look at all of them")


def formats(command: argparse.ArgumentParser, *formats: str) -> None:
    command.add_argument(
        "--format", choices=formats, default=formats[0], help=f"default: {formats[0]}"
    )


def port(text: str) -> int:
    if not text.isdecimal() or len(text) > 5 or not 1 <= int(text) <= 65_535:
        raise argparse.ArgumentTypeError(f"'{text}' is no port: they go from 1 to 65535")
    return int(text)


def number(text: str) -> int:
    if not text.isdecimal() or len(text) > 18 or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is no whole number of 1 or more")
    return int(text)
