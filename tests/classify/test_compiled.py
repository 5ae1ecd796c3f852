"""The compiled knowledge says what the texts say."""

from __future__ import annotations

import tomllib

import pytest

from dipread.classify import KNOWLEDGE_FILES, classify, compile_knowledge, compile_text
from dipread.model import Story

COMPILED = KNOWLEDGE_FILES[-1]


def test_the_compiled_knowledge_is_up_to_date_with_its_sources(files: dict[str, str]) -> None:
    up_to_date = (
        compile_text(files) == files[COMPILED]
    )  # compared here: the diff of a failure takes hours
    assert up_to_date, "run scripts/compile_knowledge.py"


@pytest.mark.parametrize("name", [name for name in KNOWLEDGE_FILES if name.endswith(".toml")])
def test_a_story_earns_the_same_tags_from_the_texts_and_from_what_was_compiled(
    name: str, files: dict[str, str]
) -> None:
    fast = compile_knowledge(files)
    slow = compile_knowledge({**files, COMPILED: ""})
    assert fast.hash == slow.hash
    for example in tomllib.loads(files[name]).get("example", ()):
        story = Story(
            "u", "", "", example.get("title", ""), example["text"], lang=example.get("lang", "en")
        )
        assert classify(story, fast) == classify(story, slow)


def test_edited_texts_count_more_than_what_was_compiled(files: dict[str, str]) -> None:
    edited = files["sectors.toml"].replace('"bilateral relations", ', "", 1)
    story = Story("u", "", "", "", "They spoke of bilateral relations.", lang="en")
    words = [
        {
            story.text[each.start : each.end]
            for tag in classify(story, compile_knowledge({**files, "sectors.toml": text}))
            if tag.kind == "sector"
            for each in tag.evidence
        }
        for text in (files["sectors.toml"], edited)
    ]
    assert "bilateral relations" in words[0]
    assert "bilateral relations" not in words[1]
