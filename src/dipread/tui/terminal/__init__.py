"""The terminal and what lies beyond it: its colours, its clipboard, the browser, other programs."""
