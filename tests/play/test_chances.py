"""What a model expects, against a count of everything that a made-up model can say."""

from __future__ import annotations

import hashlib
import math
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stage.play.chances import FEW, Chances, Opening, Question

# A full stop and a newline may be one token, as in the vocabularies of Llama 3 and Qwen.
PIECES = [b"a", b"b", b".", b"\n", b".\n", b".\n\n", b"\n\n", b"A", b"Al", b":", b".a", b"C", b""]
END = 12
MERGED = {".\n": 4, ".\n\n": 5, "\n\n": 6, "Al": 8}


@cache
def after(seed: int, context: tuple[int, ...]) -> tuple[float, ...]:
    """Log-probabilities of the next token: any numbers will do."""
    digest = hashlib.blake2b(repr((seed, context)).encode(), digest_size=len(PIECES)).digest()
    norm = math.log(sum(math.exp(value / 40) for value in digest))
    return tuple(value / 40 - norm for value in digest)


def tokens(text: str) -> tuple[int, ...]:
    """The longest token first, as a tokenizer would."""
    found: list[int] = []
    while text:
        size = next(n for n in (3, 2, 1) if text[:n] in MERGED or n == 1)
        found.append(
            MERGED.get(text[:size], PIECES.index(text[:size].encode()) if size == 1 else 0)
        )
        text = text[size:]
    return tuple(found)


def ask(seed: int, prompt: str, *, names: dict[str, str]) -> tuple[Question, Chances]:
    openings = [
        Opening(who, text, tokens(f"{prompt}\n{text}"))
        for who, text in [*names.items(), ("", "\n")]
    ]
    question = Question(tokens(prompt), "\n", tuple(openings), PIECES, frozenset({END}))
    shared = question.shared()
    weights = {}
    for way in question.ways():
        places = range(len(way))
        weights[way] = sum(after(seed, shared + way[:at])[way[at]] for at in places)
    return question, question.read(weights)


def mass(seed: int, context: tuple[int, ...], text: bytes) -> float:
    """The probability that what follows begins with a text, whatever its tokens."""
    if not text:
        return 1.0
    found = 0.0
    for token, piece in enumerate(PIECES):
        p = math.exp(after(seed, context)[token])
        if piece.startswith(text):
            found += p
        elif piece and text.startswith(piece):
            found += p * mass(seed, (*context, token), text[len(piece) :])
    return found


@given(st.integers(0, 10**6))
def test_shares_are_those_of_a_count_of_all_tokens(seed: int) -> None:
    question, chances = ask(seed, "ab", names={"al": "Al:", "c": "C:"})
    assert question.fork == 2
    new_line = mass(seed, tokens("ab"), b"\n")
    for who, text in (("al", "Al:"), ("c", "C:")):
        alone = math.exp(
            sum(
                after(seed, tokens("ab\n" + text)[:at])[token]
                for at, token in enumerate(tokens("ab\n" + text))
                if at >= 2
            )
        )
        assert chances.of(who) == pytest.approx(alone / new_line)
        assert alone <= mass(seed, tokens("ab"), f"\n{text}".encode()) + 1e-12
    end = math.exp(after(seed, tokens("ab"))[END])
    assert chances.ends == pytest.approx(end)
    assert chances.goes_on == pytest.approx(1 - end - new_line)
    blank = math.exp(after(seed, tokens("ab"))[6])
    left = 1 - chances.of("al") - chances.of("c") - blank / new_line
    assert chances.someone_new == pytest.approx(left)
    assert chances.nameless is (new_line < FEW)
    assert [f"{new_line:.2%}" in each for each in chances.notes] == [True] * chances.nameless


@given(st.integers(0, 10**6))
def test_a_token_that_holds_the_newline_is_read_back(seed: int) -> None:
    question, chances = ask(seed, "ab.", names={"al": "Al:", "c": "C:"})
    assert question.shared() == tokens("ab")
    whole = mass(seed, tokens("ab"), b".")
    new_line = mass(seed, tokens("ab"), b".\n")
    way = tokens("ab.\nC:")
    said = sum(after(seed, way[:at])[way[at]] for at in range(2, len(way)))
    assert chances.of("c") == pytest.approx(math.exp(said) / new_line)
    logprob = next(each.logprob for each in chances.candidates if each.member == "c")
    assert logprob == pytest.approx(said - math.log(whole))
    end = math.exp(after(seed, tokens("ab"))[2] + after(seed, tokens("ab."))[END])
    assert chances.ends == pytest.approx(end / whole)
    assert chances.goes_on == pytest.approx(1 - (new_line + end) / whole, abs=1e-9)
    assert "read back by 1 token" in chances.notes[0]


@given(st.integers(0, 10**6), st.sampled_from(["a", "ab", "ab.", "b.a.", "b."]))
def test_shares_are_shares(seed: int, prompt: str) -> None:
    _, chances = ask(seed, prompt, names={"al": "Al:", "c": "C:", "b": "b:"})
    assert sum(each.p for each in chances.candidates) + chances.someone_new <= 1 + 1e-9
    assert 0 <= chances.ends <= 1
    assert 0 <= chances.goes_on <= 1
    assert chances.ends + chances.goes_on <= 1 + 1e-9
    ps = [each.p for each in chances.candidates]
    assert ps == sorted(ps, reverse=True)
    told = chances.to_json()
    assert [each["member"] for each in told["candidates"]] == [e.member for e in chances.candidates]


def test_a_member_s_openings_add_up() -> None:
    _, one = ask(7, "ab", names={"al": "Al:"})
    openings = (Opening("al", "Al:", tokens("ab\nAl:")), Opening("al", "C:", tokens("ab\nC:")))
    question = Question(tokens("ab"), "\n", openings, PIECES, frozenset({END}))
    weights = {
        way: sum(after(7, tokens("ab") + way[:at])[way[at]] for at in range(len(way)))
        for way in question.ways()
    }
    both = question.read(weights).of("al")
    _, other = ask(7, "ab", names={"c": "C:"})
    assert both == pytest.approx(one.of("al") + other.of("c"))
