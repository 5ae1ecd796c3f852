from __future__ import annotations

import pytest

from dipread.model import Vocabulary


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return Vocabulary(
        labels={
            "country": {"JP": "Japan", "IT": "Italy", "US": "United States"},
            "sector": {"trade": "Trade"},
        },
        codes={
            "country": {
                **{
                    "jp": "JP",
                    "jpn": "JP",
                    "japan": "JP",
                    "日本": "JP",
                    "it": "IT",
                    "italy": "IT",
                    "italie": "IT",
                },
                **{
                    "us": "US",
                    "usa": "US",
                    "united states": "US",
                    "ci": "CI",
                    "cote divoire": "CI",
                },
            },
            "sector": {"trade": "trade", "supply chain": "supply_chain", "defence": "defence"},
            "event": {"visit": "visit", "summit": "summit"},
            "forum": {"g7": "g7", "eu": "eu"},
        },
    )
