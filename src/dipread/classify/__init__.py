"""The classifier room: knowledge files in, a story in, tags with their evidence out. Pure throughout.

files -> compile_knowledge -> Knowledge
Story + Knowledge -> classify -> tags          tags -> tag_record -> a line of `dipread tag`
Knowledge + Knowledge -> Change -> the stories that a change of the rules can touch

What people write, and how it is put to the test, is in `rules`.
"""

from dipread.classify.classify import classify
from dipread.classify.compiled import COMPILED, digest
from dipread.classify.considering import Considered, considered
from dipread.classify.fold import fold_alias
from dipread.classify.knowledge import (
    KNOWLEDGE_FILES,
    SOURCES,
    Knowledge,
    compile_knowledge,
    compile_text,
)
from dipread.classify.narrowing import Change
from dipread.classify.record import tag_record
from dipread.classify.vocabulary import own_vocabulary

__all__ = [
    "COMPILED",
    "KNOWLEDGE_FILES",
    "SOURCES",
    "Change",
    "Considered",
    "Knowledge",
    "classify",
    "compile_knowledge",
    "compile_text",
    "considered",
    "digest",
    "fold_alias",
    "own_vocabulary",
    "tag_record",
]
