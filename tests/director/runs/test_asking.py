import pytest

from stage.director.runs.asking import Asked, able, asked_of, check
from stage.kit.errors import BadInput
from tests.ui.helpers import play


def test_takes_are_multiplied_and_each_member_has_a_turn():
    asked = Asked(("ada", "ben"), ("base", "chat"), 3, 5)
    assert asked.total == 12
    turns = asked.turns("a", "run")
    assert [(each.speaker, each.takes, each.seed, each.mark) for each in turns] == [
        ("ada", 3, 5, "run"), ("ben", 3, 5, "run"),
    ]  # fmt: skip
    assert asked_of(turns[0].told(), ()) == asked


def test_whoever_a_person_plays_is_not_asked():
    assert [each.id for each in able(play(), "a")] == ["ada", "ben"]


@pytest.mark.parametrize(
    ("line", "asked", "said"),
    [
        ("zz", Asked(("ada",), ("base",), 1), "no line zz"),
        ("a", Asked((), ("base",), 1), "Nobody is asked"),
        ("a", Asked(("ada",), ("base",), 65), "1 to 64"),
        ("a", Asked(("guest",), ("base",), 1), "No model can play guest"),
        ("a", Asked(("ada",), ("other",), 1), "no model called other"),
    ],
)
def test_what_cannot_be_asked_for_is_told(line, asked, said):
    with pytest.raises(BadInput, match=said):
        check(play(), line, asked)


def test_what_can_be_asked_for_is_not_refused():
    check(play(), "a", Asked(("ada", "ben"), ("base",), 64))
