"""The hostile server of the shared material: a few of its endpoints in every run, all of them in a long one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

SOME = (
    "/ok", "/etag", "/redirect-private-int", "/gzip-bomb-nested", "/br-bomb", "/header-esc", "/429-absurd",
    "/body-is-fifo", "/xxe-file", "/quadratic-entity-2", "/many-categories", "/utf16", "/guid-hijack",
    "/bad-dates", "/osc52-title", "/bad-links", "/html-active", "/huge-title",
)  # fmt: skip


def test_no_endpoint_of_the_hostile_server_gets_its_way(shared: Path, tmp_path: Path) -> None:
    kit = shared / "hostile" / "run_kit.py"
    command = f"{sys.executable} -m dipread fetch --url {{url}} --format jsonl"
    chosen = [] if os.environ.get("DIPREAD_TESTS") == "long" else ["--only", ",".join(SOME)]
    env = {name: value for name, value in os.environ.items() if name != "DIPREAD_HOME"}
    done = subprocess.run(
        [sys.executable, str(kit), "--cmd", command, "--need-json", "--rss-mb", "300", *chosen],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**env, "PYTHONPATH": str(Path(__file__).parents[1] / "src")},
        check=False,
    )
    failed = [line for line in done.stdout.splitlines() if line.startswith("FAIL")]
    assert failed == []
    assert done.returncode == 0, done.stdout + done.stderr
