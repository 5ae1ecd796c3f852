"""`python -m dipread`, and what the `dipread` command runs."""

from __future__ import annotations

import sys

from dipread import __version__


def main() -> int:
    """Run the command line; the exit code is the answer."""
    if sys.argv[1:] in (
        ["--version"],
        ["-V"],
    ):  # before anything is imported: scripts ask this often
        sys.stdout.write(f"dipread {__version__}\n")
        return 0
    from dipread.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
