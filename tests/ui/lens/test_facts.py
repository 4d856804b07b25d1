from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from stage.measures.average import Average
from stage.ui.lens.facts import LensFacts
from stage.ui.lens.pasted import Read, Reading, Sums
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
        [Sums("base", 246.21, 162, Average(3.97, 162, 3.5, 4.4), 1.629)], ["Read in 2 parts."]
    )
    assert made.worth.text().split("\n") == [
        "\tbase\t", "tokens\t162\t", "nats\t246.2\t", "nats/token\t3.97 [3.50, 4.40]\t",
        "bits/byte\t1.629\t", "Read in 2 parts."]  # fmt: skip
    wanted: list[str] = []
    made.copied.connect(wanted.append)
    assert not made.tsv.isEnabled()
    made.tsv.setEnabled(True)
    made.tsv.click()
    assert wanted == ["tsv"]


def test_a_bar_for_each_token_leads_to_it_and_the_other_model_is_a_curve(shown: Any) -> None:
    made = LensFacts(shown(QWidget(), 320, 600))
    made.show()
    made.spark.resize(280, 36)
    nothing = made.spark.grab().toImage()
    made.show_line(ONE, None, -1)
    alone = made.spark.grab().toImage()
    assert alone != nothing
    assert not made.spark.toolTip()
    made.show_line(ONE, Meeting(ONE, OTHER), -1)
    assert made.spark.grab().toImage() != alone
    assert "Curve: chat" in made.spark.toolTip()
    picked: list[int] = []
    made.picked.connect(picked.append)
    QTest.mouseClick(made.spark, Qt.MouseButton.LeftButton, pos=QPoint(270, 10))
    assert picked == [1]


@pytest.mark.parametrize(
    ("apart", "said"),
    [
        (Average(0.5, 120, 0.25, 0.75), "0.50 [0.25, 0.75] nats/token likelier to base"),
        (Average(-0.5, 120, -0.75, 0.25), "0.50 [-0.25, 0.75] nats/token likelier to chat"),
    ],
)
def test_by_how_much_models_differ_is_said_to_whom(shown: Any, apart: Average, said: str) -> None:
    made = LensFacts(shown(QWidget(), 320, 600))
    reading = Reading(None)  # type: ignore[arg-type]
    reading.apart, reading.meeting = apart, Meeting(ONE, OTHER)
    made.show_reading(reading)
    assert f"{said}, of 120 tokens both scored." in made.worth.text()


def test_why_two_models_have_no_difference_is_said_with_what_there_is_instead(shown: Any) -> None:
    made = LensFacts(shown(QWidget(), 320, 600))
    other = sight((b" You keep", -2.0), text="You keep", model="chat")
    reading = Reading(None)  # type: ignore[arg-type]
    reading.reads, reading.meeting = [Read(ONE, bytes=8), Read(other, bytes=8)], Meeting(ONE, other)
    made.show_reading(reading)
    assert "the two models have other tokens; compare bits/byte." in made.worth.text()
    reading.reads[1].bytes = 4
    made.show_reading(reading)
    assert "not both have read all of it; read it once more." in made.worth.text()


def test_why_a_token_has_no_difference_is_said(shown: Any) -> None:
    made = LensFacts(shown(QWidget(), 320, 600))
    unscored = sight((b" You", None), (b" keep", -1.0), text="You keep", model="chat")
    made.show_token([(ONE, 0), (unscored, 0)], Meeting(ONE, unscored), 0, 0)
    assert "No difference: a token of it has no score." in made.facts.said.text()
    ended = sight((b" You", -0.5), (b" keep", -4.0), (b"", -1.0), text="You keep")
    made.show_token([(ended, 2), (OTHER, None)], Meeting(ended, OTHER), 0, 2)
    assert "No difference: chat has no token to compare it with." in made.facts.said.text()
