"""What a feed's bytes are written in: told by marks where they lack, and never one of Python's other codecs.

Python's codecs hold more than encodings of text: some take hours over a megabyte, some run what they read
as an escape. A feed that names one of those is read as if it had named none.
"""

from __future__ import annotations

import codecs
import re

_TEXT = re.compile(
    r"ascii|utf-?(?:8|8-sig|16|16-[bl]e|32|32-[bl]e)|iso8859-\d+|latin-?1|cp\d+|windows-\d+|koi8-[rtu]|kz1048"
    r"|gb2312|gbk|gb18030|hz|big5(?:hkscs)?|euc_(?:jp|jis_2004|jisx0213|kr)|euc-?(?:jp|kr)"
    r"|shift_?jis(?:_2004|x0213)?|iso2022_(?:jp(?:_\w+)?|kr)|johab|tis-620|hp-roman8|ptcp154|mac-\w+|mac_\w+"
)
_DECLARED = re.compile(rb"(<\?xml[^>]{0,200}?\sencoding\s*=\s*)([\"'])([^\"'>]{0,100})\2")
_HEAD = 400


def with_mark(body: bytes) -> bytes:
    """UTF-16 that lacks its byte order mark, told by its zero bytes, is given one."""
    head = body[:200]
    if (
        head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        or head.count(0) < len(head) // 3
    ):
        return body
    return (codecs.BOM_UTF16_BE if head[0] == 0 else codecs.BOM_UTF16_LE) + body


def without_strange_codec(body: bytes) -> bytes:
    """A body whose XML declaration names no codec but one of text; a strange one becomes UTF-8."""
    found = _DECLARED.search(body[:_HEAD])
    if found is None or _is_text(found[3].decode("latin-1")):
        return body
    return body[: found.start(3)] + b"utf-8" + body[found.end(3) :]


def without_strange_charset(content_type: str) -> str:
    """A content type without its parameters, when its charset is no codec of text."""
    _, named, charset = content_type.lower().partition("charset=")
    if not named or _is_text(charset.partition(";")[0].strip("\"' ")):
        return content_type
    return content_type.partition(";")[0]


def _is_text(name: str) -> bool:
    """Whether a name is that of an encoding of text, or of no codec that Python knows."""
    try:
        known = codecs.lookup(name).name
    except (LookupError, ValueError, UnicodeError):
        return name.isascii() and name.isprintable()
    return bool(_TEXT.fullmatch(known.lower()))
