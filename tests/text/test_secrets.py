"""Passwords and tokens in addresses: parted from them, and shown to nobody."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dipread.text.secrets import part_secret, redact

WORD = st.text(alphabet="abcXYZ019-_.~%", min_size=6, max_size=20)
NAMES = st.sampled_from(
    ["token", "access_token", "api_key", "apikey", "key", "sig", "auth", "PASSWORD"]
)


@pytest.mark.parametrize(
    ("url", "secrets"),
    [
        ("https://user:hunter2@h.invalid/p?token=SECRET123&x=1", ["hunter2", "SECRET123"]),
        ("https://h.invalid/?api_key=S1x&access_token=S2x&sig=S3x", ["S1x", "S2x", "S3x"]),
        ("https://justauser@h.invalid/", ["justauser"]),
    ],
)
def test_what_is_secret_in_an_address_is_not_shown(url: str, secrets: list[str]) -> None:
    said = redact(f"{url}: HTTP 403")
    assert all(each not in said for each in secrets)
    assert "h.invalid" in said


@given(NAMES, WORD, WORD, st.text())
def test_no_secret_survives_wherever_its_address_stands(
    name: str, token: str, password: str, around: str
) -> None:
    secret, hidden = f"s{token}s", f"p{password}p"
    url = f"https://ann:{hidden}@desk.example/f?a=1&{name}={secret}&b=2"
    said = redact(f"{around} {url} {around}")
    if secret not in around:
        assert secret not in said
    if hidden not in around:
        assert hidden not in said


@given(NAMES, WORD, st.booleans(), st.booleans())
def test_an_address_and_its_secret_make_the_address_again(
    name: str, token: str, before: bool, after: bool
) -> None:
    query = "&".join([*["a=1"] * before, f"{name}={token}", *["b=2"] * after])
    plain, secret = part_secret(f"https://desk.example/f?{query}#top")
    assert secret == f"?{name}={token}"
    assert token not in plain
    assert urlsplit(plain).fragment == "top"
    assert part_secret(plain) == (plain, "")


@given(st.text())
def test_any_text_can_be_redacted_twice_to_the_same(text: str) -> None:
    assert redact(redact(text)) == redact(text)
    part_secret(text)
