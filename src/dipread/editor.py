"""Long notes, written in the editor of the reader's choice."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from dipread.errors import DipreadError

_USUAL = ("sensible-editor", "nano", "vi")


def written_in_editor(text: str, env: Mapping[str, str]) -> str:
    """A text as it is when the editor has been left. Raises DipreadError when there is no editor, or it fails.

    What was written is in a file of the reader's alone, which is gone afterwards; it is named in the error
    when the editor fails, and kept.
    """
    command = editor_command(env)
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", prefix="dipread-note-", suffix=".md", delete=False
    ) as file:
        file.write(text)
    path = Path(file.name)
    try:
        code = subprocess.run([*command, str(path)], check=False).returncode
        if code:
            raise DipreadError(
                f"{command[0]} ended with {code}; the note was not changed",
                f"What was written is kept in {path}.",
            )
        written = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        why = getattr(fault, "strerror", None) or "what it left is no UTF-8 text"
        raise DipreadError(
            f"{command[0]}: {why}", f"What was written is kept in {path}. Set EDITOR to another."
        ) from None
    path.unlink()
    return written


def editor_command(env: Mapping[str, str]) -> list[str]:
    """$VISUAL, else $EDITOR, else what there is; raises DipreadError when there is none."""
    for name in ("VISUAL", "EDITOR"):
        if env.get(name, "").strip():
            try:
                return shlex.split(env[name])
            except ValueError as fault:
                raise DipreadError(
                    f"{name} can't be read: {fault}", "Set it to a program."
                ) from None
    for each in _USUAL:
        if shutil.which(each):
            return [each]
    raise DipreadError("no editor is known", "Set EDITOR to one, such as nano.")
