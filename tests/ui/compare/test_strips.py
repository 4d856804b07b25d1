from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from stage.director.weighing.tallying import Group
from stage.measures import MEASURES
from stage.measures.measure import Said
from stage.ui.compare.strips import NUMBER, PICTURE, STRIP, WHAT, WHO, Strips, rows
from tests.measures.making import said
from tests.ui.helpers import play


def group(model: str, *texts: str) -> Group:
    takes: tuple[Said, ...] = tuple(
        said(each, id_=f"{model}{at}", model=model) for at, each in enumerate(texts)
    )
    fitting = [each for each in MEASURES if "takes" in each.fits]
    lengths = tuple(float(len(each.shown())) for each in takes)
    return Group(
        (("model", model),), takes, {(each.id, ""): each.of(takes) for each in fitting},
        {("length", ""): lengths},
    )  # fmt: skip


GROUPS = [group("base", *(["one two three"] * 6)), group("chat", *(["four five"] * 5))]


def test_every_measure_has_a_row_a_group_on_one_scale() -> None:
    made = rows(play(), GROUPS)
    assert [each.group for each in made[:2]] == ["stage-base", "stage-chat"]
    assert [each.first for each in made[:2]] == [True, False]
    lengths = [each for each in made if each.title == "Tokens a line"]
    assert [each.strip.takes for each in lengths] == [(3.0,) * 6, (2.0,) * 5]
    assert {each.strip.high for each in lengths} == {3.0}
    assert [each.said for each in lengths] == [
        "3.00 [3.00, 3.00] of 6 takes", "2.00 [2.00, 2.00] of 5 takes",
    ]  # fmt: skip
    about = [each for each in made if "surprise" in each.title or "Under" in each.title]
    for bytes_ in (True, False):  # what has one unit is drawn on one scale
        ends = {each.strip.high for each in about if ("by length" in each.title) is bytes_}
        assert len(ends) == 1
    unknown = [each for each in made if each.title == "Under stage-base, own frame"]
    assert [(each.strip.number, each.said) for each in unknown] == [(None, "unknown")] * 2


def test_a_reason_that_no_take_ended_by_is_none_of_them_with_an_interval() -> None:
    stops = [
        Group(each.key, each.takes, {("stops", ""): MEASURES["stops"].of(each.takes)})
        for each in GROUPS
    ]
    (found,) = stops[0].readings["stops", ""]
    other = Group(stops[1].key, stops[1].takes, {("stops", ""): (type(found)(found.number, "x"),)})
    shown = [each for each in rows(play(), [stops[0], other]) if "Stopped" in each.title]
    assert [each.strip.number.value if each.strip.number else None for each in shown] == [
        1.0, 0.0, 0.0, 1.0,
    ]  # fmt: skip
    assert shown[1].said.startswith("0 % [0, ")


def test_the_model_says_what_it_shows(qapp: Any) -> None:
    made = Strips()
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(made, fatal, made)
    made.show_groups(play(), GROUPS)
    made.show_groups(play(), GROUPS[::-1])
    assert made.index(0, WHAT).data() == "Own surprise"
    assert made.index(1, WHAT).data() == "nats/token"
    assert made.index(1, WHO).data() == "stage-base"
    assert made.index(0, PICTURE).data(STRIP).number.n == 5
    spoken = made.index(1, NUMBER).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Own surprise, nats/token, stage-base: 1.00 [")
    made.show_groups(play(), GROUPS[:1])
    assert made.index(0, WHAT).data() == "Own surprise, nats/token"  # no room below
    made.show_groups(play(), [])
    assert made.rowCount() == 0
    assert tester.model() is made


def test_takes_said_with_an_earlier_card_are_marked_in_words() -> None:
    (nats,) = GROUPS[0].readings["nats_by_line", ""]
    aged = replace(GROUPS[0], readings={("under", "base"): (replace(nats, changed=2),)})
    strips = Strips()
    strips.show_groups(play(), [aged], known=True)
    ((row, said),) = ((at, each) for at, each in enumerate(strips.rows) if each.aged)
    assert said.title == "Under stage-base, own frame"
    assert said.said.startswith("1.00 [1.00, 1.00]* of 6 takes")
    for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
        assert "card has changed since (2 lines)" in strips.index(row, 0).data(role)
