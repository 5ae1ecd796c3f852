"""Texts that try to be more than text wherever they are put: for properties over what leaves dipread."""

from __future__ import annotations

from hypothesis import strategies as st

SNIPPETS = (
    # what terminals and editors obey
    *("\x1b]52;c;aGk=\x07", "\x1b[2J", "\x00", "\x7f", "\x85", "\x9b31m", "\r", "\t", "\x0c", "\ufeff"),
    *("\u2028", "\u2029", "\u202eevil\u202c", "\u2066x\u2069", "\u200b", "e\u0301", "👩‍👩‍👧", "日本", "\ufffe"),
    # Markdown and HTML
    *("[x](javascript:y)", "![p](//e.example/p)", "<b>", "<!--", "-->", "# ", "- ", "> ", "```", "***", "\\"),
    *("[[wiki]]", "![[embed]]", "#tag", "^block", "$x$", "==m==", "https://e.example/", "www.e.example"),
    *("<!-- dipread:end -->", "<!-- dipread:begin id=a-1 sha256=0 -->", "|", "&lt;", "&#60;", "::", "{{x}}"),
    # YAML
    *("---", "...", "no", "null", "~", "0x1F", "1e3", "2026-01-01", ": ", " #", "- [", "&a", "*a", "!!str", "%Y"),
    *("'", '"', "@", "`", "\n", "\n\n", "    "),
    # formulas and separators of CSV
    *("=1+1", "+1", "-1", "@SUM(1)", "'=1", ",", ";", '""', "\r\n", "$title", "$$", "${x}"),
)  # fmt: skip

hostile_words = st.lists(st.sampled_from(SNIPPETS) | st.text(max_size=8), max_size=6).map("".join)
"""Any text that can be written down, often of pieces that mean something to some program."""
