"""The program serving its screen on a port of this machine."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the screen of a new archive is served; its process ends with the module."""
    home: Path = tmp_path_factory.mktemp("home")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    served = subprocess.Popen(
        [sys.executable, "-m", "dipread", "--offline", "--quiet", "serve", "--port", str(port)],
        env={**os.environ, "DIPREAD_HOME": str(home)},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert served.stdout
        yield served.stdout.readline().strip()
    finally:
        served.terminate()
        assert served.wait(20) == 0
        if served.stdout:
            served.stdout.close()
