from __future__ import annotations

import pytest

from dipread.model import Vocabulary


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return Vocabulary(
        labels={
            "country": {
                "JP": "Japan",
                "IT": "Italy",
                "US": "United States",
                "KR": "South Korea",
                "KP": "North Korea",
            },
            "sector": {"trade": "Trade"},
        },
        codes={
            "country": {
                **dict.fromkeys(("jp", "jpn", "japan", "日本"), "JP"),
                **dict.fromkeys(("it", "italy", "italie"), "IT"),
                **dict.fromkeys(("us", "usa", "united states"), "US"),
                **dict.fromkeys(("ci", "cote divoire"), "CI"),
                **dict.fromkeys(("kr", "south korea"), "KR"),
                **dict.fromkeys(("kp", "north korea"), "KP"),
            },
            "sector": {"trade": "trade", "supply chain": "supply_chain", "defence": "defence"},
            "event": {"visit": "visit", "summit": "summit"},
            "forum": {"g7": "g7", "eu": "eu"},
        },
    )
