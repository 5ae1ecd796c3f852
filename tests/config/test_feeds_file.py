"""The list of feeds, changed for the reader: whatever is done to it, it can be read, and the rest stays."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dipread.config import (
    add_to_list,
    change_in_list,
    load_config,
    parse_feeds,
    read_feeds,
    take_from_list,
)
from dipread.model import Feed

LINE = st.text(alphabet=st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=12)
HOSTS = st.sampled_from(["a", "b", "c", "d"])
REMARKS = st.sampled_from(["", "# a remark\n", "\n\n", "  # [[feed]] is no table here\n"])


@given(
    st.lists(st.tuples(st.sampled_from(["add", "remove", "move"]), HOSTS, HOSTS, LINE), max_size=8),
    REMARKS,
)
def test_the_list_says_what_was_done_to_it_and_keeps_every_remark(
    tmp_path_factory: object, steps: list[tuple[str, str, str, str]], remark: str
) -> None:
    path: Path = tmp_path_factory.mktemp("list") / "feeds.toml"  # type: ignore[attr-defined]
    path.write_text(f"# my list\n{remark}", encoding="utf-8")
    config = load_config({"DIPREAD_HOME": str(path.parent)}, feeds_file=path)
    listed: list[Feed] = []
    for what, host, other, title in steps:
        url, address = f"https://{host}.example/f", f"https://{other}.example/f"
        known = {each.url for each in listed}
        if what == "add" and url not in known:
            feed = Feed(url, title, title, "FR", "press", "fr", "G")
            add_to_list(config, feed)
            listed.append(feed)
        elif what == "remove" and url in known:
            take_from_list(config, url)
            listed = [each for each in listed if each.url != url]
        elif what == "move" and url in known and address not in known:
            change_in_list(config, url, {"url": address})
            listed = [replace(each, url=address) if each.url == url else each for each in listed]
        said = [(each.url, each.language) for each in read_feeds(path).feeds]
        assert said == [(each.url, each.language) for each in listed]
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# my list")
    assert remark.strip() in text
    assert parse_feeds(text, "feeds.toml") == read_feeds(path).feeds
