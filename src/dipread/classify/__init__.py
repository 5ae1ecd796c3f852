"""The classifier room: knowledge files in, a story in, tags with their evidence out. Pure throughout.

files -> compile_knowledge -> Knowledge        gazetteer -> read_vocabulary -> Vocabulary
Story + Knowledge -> classify -> tags          tags -> tag_record -> a line of `dipread tag`
"""

from dipread.classify.classify import classify
from dipread.classify.fold import fold_alias
from dipread.classify.knowledge import KNOWLEDGE_FILES, Knowledge, compile_knowledge, compile_text
from dipread.classify.record import tag_record
from dipread.classify.vocabulary import read_vocabulary

__all__ = [
    "KNOWLEDGE_FILES",
    "Knowledge",
    "classify",
    "compile_knowledge",
    "compile_text",
    "fold_alias",
    "read_vocabulary",
    "tag_record",
]
