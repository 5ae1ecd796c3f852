"""The commands that hand stories over."""

from __future__ import annotations

from pathlib import Path

from dipread.cli.arguments.parts import Command, listing, may_be_empty, query

GROUPS = ("story", "pair", "country", "sector", "day", "week", "none")


def add_handing(command: Command) -> None:
    """The commands that hand stories over; each sets `verb` to the function that does it."""
    _add_export(command)
    _add_brief(command)
    _add_chronology(command)
    _add_commitments(command)


def _add_export(command: Command) -> None:
    export = command(
        "export",
        "exporting.export",
        "write the stories that match a query as Markdown files, or their annotations for other programs",
    )
    query(export)
    export.add_argument(
        "--format",
        choices=("md", "jsonl", "w3c", "csl", "csv", "html", "pdf"),
        default="md",
        help="md (default); annotations as jsonl, w3c, csv; stories as csl; html and pdf by pandoc",
    )
    export.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="DIR",
        help="the folder to write to (md), else the file; ~/dipread, or export_folder of config.toml, or stdout",
    )
    export.add_argument(
        "--group", choices=GROUPS, default="story", help="one file for each of these (story)"
    )
    export.add_argument(
        "--flavour",
        metavar="NAME",
        help="obsidian (default), plain, logseq, or NAME.toml of your templates folder",
    )
    export.add_argument(
        "--include",
        metavar="PART,...",
        help="front, notes, tables, for single stories evidence (these are in), summary, text; -PART leaves one out",
    )
    export.add_argument(
        "--dry-run", action="store_true", help="write nothing; print what would change, as diff -u"
    )
    may_be_empty(export)


def _add_brief(command: Command) -> None:
    brief = command(
        "brief", "briefing.brief", "write a press review of what is in the brief, or of a query"
    )
    brief.conflict_handler = (
        "resolve"  # -q is its query; it says nothing that --quiet would keep back
    )
    brief.add_argument(
        "--since", default="24h", metavar="SPAN", help="how far back it looks: 24h, 3d, 1w (24h)"
    )
    brief.add_argument(
        "-q",
        "--query",
        dest="asked",
        metavar="QUERY",
        help="of these stories instead of the basket",
    )
    brief.add_argument(
        "--at",
        metavar="MOMENT",
        help="as of then, 2026-01-19T06:30; the same again is the same file",
    )
    brief.add_argument("--empty", action="store_true", help="take everything out of the brief")
    brief.add_argument("-o", "--output", type=Path, metavar="FILE", help="stdout if none")


def _add_chronology(command: Command) -> None:
    chronology = command(
        "chronology",
        "briefing.chronology",
        "list what happened between two countries, oldest first",
    )
    chronology.add_argument("pair", metavar="PAIR", help="as JP-IT")
    chronology.add_argument("--from", dest="start", metavar="DATE", help="from then on: 2026-01")
    chronology.add_argument("--until", dest="end", metavar="DATE", help="until then")
    may_be_empty(chronology)
    listing(chronology)


def _add_commitments(command: Command) -> None:
    promises = command(
        "commitments",
        "briefing.commitments",
        "list what states said they will do, or say how one of these stands",
    )
    query(promises)
    promises.add_argument(
        "--set",
        nargs=2,
        metavar=("ID", "STATUS"),
        help="announced, 'under way', kept, overdue, dropped or unknown",
    )
    promises.add_argument("--source", metavar="WORDS", help="with --set: where that is known from")
    promises.add_argument("--due", metavar="DATE", help="with --set: when it is due")
    may_be_empty(promises)
    listing(promises)
