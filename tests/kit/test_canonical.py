"""Canonical JSON: one form for one value."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stage.kit.canonical import canonical, canonical_in_parts, content_hash, content_hash_of

PLAIN = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text()
    | st.floats(allow_nan=False, allow_infinity=False)
)
INNER = PLAIN | st.lists(PLAIN, max_size=3) | st.dictionaries(st.text(), PLAIN, max_size=3)
VALUES = INNER | st.lists(INNER, max_size=3) | st.dictionaries(st.text(), INNER, max_size=3)


@given(VALUES)
def test_it_reads_back_and_stays_as_it_is(value: object) -> None:
    once = canonical(value)
    again = json.loads(once.decode("utf-8", "surrogatepass"))
    assert canonical(again) == once


@given(VALUES | st.lists(PLAIN, min_size=250, max_size=270).map(lambda each: {"a": {"b": each}}))
def test_in_parts_it_is_the_same(value: object) -> None:
    assert canonical_in_parts(value) == canonical(value)


def test_very_long_lists_and_odd_keys_are_the_same_in_parts() -> None:
    for value in ([{"x": at} for at in range(5_000)], {1: 2, 10: 3}, {"b": [1] * 1_000, "a": {}}):
        assert canonical_in_parts(value) == canonical(value)
    with pytest.raises(ValueError, match="compliant"):
        canonical_in_parts({"a": [math.nan] * 300})


@given(st.dictionaries(st.text(), st.integers()))
def test_the_order_of_keys_does_not_count(value: dict[str, int]) -> None:
    assert content_hash(value) == content_hash(dict(reversed(value.items())))


def test_the_form_is_compact_sorted_utf8() -> None:
    assert canonical({"b": 1, "a": ["é", None, True]}) == '{"a":["é",null,true],"b":1}'.encode()


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_json_number_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        canonical([value])


def test_the_hash_names_its_algorithm_and_never_changes() -> None:
    assert content_hash({"a": 1}) == "b2:2c6b113b8dd15ffbded9860b43eb0c6c"
    assert content_hash({"a": 1}) != content_hash({"a": 2})


@given(st.lists(st.lists(st.text() | st.integers()), max_size=4), st.integers(1, 300))
def test_the_hash_of_many_values_is_that_of_their_list(values: list[object], times: int) -> None:
    assert content_hash_of(iter(values * times)) == content_hash(values * times)
