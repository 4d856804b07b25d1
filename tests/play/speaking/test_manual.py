"""Manual: whoever was chosen."""

from __future__ import annotations

from random import Random

import pytest

from stage.play.speaking import RULES
from tests.play.making import cast

RULE = RULES["manual"]


@pytest.mark.parametrize("chosen", ["ada", "bo_h", "teller"])
def test_the_chosen_member_speaks_also_a_human_or_the_narrator(chosen: str) -> None:
    decision = RULE.select([], cast("ada", "bo_h", "teller"), {"chosen": chosen}, Random(0))
    assert decision.queue == (chosen,)
    assert "was chosen" in decision.reason


@pytest.mark.parametrize("chosen", [None, "ghost"])
def test_nobody_speaks_until_someone_was_chosen(chosen: str | None) -> None:
    decision = RULE.select([], cast("ada"), {"chosen": chosen}, Random(0))
    assert decision.queue == ()
    assert decision.reason == "waits for a choice"
