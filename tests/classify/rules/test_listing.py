"""Every rule, where it stands, and whether it is in force."""

from __future__ import annotations

from dipread.classify.rules.listing import listed
from dipread.classify.sources import read_toml
from dipread.rules.rulebook import Rulebook

SHIPPED, _ = Rulebook({}).tables()
OWN = """
[[sector]]
id = "trade"
[sector.terms.he]
strong = ["מכס זברה"]
[[sector]]
id = "zebras"
[sector.terms.en]
strong = ["zebra", "zebra levy"]
weak = ["stripes"]
[[forum]]
id = "g7"
disabled = true
[[person]]
name = "Ada Zebra"
of = "PT"
role = "fm"
since = "2026-01-01"
[[mask]]
id = "hall"
country = "JP"
terms = ["Zebra Hall"]
"""


def test_rules_of_both_are_listed_with_files_languages_and_terms() -> None:
    found = {(each.kind, each.id): each for each in listed(SHIPPED, {"mine.toml": read_toml("mine.toml", OWN)})}  # fmt: skip
    plain = {(each.kind, each.id): each for each in listed(SHIPPED, {})}
    assert found.keys() - plain.keys() == {("sector", "zebras"), ("person", "Ada Zebra"), ("mask", "hall")}  # fmt: skip
    zebras = found["sector", "zebras"]
    assert (zebras.files, zebras.languages, zebras.terms, zebras.disabled) == (("mine.toml",), ("en",), 3, False)  # fmt: skip
    trade = found["sector", "trade"]
    assert trade.files == ("sectors.toml", "mine.toml")
    assert trade.terms == plain["sector", "trade"].terms + 1
    assert found["forum", "g7"].disabled
    assert not plain["forum", "g7"].disabled
    assert found["person", "Ada Zebra"].evidence == "person.ada-zebra"
    assert found["person", "Ada Zebra"].said == "PT fm 2026-01-01"
    assert found["mask", "hall"].evidence == "mask.hall"
    assert plain["mask", "treaty"].evidence == ""
    assert plain["sector", "trade"].said
    assert plain["cue", "speech"].languages
