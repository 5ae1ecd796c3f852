"""What a feed delivered, made ready for the archive: pure, so that it can be done in another process."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from msgspec.structs import replace

from dipread.model import Story, Tag
from dipread.store.codec import pack_text, tag_row, unpack_text
from dipread.store.identity import key_hash, link_key, text_hash

Tagger = Callable[[Story], tuple[Tag, ...]]
Row = tuple[Any, ...]


class Item(NamedTuple):
    """One story of a delivery: its name in its feed, the page it is on, and its words by their hash.

    `story` is None where the archive has these words already; then they are neither tagged nor carried on.
    `text` (str, or bytes when packed) and `rows` are its text and its tags as the archive keeps them; the
    `story` itself is carried on without its text.
    """

    uid: str
    page: int
    hash: bytes
    story: Story | None
    text: Any = ""
    rows: tuple[Row, ...] = ()

    def whole(self) -> Story:
        """The story with its text. Raises ValueError where there is none."""
        if self.story is None:
            raise ValueError(f"{self.uid} was delivered without its words")
        return replace(self.story, text=unpack_text(self.text))


def items_of(
    stories: Iterable[Story],
    known: Mapping[str, bytes],
    tag: Tagger,
    repeated: Iterable[tuple[str, str]] = (),
) -> list[Item]:
    """The stories of a delivery in its order, the first of each name; `known` are the hashes the feed has.

    Behind them those `repeated`, by uid and link: of these it is known without a look that nothing changed.
    """
    items: dict[str, Item] = {}
    for story in stories:
        if story.uid in items:
            continue
        digest = text_hash(story)
        page = key_hash(link_key(story.link))
        if known.get(story.uid) == digest:
            items[story.uid] = Item(story.uid, page, digest, None)
        else:
            rows = tuple([tag_row(0, each) for each in tag(story)])
            bare = replace(story, text="")
            items[story.uid] = Item(story.uid, page, digest, bare, pack_text(story.text), rows)
    for uid, link in repeated:
        items[uid] = Item(uid, key_hash(link_key(link)), known[uid], None)
    return list(items.values())
