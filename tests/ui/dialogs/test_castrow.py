"""A row of a cast that is put together."""

from __future__ import annotations

from typing import Any

from stage.kit import paths
from stage.play.persona import persona
from stage.ui.dialogs.castrow import FACE, CastRow
from stage.ui.widgets.labels import Elided
from tests.ui.widgets.test_portrait import picture


def test_a_row_has_the_face_of_its_card_and_what_it_is(shown: Any, loop: Any) -> None:
    folder = paths.personas()
    folder.mkdir(parents=True)
    (folder / "ada.json").write_text("{}")
    (folder / "ada.png").write_bytes(picture(300, 500))
    row = shown(CastRow(persona("Ada", description="You keep the light.")), 500, 60)
    loop.until(row.face.isVisible)
    shot = row.face.pixmap()
    assert (shot.width(), shot.height()) == (FACE, FACE)
    assert "You keep the light." in [each.text() for each in row.findChildren(Elided)]
    faceless = shown(CastRow(persona("Nobody")), 500, 60)
    loop.settle()
    assert not faceless.face.isVisible()
