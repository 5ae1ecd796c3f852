"""A key of ours always has an id to change it by, a word for the footer and a sentence for the help."""

from __future__ import annotations

from collections.abc import Mapping

from textual.binding import Binding
from textual.keys import _character_to_key

_chosen: dict[str, str] = {}
usual: dict[str, str] = {}
"""The keys of every id as they are without any keys.toml."""
_NAMES = {
    "left_parenthesis": "(",
    "right_parenthesis": ")",
    "left_curly_bracket": "{",
    "right_curly_bracket": "}",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "dollar_sign": "$",
    "question_mark": "?",
    "full_stop": ".",
    "comma": ",",
    "slash": "/",
    "backslash": "\\",
    "colon": ":",
    "minus": "-",
    "plus": "+",
    "ampersand": "&",
    "asterisk": "*",
    "vertical_line": "|",
    "number_sign": "#",
    "space": "Space",
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "shift+tab": "⇧Tab",
    "backspace": "Backspace",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}
_SPELLED = {"space": "space", "esc": "escape", "pgup": "pageup", "pgdn": "pagedown"}


def choose(keys: Mapping[str, str]) -> None:
    """Other keys for some ids. To be said before the widgets are imported: their bindings are made then."""
    _chosen.update({name: spelled(written) for name, written in keys.items()})


def spelled(keys: str) -> str:
    """Keys as people write them, as Textual does.

    >>> spelled("?, Space, ctrl+d")
    'question_mark,space,ctrl+d'
    """
    parts = [each.strip() for each in keys.split(",")]
    return ",".join(
        _character_to_key(each) if len(each) == 1 else _SPELLED.get(each.lower(), each.lower())
        for each in parts
        if each
    )


def key(
    keys: str,
    action: str,
    id: str,
    word: str,
    sentence: str,
    show: bool = True,
    as_: str | None = None,
    first: bool = False,
) -> Binding:
    """A binding; the `id` starts with the place it belongs to: "list.next".

    `show` puts it in the footer, in the order of the list it stands in; `as_` says how the footer
    writes its keys; `first` takes the key before the widget that has the focus can.
    """
    usual[id] = keys
    if id in _chosen:
        keys, as_ = _chosen[id], None
    return Binding(keys, action, word, show, as_, priority=first, tooltip=sentence, id=id)


def key_name(key: str) -> str:
    """A key as people write it.

    >>> key_name("right_square_bracket"), key_name("ctrl+d")
    (']', 'ctrl+d')
    """
    return _NAMES.get(key, key)
