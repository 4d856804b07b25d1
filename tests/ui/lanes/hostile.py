"""Texts that a model may say and that no window should stall on."""

from __future__ import annotations

MANY = 200_000

HOSTILE = {
    "no space": "x" * MANY,
    "words": "some words and more of them " * (MANY // 28),
    "brackets": "[" * 20_000 + "deep" + "]" * 20_000,
    "bidi": "abc \u202edef\u202c \u2067ghi\u2069 " * 8_000,
    "tags": "![x](/dev/zero) <img src='/dev/zero'> [link](http://a.b/c) <b>t</b> " * 2_900,
    "table": "| a | b |\n" * 50_000,
    "newlines": "\n" * MANY,
    "astral": "\U0001f469\u200d\U0001f466" * 30_000,
    "zalgo": "e" + "\u0301" * 50_000,
    "controls": "bell \a nul \0 escape \x1b[31m surrogate \ud800 nel \x85 \u2028" * 3_000,
}
