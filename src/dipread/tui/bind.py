"""A key of ours always has an id to change it by, a word for the footer and a sentence for the help."""

from __future__ import annotations

from textual.binding import Binding


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
    return Binding(keys, action, word, show, as_, priority=first, tooltip=sentence, id=id)
