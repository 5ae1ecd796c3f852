"""Stories and annotations as files for somebody else."""

from dipread.export.escape import cell, guarded
from dipread.export.files import write_story
from dipread.export.markdown import story_document

__all__ = ["cell", "guarded", "story_document", "write_story"]
