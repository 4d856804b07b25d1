"""Macros: each of them, drawn once, and never out of what was said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stage.play.prompting.macros import Macros, Words

WORDS = Words(
    {"char": "Ada", "user": "Bo", "description": "{{char}} counts",
     "lastmessage": "{{roll:6}} {{x}}", "date": "2026-11-20", "time": "12:00"},
    frozenset({"description"}), "7/pick",
)  # fmt: skip


def expand(text: str, seed: str = "s", **variables: str) -> str:
    return Macros(seed, dict(variables)).expand(text, WORDS)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{char}} and {{USER}}", "Ada and Bo"),
        ("<BOT> meets <user>.<START>", "Ada meets Bo."),
        ("{{ char }}", "Ada"),
        ("{{unknown}} {{random}} {{char:x}}", "{{unknown}} {{random}} {{char:x}}"),
        ("{{description}}!", "Ada counts!"),
        ("{{// a note }}a{{comment: b}}b{{hidden_key:c}}c", "abc"),
        ("{{reverse:abc}}{{newline}}x", "cba\nx"),
        ("{{lastMessage}}", "{{roll:6}} {{x}}"),
        ("{{random:a\\,b}}", "a,b"),
        ("{{random:{{char}}}}", "Ada"),
        ("{{roll:1}} {{roll:d1}} {{roll 2d1+3}} {{roll:0}}", "1 1 5 {{roll:0}}"),
        ("{{setvar::n::{{user}}}}{{getvar::n}}{{getvar::none}}", "Bo"),
        ("{{getvar::given}}", "v"),
        ("{{date}} {{time}}", "2026-11-20 12:00"),
        ("{{", "{{"), ("}} {{char}}", "}} Ada"), ("{{char", "{{char"), ("{{}}", "{{}}"),
        ("<b>no</b>", "<b>no</b>"),
    ],
)  # fmt: skip
def test_what_a_macro_stands_for(text: str, said: str) -> None:
    assert expand(text, given="v") == said


def test_draws_depend_on_the_seed_and_are_told() -> None:
    text = "{{random:a,b,c,d,e,f,g,h}}{{roll:20}}{{pick:a,b,c,d,e,f,g,h}}{{date}}"
    one = Macros("s")
    said = one.expand(text, WORDS)
    assert said == expand(text)
    assert "".join(value for _, value in one.draws) == said
    assert [macro for macro, _ in one.draws][1] == "{{roll:20}}"
    assert len({expand("{{random:a,b,c,d,e,f,g,h}}", f"s{n}") for n in range(30)}) > 3
    assert len({expand("{{pick:a,b,c,d,e,f,g,h}}", f"s{n}") for n in range(30)}) == 1
    others = {Macros("s").expand("{{pick:a,b,c,d,e,f}}", Words({}, pick=str(n))) for n in range(30)}
    assert len(others) > 2
    first, second = (
        one.expand("{{random:a,b,c,d,e,f}}{{random:a,b,c,d,e,f}}", WORDS),
        one.draws[-2:],
    )
    assert first == second[0][1] + second[1][1]


def test_variables_are_kept_for_the_branch() -> None:
    one = Macros("s", {"a": "1"})
    one.expand("{{setvar::b::2}}{{getvar::a}}", WORDS)
    assert (one.set_, one.variables) == ({"b": "2"}, {"a": "1", "b": "2"})


def test_a_text_that_holds_itself_ends() -> None:
    words = Words({"description": "x{{description}}{{description}}"}, frozenset({"description"}))
    assert len(Macros("s").expand("{{description}}", words)) < 200_001
    assert Macros("s").expand("{{" * 5000 + "}}" * 5000, words)


@given(st.text(st.sampled_from("{}:,\\ acr/<>BOTrandompickgetvarset"), max_size=60))
def test_any_text_is_expanded_the_same_way_twice(text: str) -> None:
    assert expand(text) == expand(text)
