from __future__ import annotations

from typing import Any

from PySide6.QtGui import QColor

from stage.ui.lens.scale import Scale


def test_a_difference_has_two_sides_and_words_for_both(shown: Any) -> None:
    made = shown(Scale(), 500, 24)
    made.show_scale("0", "6 nats")
    one = made.sizeHint().width()
    made.show_scale("likelier to base", "likelier to chat", two=True)
    assert made.accessibleName() == "likelier to base \u2013 likelier to chat"
    assert made.sizeHint().width() > one
    image = made.grab().toImage()
    found = {QColor(image.pixel(x, 12)).hue() for x in range(image.width())}
    assert any(190 < hue < 220 for hue in found)  # blue
    assert any(15 < hue < 40 for hue in found)  # orange


def test_a_difference_says_for_whom_and_how_much_the_strongest_colour_is(shown: Any) -> None:
    made = shown(Scale(), 400, 20)
    made.show_difference("base", "chat", 3.0)
    assert made.accessibleName() == (
        "Likelier to base, or to chat; the strongest colour: by 3 nats or more"
    )
    assert "3 nats" in made.toolTip()
    made.show_scale("0", "6 nats or more")
    assert made.toolTip() == ""


def test_of_three_models_no_colour_is_said_to_be_of_one_that_it_need_not_be(shown: Any) -> None:
    made = shown(Scale(), 500, 24)
    made.show_mode("difference", ["base", "chat"], "one model")
    assert made.accessibleName().startswith("Likelier to base, or to chat;")
    made.show_mode("difference", ["base", "chat", "third"], "one model")
    assert made.accessibleName().startswith(
        "Likelier to base, or to the model that said the line"
        " (of what base said or somebody typed: chat);"
    )


def test_where_typed_lines_stand_it_says_to_whom_they_are_surprising(shown: Any) -> None:
    made = shown(Scale(), 500, 24)
    made.show_mode("surprise", ["base", "chat"], "one model")
    assert "base" not in made.accessibleName()
    made.show_mode("surprise", ["base", "chat"], "one model", typed=True)
    assert made.accessibleName().endswith("6 nats or more; of typed lines to base")
    made.show_mode("surprise", ["base"], "one model", typed=True)
    assert "base" not in made.accessibleName()
