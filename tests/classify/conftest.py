"""What tests of the classifier share: the shipped knowledge, stories, the shared folder."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from dipread.classify import KNOWLEDGE_FILES, Knowledge, compile_knowledge
from dipread.data import read
from dipread.model import Story

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def files() -> dict[str, str]:
    return {name: read(name) for name in KNOWLEDGE_FILES}


@pytest.fixture(scope="session")
def knowledge(files: dict[str, str]) -> Knowledge:
    return compile_knowledge(files)


@pytest.fixture
def story() -> Callable[..., Story]:
    def make(text: str, title: str = "", lang: str = "en") -> Story:
        return Story(uid="u", guid="u", link="", title=title, text=text, lang=lang)

    return make


@pytest.fixture(scope="session")
def shared() -> Path:
    folder = Path(os.environ.get("DIPREAD_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("the shared folder is absent: set DIPREAD_SHARED")
    return folder
