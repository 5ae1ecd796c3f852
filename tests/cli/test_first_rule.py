"""The walk of docs/classifier.md does what it says, word by word."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

GUIDE = Path(__file__).parents[2] / "docs" / "classifier.md"
TITLES = {"32": "title:pilots", "31": "title:course"}
"""The stories of the walk: their numbers depend on which feed answered first."""

SHIM = """#!/bin/sh
exec "{python}" -m dipread "$@"
"""


def walk() -> list[tuple[str, str]]:
    """The blocks of the section: (language, text)."""
    section = GUIDE.read_text(encoding="utf-8").split("## Your first rule")[1].split("\n## ")[0]
    return re.findall(r"```(\w+)\n(.*?)```", section, re.DOTALL)


def steps(block: str) -> list[tuple[str, str]]:
    """The commands of a console block, each with what it prints."""
    found = re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)
    assert found
    return found


def as_told(said: str, told_of: Mapping[str, str]) -> str:
    """What was printed, each story under the number that the guide gives it."""
    number = r"(?m)^(\s*(?:\+ +)?)(\d+)\b(?=  | sector)"
    return re.sub(number, lambda real: real[1] + told_of.get(real[2], real[2]), said)


def undated(said: str) -> str:
    """What was printed without days, which are those of today, and without the gaps of columns."""
    return re.sub(" +", " ", re.sub(r"\b\d{4}-\d\d-\d\d\b", "DAY", said))


@pytest.mark.skipif(sys.platform == "win32", reason="the walk is written for a POSIX shell")
def test_the_walk_to_the_first_rule_prints_what_the_guide_says(
    tmp_path: Path, environment: dict[str, str]
) -> None:
    shim = tmp_path / "bin" / "dipread"
    shim.parent.mkdir()
    shim.write_text(SHIM.format(python=sys.executable), encoding="utf-8")
    shim.chmod(0o755)
    env = {
        **environment,
        "PATH": f"{shim.parent}{os.pathsep}{environment['PATH']}",
        "DIPREAD_HOME": "dipread-try",
        "PYTHONUNBUFFERED": "1",  # as in a terminal, where lines come in their order
    }

    def shell(command: str) -> str:
        done = subprocess.run(
            ["/bin/sh", "-c", f"{{ {command}\n}} 2>&1"],
            cwd=tmp_path,
            env=env,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
        )
        return done.stdout

    numbers: dict[str, str] = {}
    for language, text in walk():
        if language == "toml":
            (tmp_path / "pilotage.toml").write_text(text, encoding="utf-8")
            continue
        for command, printed in steps(text):
            # All at once: the numbers may have changed places.
            command = re.sub(r"\b\d+\b", lambda told: numbers.get(told[0], told[0]), command)
            said = as_told(shell(command), {real: told for told, real in numbers.items()})
            assert undated(said) == undated(printed), command
            if "mv " in command:
                for told, query in TITLES.items():
                    listed = shell(f"dipread list {query} --format jsonl")
                    numbers[told] = str(json.loads(listed)["id"])
