"""Values found in the text they stand in."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from stage.formats.splicing import spans, spliced

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)  # fmt: skip


@given(st.dictionaries(st.text(), VALUES, max_size=5), st.sampled_from([None, 0, 3]))
def test_every_value_is_where_it_is_said_to_be(data: dict, indent: int | None) -> None:
    text = json.dumps(data, indent=indent, ensure_ascii=indent == 0)
    found = spans(text)
    assert {key: json.loads(text[start:end]) for key, (start, end) in found.items()} == data
    changed = spliced(text, dict.fromkeys(found.values(), "7"))
    assert json.loads(changed) == dict.fromkeys(data, 7)


def test_nothing_else_is_touched_and_the_last_of_two_keys_counts() -> None:
    text = '{ "a" : 1.50 ,\n"b":"\\u0041{", "a":[ 2 ] }'
    assert spliced(text, {spans(text)["a"]: "0"}) == '{ "a" : 1.50 ,\n"b":"\\u0041{", "a":0 }'
