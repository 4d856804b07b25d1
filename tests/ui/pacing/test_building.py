from __future__ import annotations

from collections.abc import Iterator

from stage.ui.pacing.building import Building


def parts(built: list[str]) -> Iterator[None]:
    for name in "abc":
        built.append(name)
        yield


def test_whoever_cannot_wait_has_everything_at_once() -> None:
    built = list[str]()
    Building(parts(built))
    assert built == ["a", "b", "c"]


def test_one_part_after_the_other_and_the_rest_when_it_is_wanted() -> None:
    built = list[str]()
    building = Building(parts(built), slowly=True)
    assert built == []
    assert building.go_on()
    assert built == ["a"]
    building.finish()
    assert built == ["a", "b", "c"]
    assert not building.go_on()
