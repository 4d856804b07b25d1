from __future__ import annotations

from typing import Any

from stage.ui.lens.legend import LensLegend


def test_modes_models_and_what_colours_mean(shown: Any) -> None:
    made = shown(LensLegend(), 700, 60)
    told: list[object] = []
    made.changed.connect(lambda: told.append(made.mode))
    made.turned.connect(told.append)
    made.show_models((), 0)
    made.show_scale(["one"])
    assert made.which[0].isHidden()
    assert made.scale.accessibleName() == "0 \u2013 6 nats or more"
    made.by.setCurrentIndex(2)
    made.by.activated.emit(2)
    made.show_scale(["one"])
    assert "second model" in made.scale.accessibleName()
    made.show_scale(["one", "two"])
    said = "Likelier to one, or to two; the strongest colour: by 3 nats or more"
    assert made.scale.accessibleName() == said
    made.show_models(["one", "two"], 0)
    made.which[1].click()
    assert told == ["difference", 1]
    tall = made.heightForWidth(700)
    assert made.heightForWidth(300) > tall
