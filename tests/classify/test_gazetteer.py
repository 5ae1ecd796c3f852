"""The shipped gazetteer is what its script makes of its sources."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

from dipread.data import read

SCRIPT = Path(__file__).parents[2] / "scripts" / "build_gazetteer.py"


def test_the_gazetteer_is_up_to_date_with_its_sources() -> None:
    spec = importlib.util.spec_from_file_location("build_gazetteer", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert script.build() == json.loads(read("gazetteer.json"))
