"""The command line: the same library as the screen, one verb at a time.

stdout is data, stderr is for messages and progress. Exit codes are those of dipread.errors.
"""

from __future__ import annotations

import gc
import os
import re
import sys
from collections.abc import Sequence
from importlib import import_module

from dipread.cli.arguments import parse
from dipread.cli.harmless import guarded
from dipread.errors import INTERRUPTED, DipreadError, QueryError

_SELDOM = (50_000, 20, 20)
"""Reading feeds and tagging make many small things and hardly a ring of them: Python's collector, left
at its 700, looks for rings four times a story, which is a tenth of the time.
"""
_NEGATED = re.compile(r"^-(?=[a-z]+:|[\"(#@])")  # -country:US is a part of a query, not an option


def run(argv: Sequence[str]) -> int:
    """Do what the arguments ask; the exit code is the answer."""
    gc.set_threshold(*_SELDOM)
    arguments = parse(without_dashes(argv))
    module, _, name = arguments.verb.rpartition(".")
    if module != "screen":  # which guards what it paints itself
        sys.stdout, sys.stderr = guarded(sys.stdout), guarded(sys.stderr)
    try:
        code: int = getattr(import_module(f"dipread.cli.{module}"), name)(arguments)
        sys.stdout.flush()
    except DipreadError as error:
        explain(error, getattr(arguments, "query", ""))
        return error.exit_code
    except KeyboardInterrupt:
        sys.stderr.write("dipread: interrupted; what was done is kept\n")
        return INTERRUPTED
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def without_dashes(argv: Sequence[str]) -> list[str]:
    """The arguments with `NOT` for the dash of what a query excludes, which no parser then takes for an option."""
    return [_NEGATED.sub("NOT ", each) for each in argv]


def explain(error: DipreadError, query: str = "") -> None:
    """Say on stderr what went wrong, where, and what to do."""
    lines = [f"dipread: {error.message}"]
    if isinstance(error, QueryError) and query:
        lines += [f"  {query}", f"  {_pointer(query, error)}"]
    if error.hint:
        lines.append(f"  {error.hint}")
    sys.stderr.write("\n".join(lines) + "\n")


def _pointer(query: str, error: QueryError) -> str:
    """Carets below the part of a query that is at fault."""
    from dipread.cli.columns import cells_of

    before, at_fault = query[: error.start], query[error.start : error.end]
    return " " * cells_of(before) + "^" * max(1, cells_of(at_fault))
