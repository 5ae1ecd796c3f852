"""What a packed text takes: bytes and microseconds of CPU, as it is kept and as zlib would pack it.

    python benchmarks/packing.py FILE.jsonl... [--field text]

Reads the texts of 600 characters and more, 2,000 at most, from JSON lines.
"""

from __future__ import annotations

import argparse
import json
import time
import zlib
from collections.abc import Callable
from pathlib import Path

from dipread.store.codec import pack_text

LONG, MOST = 600, 2_000


def main() -> None:
    """Print one line for each way."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("files", nargs="+", type=Path)
    asked.add_argument("--field", default="text")
    given = asked.parse_args()
    records = (json.loads(line) for each in given.files for line in each.open(encoding="utf-8"))
    found = (str(each.get(given.field) or "") for each in records)
    texts = [text for text in found if len(text) >= LONG][:MOST]
    ways: dict[str, Callable[[str], str | bytes]] = {
        "as kept": pack_text,
        "zlib, 9": lambda text: zlib.compress(text.encode(), 9),
    }
    for name, pack in ways.items():
        pack(texts[0])
        began = time.process_time()
        size = sum(len(pack(text)) for text in texts)
        spent = (time.process_time() - began) / len(texts)
        print(
            f"{name:8} {len(texts):6,} texts {size / len(texts):8.0f} bytes {1e6 * spent:6.0f} µs"
        )


if __name__ == "__main__":
    main()
