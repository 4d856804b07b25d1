from __future__ import annotations

from typing import Any

from stage.ui.lens.sight import Meeting
from stage.ui.lens.tokens import TokenFacts
from tests.ui.lens.test_sight import sight

ONE = sight((b" aw", -1.0), (b"ake", -2.0), text="awake", entropy=None)
OTHER = sight((b" awake", -1.5), text="awake", model="chat")


def test_numbers_of_two_models_and_where_tokens_do_not_match(shown: Any) -> None:
    made = shown(TokenFacts(), 280, 160)
    made.show_views([(ONE, 1), (OTHER, None)], Meeting(ONE, OTHER), 1)
    rows = made.text().split("\n")
    assert rows[:4] == ["\tbase\tchat", "logprob\t\u22122.000\t\u2013", "rank\t1\t\u2013",
                        "entropy\tunknown\t\u2013"]  # fmt: skip
    assert rows[4] == "1.50 nats likelier to chat."
    assert rows[5] == "The tokens do not match here: aw + ake to base, awake to chat."
    assert "base: stored." in rows
    assert rows[-1] == "No token of chat begins here."
    made.show_views([(ONE, 0)], None, 0)
    assert made.text().split("\n")[0] == "\tbase\t"
