"""Every screen shown stories that attack terminals: not one byte of an attack reaches the terminal."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import pytest

from .terminal import Terminal
from .tmux import ENDED, Tmux

if TYPE_CHECKING:
    from tests.conftest import FeedServer

SRC = Path(__file__).parents[1] / "src"
ATTACKS = {
    "colours and clears": "\x1b[31mPWN\x1b[2J\x1b[H",
    "resets": "\x1bc\x1b(0",
    "sets the clipboard": "\x1b]52;c;UFdO\x07",
    "and by another end": "\x1b]52;c;UFdO\x1b\\",
    "sets the title": "\x1b]0;PWN\x07",
    "hides a link": "\x1b]8;;http://evil.example/\x1b\\x\x1b]8;;\x1b\\",
    "asks for colours": "\x1b]4;1;?\x07\x1b]11;?\x07",
    "notifies": "\x1b]777;notify;PWN;x\x07\x1b]9;PWN\x07",
    "C1": "\x9b31mPWN\x9b2J\x9d0;PWN\x9c\x90+q\x9c",
    "DCS and APC": "\x1bP+q544e\x1b\\\x1b_Gi=1;AAAA\x1b\\",
    "asks where the cursor is": "\x1b[6n\x1b[c\x1b[>0q",
    "goes back": "SIGNED\x08\x08\x08\x08\x08\x08REJECTED\rFake",
    "turns round": "\u202edetcejer\u202c \u2066PWN",
    "markup": "[/b] [@click=app.quit()]x[/] [red]PWN[/red] [link=http://evil.example/]y[/link]",
    "new lines": "One\nTwo\u2028Three\u2029Four\x85Five\x0bSix\x0c",
    "invisible": "sanc\u200btions \U000e0041\U000e0042 \u2060\ufeff",
    "a heap of marks": "Z" + "\u0301\u0323\u0334" * 300,
    "wide": "外交部发言人 👨\u200d👩\u200d👧 Ｆｕｌｌ ﷽ 🇺🇳",
}
OBEYED = re.compile(
    rb"\x1b\]52|\x1b\]0;|\x1b\]11;\?\x07|\x1b\]4;|\x1b\]9;|\x1b\]777|\x1b_G|\x1bP\+q|\x1bc|\x1b\(0"
    rb"|\x1b\]8;[^;]*;http://evil|\x1b\[6n|\x1b\[2J\x1b\[H[^\x1b]|\xc2[\x80-\x9f]|\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]"
    rb"|[\x00-\x06\x0b\x0c\x10-\x1a\x7f]"
)


def environment(home: Path, **more: str) -> dict[str, str]:
    keep = {name: os.environ[name] for name in ("PATH",) if name in os.environ}
    return {
        **keep, "PYTHONPATH": str(SRC), "PYTHONUTF8": "1", "DIPREAD_HOME": str(home), "HOME": str(home),
        "TERM": "xterm-256color", "COLORTERM": "truecolor", "TZ": "UTC", **more,
    }  # fmt: skip


def feed() -> bytes:
    """All attacks, in headlines, texts, authors, categories and the feed's own title; raw and as entities."""
    items = ""
    for number, attack in enumerate(ATTACKS.values()):
        raw = escape(re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", attack))
        coded = "".join(f"&#{ord(each)};" for each in attack)
        for said in (raw, coded):
            items += (
                f"<item><title>A {said} B</title><guid>{number}-{len(items)}</guid><author>{said}</author>"
                f"<category>{said}</category><description>Trade talks in Japan. {said}</description></item>"
            )
    title = "".join(f"&#{ord(each)};" for each in ATTACKS["sets the title"])
    return f"<rss version='2.0'><channel><title>F{title}</title>{items}</channel></rss>".encode()


ROUND = (
    *(
        "jjjjj",
        "g",
        "G",
        "\r",
        "w",
        "\x1b",
        "h",
        "l",
        "?",
        "\x1b",
        "/",
        "trade",
        "\x1b",
        "a",
        "\x1b",
    ),
    *("E", "\x1b", "2", "j", "1", "3", "1", "4", "j", "\r", "1", "f", "\x1b"),
)
"""Keys that go round every screen."""
NAMES = {"\r": "Enter", "\x1b": "Escape"}
"""What tmux calls them."""


def attacked(
    home: Path, server: FeedServer, behind_our_back: bool
) -> tuple[list[str], dict[str, str]]:
    """A desk that has fetched all attacks; how it is opened, and in what environment."""
    url = server.serve("/feed", feed())
    env = environment(home, DIPREAD_ALLOW_PRIVATE=server.address)
    dipread = [sys.executable, "-m", "dipread"]
    fetched = subprocess.run(
        [*dipread, "fetch", "--url", url], env=env, capture_output=True, check=True
    )
    assert not OBEYED.search(fetched.stdout)
    if behind_our_back:
        every = "".join(ATTACKS.values()).replace("\x00", "")
        with sqlite3.connect(home / "data" / "dipread.db") as connection:
            connection.execute("UPDATE stories SET title = title || ?", (every,))
            connection.execute("UPDATE revisions SET title = title || ?, text = ?", (every, every))
            connection.execute("UPDATE feeds SET title = title || ?, problem = ?", (every, every))
        connection.close()
    return dipread, environment(home)


@pytest.mark.parametrize("behind_our_back", [False, True], ids=["fetched", "put into the database"])
def test_no_attack_reaches_the_terminal_on_any_screen(
    tmp_path: Path, server: FeedServer, behind_our_back: bool
) -> None:
    dipread, env = attacked(tmp_path, server, behind_our_back)
    with Terminal(dipread, env, 120, 36) as terminal:
        terminal.wait("STORIES", "STORY 1/")
        for keys in ROUND:
            terminal.press(keys)
            while terminal._read(0.4):
                pass
        shown = terminal.bytes
    assert b"Trade" in shown or b"A " in shown
    found = OBEYED.search(shown)
    assert found is None, shown[max(0, found.start() - 60) : found.end() + 60] if found else ""


@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed here")
@pytest.mark.parametrize("behind_our_back", [False, True], ids=["fetched", "put into the database"])
def test_no_attack_sets_the_clipboard_or_the_title_of_tmux(
    tmp_path: Path, server: FeedServer, behind_our_back: bool
) -> None:
    dipread, env = attacked(tmp_path, server, behind_our_back)
    with Tmux(dipread, env, tmp_path, 120, 36) as terminal:
        terminal.set("set-clipboard", "on")
        terminal.copy("what I had copied")
        terminal.wait("STORIES", "STORY 1/")
        title = terminal.title()
        for keys in ROUND:
            press = terminal.press if keys in NAMES else terminal.type
            press(NAMES.get(keys, keys))
            terminal.settle()
        terminal.press("q")
        terminal.wait(f"{ENDED} 0")
        assert terminal.clipboard() == "what I had copied"
        assert terminal.title() == title
        assert "PWN" not in title


@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed here")
def test_tmux_would_have_been_told(tmp_path: Path) -> None:
    """That the test above can fail: the same attacks, printed as they are, do reach clipboard and title."""
    attack = ATTACKS["sets the clipboard"] + ATTACKS["sets the title"]
    with Tmux(["sh", "-c", f"read x; printf '{attack}'"], environment(tmp_path), tmp_path, 80, 24) as terminal:  # fmt: skip
        terminal.set("set-clipboard", "on")
        terminal.copy("what I had copied")
        terminal.press("Enter")
        terminal.wait(ENDED)
        assert (terminal.clipboard(), terminal.title()) == ("PWN", "PWN")
