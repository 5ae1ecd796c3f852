"""A story handed to a program of the reader's choice: on its input, never as words of a command."""

from __future__ import annotations

import shlex
import subprocess

from dipread.errors import DipreadError

PATIENCE = 30
MOST = 200_000


def piped(command: str, text: str) -> str:
    """What the program answers when it is given the text. No shell reads the command. Raises DipreadError."""
    try:
        words = shlex.split(command)
    except ValueError as fault:
        raise DipreadError(f"the command can't be read: {fault}") from None
    if not words:
        raise DipreadError("no command was given", "For example: wc -w")
    try:
        done = subprocess.run(
            words,
            input=text.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=PATIENCE,
            check=False,
        )
    except OSError as fault:
        raise DipreadError(f"{words[0]} could not be started: {fault.strerror}") from None
    except subprocess.TimeoutExpired:
        raise DipreadError(f"{words[0]} took more than {PATIENCE} seconds and was ended") from None
    answer = done.stdout[:MOST].decode("utf-8", "replace")
    if done.returncode:
        raise DipreadError(
            f"{words[0]} ended with {done.returncode}: {answer.strip().partition(chr(10))[0]}"
        )
    return answer
