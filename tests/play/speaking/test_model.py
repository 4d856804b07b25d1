"""Model's own choice: what is asked first, and what is only shown."""

from __future__ import annotations

from stage.play.chances import Chance, Chances
from stage.play.speaking import RULES
from tests.play.making import cast
from tests.play.speaking.making import ask

TOLD = Chances((Chance("bo", 0.9, -0.1),), 0.1)


def test_it_waits_until_a_model_was_asked() -> None:
    assert RULES["model"].wants([], cast("ada"), {}) == "chances"
    decision = ask("model", "ada bo")
    assert (decision.queue, decision.chances) == ((), None)
    assert decision.reason == "no model was asked yet"


def test_what_is_only_shown_is_kept_while_another_rule_decides() -> None:
    decision = ask("model", "ada bo", ["bo"], chances=TOLD, mode="shown", otherwise="list")
    assert decision.queue == ("ada", "bo")
    assert decision.chances == TOLD.to_json()
    assert "only shown; list:" in decision.reason
    assert ask("model", "ada bo", chances=TOLD).chances == TOLD.to_json()
