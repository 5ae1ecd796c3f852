"""Work done by another process: a refresh, with its outcomes on their way between the two, and indexing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from msgspec.structs import asdict

from dipread.config import Config
from dipread.errors import DipreadError
from dipread.model import Feed, Outcome

BEHIND = 10
"""How far the other process and those it starts stand back: keys come before feeds."""


def refresh_apart(
    config: Config, refresh_command: Sequence[str], urls: Sequence[str]
) -> Iterator[Outcome]:
    """What `dipread fetch` (or another `refresh_command`) makes of the feeds; raises DipreadError when it fails."""
    command = [sys.executable, "-m", "dipread", "--db", str(config.database)]
    if config.feeds_file:
        command += ["--feeds", str(config.feeds_file)]
    command += [*refresh_command, "--quiet", "--format", "jsonl", *urls]
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    with suppress(OSError):  # it ended at once, which its answer tells
        os.setpriority(os.PRIO_PROCESS, process.pid, BEHIND)
    assert process.stdout
    assert process.stderr
    try:
        for line in process.stdout:
            record = json.loads(line)
            if "status" in record:
                yield outcome_of(record)
        said = process.stderr.read().strip()
        if process.wait() not in (0, 3):
            raise DipreadError(
                said.partition("\n")[0].removeprefix("dipread: ") or "the refresh stopped early"
            )
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()
        process.stdout.close()
        process.stderr.close()


def index_apart(config: Config) -> None:
    """Have the words of new stories indexed by a process that goes on when this one is done."""
    command = [
        sys.executable,
        "-m",
        "dipread",
        "--db",
        str(config.database.absolute()),
        "index",
        "-q",
    ]
    nowhere = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_RDWR, 0) for stream in (0, 1, 2)]
    os.posix_spawn(command[0], command, os.environ, file_actions=nowhere, setsid=True)


def outcome_record(outcome: Outcome) -> dict[str, Any]:
    """An outcome as one JSON object: `status`, `entries`, `new`, `updated`, ... and its feed's url and title."""
    record = asdict(outcome)
    record["feed"] = feed = asdict(outcome.feed)
    return {
        "status": outcome.status,
        "url": feed["url"],
        "title": feed["title"],
        **record,
    }


def outcome_of(record: Mapping[str, Any]) -> Outcome:
    """What `outcome_record` wrote."""
    names = (
        "status",
        "new",
        "updated",
        "entries",
        "size",
        "milliseconds",
        "problem",
        "moved_to",
    )
    return Outcome(Feed(**record["feed"]), **{name: record[name] for name in names})
