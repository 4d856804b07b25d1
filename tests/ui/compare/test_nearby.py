"""What may be compared from where one stands."""

from __future__ import annotations

from typing import Any

from stage.ui.compare.nearby import around
from stage.ui.desk.desk import Desk
from tests.ui.compare.making import compare, with_records
from tests.ui.helpers import Part, line, play


def test_offers_begin_with_the_siblings_of_the_chosen_line(desk: Desk) -> None:
    desk.session.choose("c")
    desk.session.move(0, "c")
    assert [offer.leaves for offer in desk.compared.offers()] == [("c", "b3", "b1")]
    desk.session.move(0, "b1")
    desk.session.choose("b1")
    assert desk.compared.offers()[0].leaves == ("b1", "c", "b3")
    desk.session.set_lanes(2)
    desk.session.move(1, "b3")
    assert ("b1", "b3") in [offer.leaves for offer in desk.compared.offers()]
    desk.session.show(None)
    assert desk.compared.offers() == []


def test_others_part_from_those_compared(desk: Desk, loop: Any, part: Part) -> None:
    with_records(part)
    compare(desk, loop, "b1", "c")
    assert desk.compared.others() == ["b3"]


def test_of_many_takes_every_model_is_offered_one() -> None:
    names = ["base"] * 8 + ["chat"] * 8
    takes = [line(f"t{at}", "a", f"{at}", "ben", order=2 + at, model=name)
             for at, name in enumerate(names)]  # fmt: skip
    made = play(line("a", "r", "First.", order=1), *takes)
    offered = around(made, made.tree["t2"], ())
    assert offered[0] == "t2"
    assert [made.tree[each].model for each in offered] == ["base", "chat"] * 3
