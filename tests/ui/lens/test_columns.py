from __future__ import annotations

from typing import Any

from stage.ui.lens.columns import Columns


def test_a_column_a_model_and_sentences_below(shown: Any) -> None:
    made = shown(Columns(2), 300, 120)
    made.show_columns(("tokens", "nats"), [("base", "3", "1.5"), ("chat", "4", "2.5")], ["Both."])
    assert made.text() == "\tbase\tchat\ntokens\t3\t4\nnats\t1.5\t2.5\nBoth."
    made.show_columns(("tokens", "nats"), [("chat", "4", "2.5")], ())
    assert made.text() == "\tchat\t\ntokens\t4\t\nnats\t2.5\t\n", "nothing of before stays"
