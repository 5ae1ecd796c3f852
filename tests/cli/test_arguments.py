"""What the command line takes, with and without a command."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import pytest

from dipread.cli.arguments import parse, parser


@pytest.mark.parametrize(
    "argv",
    [
        [],
        ["--db", "a.db"],
        ["--offline", "-q", "--no-color", "--feeds", "b.toml"],
        ["--version"],
        ["--db", "a.db", "list", "country:JP"],
        ["list", "--db", "a.db"],
    ],
)
def test_the_short_way_to_the_screen_understands_what_the_long_one_does(argv: list[str]) -> None:
    told = vars(parser().parse_args(argv))
    told.pop("version")
    assert {key: value for key, value in vars(parse(argv)).items() if key in told} == told


@pytest.mark.parametrize("argv", [["--db"], ["--nothing"], ["nothing"]])
def test_what_can_not_be_read_is_explained(
    argv: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        parse(argv)
    assert left.value.code == 2
    assert "usage: dipread" in capsys.readouterr().err


def test_every_argument_of_every_command_is_explained() -> None:
    def unexplained(parser: argparse.ArgumentParser) -> Iterator[str]:
        for action in parser._actions:
            if isinstance(action, argparse._SubParsersAction):
                for each in dict.fromkeys(action.choices.values()):
                    yield from unexplained(each)
            elif not action.help:
                yield f"{parser.prog} {action.metavar or action.dest}"

    assert list(unexplained(parser())) == []
