from __future__ import annotations

from math import log
from typing import Any

import pytest

from stage.play.spot import Spot
from stage.ui.dress import fonts, theme
from stage.ui.dress.tokens import LIGHT
from stage.ui.map.layout import lay_out
from stage.ui.map.picture import FAINT, THIN, Picture, chance_of
from stage.ui.map.scope import Scope
from stage.ui.map.shades import BY_ID, MODES, Shades
from tests.ui.map.test_layout import spots


def picture(shape: list[int], mode: str = "speaker", **more: Any) -> Picture:
    """A picture of a layout at natural size."""
    scope = Scope(800, 600, 80, 24).natural()
    speakers = {"ada": (1, "Ada")}
    given = {"path": (), "canonical": (), **more}
    lines = [
        each._replace(speaker="ada") for each in spots(shape, frozenset(given.pop("hidden", ())))
    ]
    made = lay_out(lines, hidden=True)
    shades = Shades(BY_ID[mode], speakers)
    return Picture(made, scope, LIGHT, shades, fonts.interface(11), **given)


def test_a_branch_is_wider_the_more_samples_are_under_it(qapp: Any) -> None:
    made = picture([0, 0, 1, 1, 1, 1])
    widths = [made.width(at) for at in range(len(made.layout))]
    assert widths[0] > widths[1] > widths[2] >= THIN


def test_the_models_probability_is_as_wide_as_a_share_of_it(qapp: Any) -> None:
    made = picture([0, 0])
    made.layout.spots[1] = made.layout.spots[1]._replace(tokens=4, nats=4 * log(2))
    assert chance_of(made.layout.spots[1]) == pytest.approx(0.5)
    assert made.chance(1) == pytest.approx(made.width(1), abs=1e-6)
    assert made.chance(2) is None


def test_the_path_is_stronger_and_hidden_lines_are_faint(qapp: Any) -> None:
    made = picture([0, 0, 0], path=(0, 1), hidden=(3,))
    ground = LIGHT.surface
    strength = [theme.contrast(made.band(at), theme.persona_colour(1)) for at in (1, 2, 3)]
    assert strength[0] < strength[1] < strength[2], "the nearer to the persona's colour"
    assert made.dot(3) == theme.blend(theme.persona_colour(1), _colour(ground), FAINT)


def test_labels_say_who_and_how_much(qapp: Any) -> None:
    made = picture([0, 0])
    assert made.label(1) == "50 %", "nobody but Ada could have said it"
    made.shades.speakers = {**made.shades.speakers, "ben": (2, "Ben")}
    assert made.label(1) == "Ada · 50 %"
    made.layout.spots[1] = made.layout.spots[1]._replace(bookmarked=True, length=12)
    assert made.label(1) == "★ Ada · 50 %"
    made.shades.mode = BY_ID["length"]
    assert made.label(1) == "★ Ada · 12"


@pytest.mark.parametrize("mode", [each.id for each in MODES])
def test_every_mode_has_a_colour_for_every_line(qapp: Any, mode: str) -> None:
    made = picture([0, 1], mode)
    made.layout.spots[1] = Spot("x", "000", 2)
    assert all(made.dot(at).isValid() and made.size(at) > 0 for at in range(3))


def _colour(name: str) -> Any:
    from PySide6.QtGui import QColor

    return QColor(name)
