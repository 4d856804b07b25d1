from __future__ import annotations

from itertools import pairwise
from random import Random

from hypothesis import example, given, settings
from hypothesis import strategies as st

from stage.measures.wording import MOST_WORDS, differences, matches, without_chance

TEXT = (
    st.text(alphabet=st.sampled_from("ab c.,!\n\t'\u00e9\u2028\x00\ud800"), max_size=60) | st.text()
)


def own(text: str, other: str) -> str:
    return "|".join(piece.text for piece in differences([text, other])[0] if not piece.same)


@settings(max_examples=40)
@given(st.lists(TEXT, max_size=6))
@example(["", "a"])
@example([" ", "\n"])
def test_the_pieces_of_a_text_make_it_up_again(texts: list[str]) -> None:
    found = differences(texts)
    assert ["".join(piece.text for piece in each) for each in found] == texts
    assert all(a.same != b.same for each in found for a, b in pairwise(each))


@given(TEXT, TEXT)
def test_two_texts_share_the_same_words_in_order(one: str, other: str) -> None:
    shared = [
        "".join("".join(piece.text.split()) for piece in each if piece.same)
        for each in differences([one, other])
    ]
    assert shared[0] == shared[1]


@given(st.lists(st.text("ab", min_size=1, max_size=1), max_size=30),
       st.lists(st.text("ab", min_size=1, max_size=1), max_size=30))  # fmt: skip
def test_matches_are_equal_words_in_order(one: list[str], other: list[str]) -> None:
    for limit in (0, 3, 20_000):
        found = matches(one, other, limit)
        assert all(one[a] == other[b] for a, b in found)
        assert all(a < c and b < d for (a, b), (c, d) in pairwise(found))


@given(st.lists(TEXT, min_size=1, max_size=1), st.integers(2, 6))
def test_texts_that_are_alike_differ_nowhere(texts: list[str], times: int) -> None:
    assert all(piece.same for each in differences(texts * times) for piece in each)


def test_words_are_told_not_letters() -> None:
    assert own("I keep it because the dark asks.", "I keep it because it is kept.") == (
        "the dark asks"
    )
    assert own("a cat", "a  cat") == ""
    assert own("don't go", "do go") == "don't "


def test_a_word_shared_by_half_of_the_others_is_no_difference() -> None:
    first, same, odd = differences(["the lamp turns", "the lamp turns", "a fire burns"])
    assert [piece.same for piece in first] == [True]
    assert [piece.same for piece in same] == [True]
    assert [piece.same for piece in odd] == [False]


def test_a_lone_word_between_strangers_is_chance() -> None:
    assert without_chance([(5, 6)], 12, 12) == []
    assert without_chance([(5, 6)], 7, 12) == [(5, 6)]
    one = "We were out at sea that night and nobody called us home again"
    other = "They kept bees in a box and sold wax to every passing boat"
    assert own(one, other) == one


def test_hostile_texts_are_taken_whole_where_words_recur_too_often() -> None:
    texts = ["a " * 50_000, "x" * 100_000, "b a " * 25_000 + "("]
    found = differences(texts)
    assert ["".join(piece.text for piece in each) for each in found] == texts
    assert len(found[2]) == 1


def test_long_texts_are_compared_by_sentences() -> None:
    lines = [f"{'many words ' * (MOST_WORDS // 20)}{at}." for at in range(20)]
    changed = [*lines]
    changed[5], changed[15] = "Another.", "And another."
    pieces, _ = differences([" ".join(lines), " ".join(changed)])
    assert [piece.same for piece in pieces] == [True, False, True, False, True]
    assert pieces[2].text.count(".") == 9


@given(st.lists(st.text("ab ", max_size=20), max_size=4), st.randoms(use_true_random=False))
@example(["a b c a b", "c a b c", "b c a"], Random(3))
def test_what_is_shared_does_not_hang_on_the_order(texts: list[str], dice: Random) -> None:
    mixed = dice.sample(texts, len(texts))
    found, again = differences(texts), differences(mixed)
    assert [found[texts.index(each)] for each in mixed] == again
