"""Write src/dipread/data/compiled.json: all terms as patterns, read in a fraction of the time of the TOML.

PYTHONPATH=src python scripts/compile_knowledge.py [--check]

To be run after any edit of src/dipread/data/*.toml that the classifier reads, after build_gazetteer.py.
Until then dipread works from the TOML, only slower to start.
"""

from __future__ import annotations

import sys
from pathlib import Path

from dipread.classify import KNOWLEDGE_FILES, compile_text
from dipread.data import read

TARGET = Path(__file__).parents[1] / "src" / "dipread" / "data" / KNOWLEDGE_FILES[-1]


def main() -> int:
    """Write the file, or with --check compare it."""
    text = compile_text({name: read(name) for name in KNOWLEDGE_FILES[:-1]})
    if "--check" in sys.argv[1:]:
        return int(not TARGET.exists() or TARGET.read_text(encoding="utf-8") != text)
    TARGET.write_text(text, encoding="utf-8")
    print(f"{TARGET.name}: {len(text):,} characters")
    return 0


if __name__ == "__main__":
    sys.exit(main())
