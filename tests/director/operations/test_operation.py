"""Arguments as the command line and the window give them."""

from __future__ import annotations

import pytest

from stage.director.operations import OPERATIONS
from stage.director.operations.operation import Key, Operation, Plan
from stage.kit.errors import BadInput

KEYS = {
    "n": Key("a number", "count"),
    "f": Key("a flag", "flag", default=False),
    "t": Key("a text", required=True),
    "c": Key("a choice", choices=("a", "b"), default="a"),
}
OPERATION = Operation("x", "x", "x", lambda view, given: Plan(), KEYS)


def test_arguments_are_read_and_completed() -> None:
    read = OPERATION.arguments({"n": "12", "f": "yes", "t": "word", "c": "b"})
    assert read == {"n": 12, "f": True, "t": "word", "c": "b"}
    assert OPERATION.arguments({"t": ""}) == {"n": None, "f": False, "t": "", "c": "a"}
    assert OPERATION.arguments({"t": "", "f": False, "n": 0})["n"] == 0


@pytest.mark.parametrize(
    "given", [{}, {"t": 5}, {"t": "x", "n": "-1"}, {"t": "x", "n": "1" * 12}, {"t": "x", "f": "?"},
              {"t": "x", "c": "z"}, {"t": "x", "u": "1"}]
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_words(given: dict) -> None:
    with pytest.raises(BadInput):
        OPERATION.arguments(given)


def test_every_operation_describes_itself() -> None:
    for operation in OPERATIONS:
        assert OPERATIONS[operation.name] is operation
        assert operation.title
        assert operation.help
        assert all(key.help for key in operation.keys.values())
