from __future__ import annotations

from itertools import combinations
from typing import Any

from PySide6.QtCore import QRectF

from stage.ui.map.labels import MOST, Room, ends, place
from tests.ui.map.test_picture import picture

BUSHY = [0, 0, 0, 1, 1, 2, 2, 2, 3, 4, 4, 5, 6, 6, 6, 7, 8, 8] * 3


def test_labels_cover_neither_each_other_nor_a_dot(qapp: Any) -> None:
    made = picture(BUSHY)
    placed = list(place(made, range(len(made.layout))))
    assert placed
    for (_, one), (_, other) in combinations(placed, 2):
        assert not one.intersects(other)
    for at in range(len(made.layout)):
        x, y = made.scope.at(made.layout.column[at], made.layout.row[at])
        dot = QRectF(x - 2, y - 2, 4, 4)
        assert not any(box.intersects(dot) for _, box in placed)


def test_branch_points_are_labelled_and_single_leaves_are_not_unless_chosen(qapp: Any) -> None:
    made = picture([0, 0, 1, 1])
    assert [at for at, _ in place(made, range(5))] == [1]
    made.chosen = 4
    assert next(at for at, _ in place(made, range(5))) == 4


def test_a_frame_has_no_more_labels_than_can_be_read(qapp: Any) -> None:
    made = picture([n // 2 for n in range(3000)])
    made.scope = made.scope.scaled(3, 0, 0)
    assert len(list(place(made, range(3000)))) <= MOST


def test_room_is_taken_only_where_something_stands() -> None:
    room = Room()
    room.take(QRectF(10, 10, 20, 20))
    assert not room.free(QRectF(25, 25, 20, 20))
    assert room.free(QRectF(60, 10, 20, 20))
    assert room.free(QRectF(-40, -40, 20, 20))


def test_behind_the_ends_of_branches_there_is_room_for_what_was_said(qapp: Any) -> None:
    made = picture([0, 0, 1, 1, 2], hidden=(4,))
    room = Room()
    labels = [box for _, box in place(made, range(6), room)]
    found = dict(ends(made, range(6), room, 14, 6))
    assert all(made.layout.size[at] == 1 for at in found)
    assert not made.layout.faint & set(found)
    assert len(found) == 2
    for at, box in found.items():
        x, y = made.scope.at(made.layout.column[at], made.layout.row[at])
        assert box.left() > x + made.size(at)
        assert box.top() < y < box.bottom()
        assert box.right() <= made.scope.width
        assert not any(box.intersects(other) for other in labels)
    assert not dict(ends(made, range(6), room, 14, 6)), "what is taken is taken"
