"""Saved views: in the reader's order, and none that can't be asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from dipread.errors import QueryError
from dipread.model import View
from dipread.store import Store
from tests.tui.desk import library

VIEWS = (View("Tokyo", "country:JP"), View("fish", "view:tokyo trade", alert=True))


def test_views_are_kept_as_they_are_given_and_no_others(store: Store) -> None:
    store.views.save(View("old", "country:FR"))
    store.views.keep(VIEWS)
    assert store.views.all() == VIEWS
    store.views.keep(VIEWS[::-1])
    assert store.views.all() == VIEWS[::-1]


@pytest.mark.parametrize("query", ["country:zzz", "view:nobody", "view:round"])
def test_views_that_cannot_be_asked_are_not_kept(tmp_path: Path, query: str) -> None:
    desk = library(tmp_path)
    with desk.open() as store:
        desk.keep_views(store, VIEWS)
        with pytest.raises(QueryError):
            desk.keep_views(store, [View("round", query)])
        assert store.views.all() == VIEWS


def test_a_name_is_the_same_whatever_its_capitals_in_any_script(store: Store) -> None:
    store.views.save(View("Élysée", "country:FR"), View("Токио", "country:JP"))
    store.views.save(View("élysée", "country:IT"))
    assert store.views.all() == (View("élysée", "country:IT"), View("Токио", "country:JP"))
    store.views.order(["ТОКИО"])
    assert [each.name for each in store.views.all()] == ["Токио", "élysée"]
    assert store.views.remove("ÉLYSÉE").query == "country:IT"
    assert [each.name for each in store.views.all()] == ["Токио"]
