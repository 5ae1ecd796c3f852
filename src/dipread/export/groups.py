"""Stories put together into files, and each file into sections."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from dipread.model import Group, StoryDetail, TagKind, Vocabulary

WITHOUT = "without"


class Section(NamedTuple):
    """Stories below one heading; the heading is empty where a file has none."""

    code: str
    title: str
    details: Sequence[StoryDetail]


class Bundle(NamedTuple):
    """The stories of one file: what it is known by, and what it is called."""

    id: str
    title: str
    sections: Sequence[Section]

    @property
    def details(self) -> list[StoryDetail]:
        """All stories of the file."""
        return [each for section in self.sections for each in section.details]


def bundles(
    details: Iterable[StoryDetail], group: Group, vocabulary: Vocabulary
) -> Iterable[Bundle]:
    """The files that stories make. A story with several pairs stands in the file of each of them."""
    if group == "story":
        for each in details:
            title = each.story.title or "(no headline)"
            yield Bundle(f"story-{each.id}", title, [Section("", "", [each])])
        return
    found: dict[str, list[StoryDetail]] = {}
    for each in details:
        for code in _CODES[group](each) or (WITHOUT,):
            found.setdefault(code, []).append(each)
    for code in sorted(found, key=lambda each: (each == WITHOUT, each)):
        sections = _sections(found[code], group, vocabulary)
        yield Bundle(f"{group}-{code}", _title(group, code, vocabulary), sections)


def _codes(kind: TagKind) -> Callable[[StoryDetail], Sequence[str]]:
    def codes(detail: StoryDetail) -> Sequence[str]:
        return list(
            dict.fromkeys(
                tag.code
                for tag in detail.tags
                if tag.kind == kind and (kind != "country" or tag.about)
            )
        )

    return codes


_CODES: Mapping[Group, Callable[[StoryDetail], Sequence[str]]] = {
    "pair": _codes("pair"),
    "country": _codes("country"),
    "sector": _codes("sector"),
    "day": lambda detail: [f"{detail.when:%Y-%m-%d}"],
    "week": lambda detail: ["{}-W{:02}".format(*detail.when.isocalendar())],
    "none": lambda detail: ["all"],
}
_CALLED: Mapping[str, str] = {"pair": "a pair", "country": "a country", "sector": "a sector"}


def _sections(
    details: Sequence[StoryDetail], group: Group, vocabulary: Vocabulary
) -> Sequence[Section]:
    """By the first sector of each story; a file of one sector, by its first pair."""
    kind: TagKind = "pair" if group == "sector" else "sector"
    found: dict[str, list[StoryDetail]] = {}
    for each in details:
        code = next(iter(_codes(kind)(each)), WITHOUT)
        found.setdefault(code, []).append(each)
    order = sorted(found, key=lambda code: (code == WITHOUT, -len(found[code]), code))
    return [
        Section(
            code,
            f"Without {_CALLED[kind]}" if code == WITHOUT else vocabulary.label(kind, code),
            found[code],
        )
        for code in order
    ]


def _title(group: Group, code: str, vocabulary: Vocabulary) -> str:
    if code == WITHOUT:
        return f"Annotations without {_CALLED[group]}"
    if group in ("pair", "country", "sector"):
        kind: TagKind = group
        return f"Annotations: {vocabulary.label(kind, code)}" + (
            f" ({code})" if group != "sector" else ""
        )
    return "Annotations" if group == "none" else f"Annotations: {code}"
