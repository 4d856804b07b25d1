from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from stage.measures.average import Average
from stage.ui.lens.facts import LensFacts
from stage.ui.lens.pasted import Sums
from stage.ui.lens.sight import Meeting
from tests.ui.lens.test_sight import sight

ONE = sight((b" You", -0.5), (b" keep", -4.0), text="You keep")
OTHER = sight((b" You", -2.0), (b" keep", -1.0), text="You keep", model="chat")


def test_a_token_and_the_whole_text(shown: Any) -> None:
    made = LensFacts(shown(QWidget(), 320, 600))
    assert "Click a token" in made.about.text()
    made.show_token([(ONE, 1), (OTHER, 1)], Meeting(ONE, OTHER), 0, 1)
    assert made.title.text() == "Token \u201ckeep\u201d"
    assert "3.00 nats likelier to chat" in made.facts.said.text()
    made.show_sums(
        [Sums("base", 246.21, 162, Average(3.97, 162, 3.5, 4.4), 1.629)], "Read in 2 parts."
    )
    assert made.worth.text().split("\n") == [
        "base", "  246.2 nats", "  3.97 [3.50, 4.40] nats/token of 162", "  1.629 bits/byte",
        "Read in 2 parts."]  # fmt: skip
    wanted: list[str] = []
    made.copied.connect(wanted.append)
    assert not made.tsv.isEnabled()
    made.tsv.setEnabled(True)
    made.tsv.click()
    assert wanted == ["tsv"]
