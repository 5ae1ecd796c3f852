"""Passwords and tokens in addresses: told apart from them, and shown to nobody."""

from __future__ import annotations

import re

_SECRET_NAMES = "token|access_token|auth|auth_token|api_?key|key|secret|sig|signature|password|passwd|pwd|pass|session"
_LOGIN = re.compile(r"(?<=://)[^/\s@?#]*:[^/\s@?#]*@|(?<=://)[^/\s@?#:]+@")
_SECRET = re.compile(rf"(?<=[?&;])((?:{_SECRET_NAMES})=)[^&#\s;\"'<>]+", re.IGNORECASE)


def redact(text: str) -> str:
    """Without the passwords and tokens of the addresses in it, for whatever is shown or written down.

    >>> redact("https://ann:hunter2@a.example/f?token=s3cret&x=1: HTTP 403")
    'https://a.example/f?token=…&x=1: HTTP 403'
    """
    if "://" not in text and "=" not in text:
        return text
    return _SECRET.sub(r"\1…", _LOGIN.sub("", text))


def part_secret(url: str) -> tuple[str, str]:
    """An address without its secret, and the secret: `name:password`, or `?` and the queries that are one.

    >>> part_secret("https://ann:hunter2@a.example/f")
    ('https://a.example/f', 'ann:hunter2')
    >>> part_secret("https://a.example/f?x=1&token=s3cret#t")
    ('https://a.example/f?x=1#t', '?token=s3cret')
    """
    login = _LOGIN.search(url)
    if login:
        return _LOGIN.sub("", url, count=1), login[0][:-1]
    bare, mark, place = url.partition("#")
    page, query, asked = bare.partition("?")
    parts = asked.split("&") if query else []
    secret = [each for each in parts if _SECRET.search("?" + each)]
    plain = [each for each in parts if each not in secret]
    if not secret:
        return url, ""
    return page + ("?" + "&".join(plain) if plain else "") + mark + place, "?" + "&".join(secret)
