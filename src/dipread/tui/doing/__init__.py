"""What the reader does to stories, written behind and taken back: marks, verdicts, notes; and where they were."""
