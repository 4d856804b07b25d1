"""Settings of a rule: names, types, meanings."""

from __future__ import annotations

from typing import Any

import pytest

from stage.kit.errors import BadInput
from stage.play.speaking import RULES
from stage.play.speaking.settings import read_params
from tests.play.making import cast


def read(rule: str, **given: Any) -> dict[str, Any]:
    return read_params(given, RULES[rule], {"base": ""}, cast("ada", "bo"))


def test_what_a_rule_knows_is_taken() -> None:
    given = {"by": "base", "mode": "argmax", "tau": 2, "weights": {"Ada": 2}, "max_repeat": 2}
    assert read("model", **given) == given


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"tau": "high"}, "no float"),
        ({"by": "gone"}, "the model gone is not known; use one of base"),
        ({"mode": "loud"}, "the mode loud is not known"),
        ({"frame": "self"}, "the frame self is not known; use one of transcript"),
        ({"weights": {"Cy": 1}}, "Cy, who is not in the cast"),
        ({"weights": {"Ada": -1}}, "from 0 up"),
        ({"after": 2}, "has no parameter after"),
    ],
)
def test_what_it_does_not_know_is_refused(given: dict[str, Any], reason: str) -> None:
    with pytest.raises(BadInput, match=reason):
        read("model", **given)
