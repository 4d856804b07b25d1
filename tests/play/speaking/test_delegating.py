"""Handing the choice on."""

from __future__ import annotations

from stage.play.speaking.delegating import delegate
from stage.play.speaking.rule import Dice
from tests.play.making import cast


def test_a_chain_has_two_links_and_no_circle() -> None:
    members = cast("ada", "bo")
    for params in (
        {}, {"otherwise": "narrator"}, {"otherwise": "gone"}, {"otherwise": "mention"},
        {"otherwise": "pooled", "delegated": True},
    ):  # fmt: skip
        decision = delegate("narrator", "why", ([], members, params, Dice("")))
        assert (decision.queue, decision.rule) == (("ada",), "narrator")
    decision = delegate("mention", "why", ([], members, {"otherwise": "pooled"}, Dice("")), (0.5,))
    assert decision.draws == (0.5, Dice("").random())
    assert decision.reason == "why; pooled: has not spoken in this round"
