from __future__ import annotations

from math import exp

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from stage.ui.models.options import OPTION, OptionsModel, options
from tests.ui.lens.test_sight import sight

ONE = sight((b" You", -0.5), (b" keep", -4.0), text="You keep")
OTHER = sight((b" You", -2.0), (b" keep", -1.0), text="You keep", model="chat")


def test_alternatives_of_two_models_stand_side_by_side(qapp: object) -> None:
    rows = options([(ONE, 1), (OTHER, 1)], 0)
    assert [(each.words, each.taken) for each in rows] == [("other", False), ("keep", True)]
    first, second = rows[1].parts
    assert (first.share, second.share) == pytest.approx((exp(-4.0), exp(-1.0)))
    assert rows[1].parts[1].figure == "0.368"
    assert rows[0].parts[0].id == rows[0].parts[1].id == 90


def test_what_is_not_among_the_likeliest_is_only_bounded() -> None:
    other = sight((b" You", -2.0), (b" hold", -1.0), text="You hold", model="chat")
    rows = {each.words: each for each in options([(ONE, 1), (other, 1)], 0)}
    assert rows["hold"].parts[0].share is None
    assert rows["hold"].parts[0].figure == "<0.018"
    assert rows["hold"].parts[1].taken
    assert not rows["hold"].taken
    alone = options([(ONE, 1), (other, None)], 0)
    assert {each.parts[1].figure for each in alone} == {"?"}


def test_rows_are_read_aloud_with_every_number(qapp: object) -> None:
    model = OptionsModel()
    QAbstractItemModelTester(model)
    model.show_options(("base", "chat"), options([(ONE, 0), (OTHER, 0)], 0))
    index = model.index(0)
    assert index.data() == "You"
    assert index.data(OPTION) is model.rows[0]
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "You, taken, base 0.607, chat 0.135"
    assert model.data(model.index(9), Qt.ItemDataRole.DisplayRole) is None


def test_tokens_that_differ_by_a_space_do_not_read_alike() -> None:
    one = sight((b" I", -1.0), text="I")
    other = sight((b"I", -2.0), text="I", model="chat")
    assert {each.words for each in options([(one, 0), (other, 0)], 0)} == {"\u2423I", "I", "other"}
