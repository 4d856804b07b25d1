"""Who plays whom."""

from __future__ import annotations

from typing import Any

from stage.play.persona import persona
from stage.ui.dialogs.mask import Mask
from tests.ui.helpers import play


def test_a_mask_is_asked_for_with_a_name_and_a_direction(qapp: Any) -> None:
    cast = play().scene.cast.members
    dialog = Mask(cast)
    assert not dialog.put.isEnabled()  # nobody to be played is known yet
    dialog.offer({"king": persona("The King"), "odile": persona("Odile")})
    assert dialog.put.isEnabled()
    dialog.choose(cast[1].id)
    assert dialog.keys == {"member": cast[1].label, "persona": "king", "direction": ""}
    assert dialog.name.placeholderText() == "The King"
    dialog.name.setText(" Rex ")
    dialog.direction.setPlainText("Be proud.")
    assert (dialog.keys["label"], dialog.keys["direction"]) == ("Rex", "Be proud.")
    dialog.deleteLater()


def test_a_name_of_somebody_else_is_refused_where_it_is_chosen(qapp: Any) -> None:
    cast = play().scene.cast.members
    dialog = Mask(cast)
    dialog.choose(cast[1].id)
    dialog.offer({"one": persona(cast[0].label), "king": persona("The King")})
    assert dialog.persona.currentData() == "king", "who can be played as is comes first"
    assert dialog.put.isEnabled()
    dialog.name.setText(cast[0].label.upper())
    assert not dialog.put.isEnabled()
    assert "called" in dialog.put.toolTip()
    dialog.name.setText(cast[1].label)
    assert dialog.put.isEnabled(), "one's own name is free"
    dialog.deleteLater()
