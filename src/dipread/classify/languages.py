"""Which language a story is matched in: the one its feed gives, else a guess."""

from __future__ import annotations

import re

from dipread.classify.document import Document
from dipread.classify.knowledge import FALLBACK, Knowledge

_SCRIPTS = (
    ("ja", re.compile("[\u3041-\u30ff]")),
    ("zh", re.compile("[\u4e00-\u9fff]")),
    ("he", re.compile("[\u05d0-\u05ea]")),
    ("ar", re.compile("[\u0621-\u064a]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
)
SAMPLE = 600
"""How many characters are looked at for a guess."""


def language_of(given: str, document: Document, knowledge: Knowledge) -> str:
    """A language of languages.toml; English when the story's own has no terms."""
    code = given.replace("_", "-").split("-")[0].lower()
    if code in knowledge.languages:
        return code
    if code:
        return FALLBACK
    sample = document.folded.text[:SAMPLE]
    for language, script in _SCRIPTS if not sample.isascii() else ():
        if len(script.findall(sample)) > len(sample) / 10:
            return language
    return _by_votes(sample, document.original[:SAMPLE].casefold(), knowledge)


def _by_votes(sample: str, original: str, knowledge: Knowledge) -> str:
    """The language with the most stopwords in the sample, its own letters in the original counting twice."""
    words = sample.split()
    votes = {
        language: sum(word in stopwords for word in words)
        + 2 * sum(map(original.count, knowledge.letters.get(language, "")))
        for language, stopwords in knowledge.stopwords.items()
        if stopwords
    }
    best = max(votes, key=lambda language: (votes[language], language == FALLBACK))
    return best if votes[best] else FALLBACK
