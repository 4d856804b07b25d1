"""Who speaks: the cast of the scene, whoever joined, and those nobody knows."""

from __future__ import annotations

from stage.play.outline import Stem
from stage.ui.desk.desk import Desk
from stage.ui.desk.speakers import Speakers
from stage.ui.dress.theme import NARRATOR


def test_everybody_has_a_label_and_a_colour(desk: Desk) -> None:
    made = Speakers(desk.session)
    assert made.get("ada") == ("Scene", NARRATOR)  # no play yet
    made.of(desk.session.play)
    assert made.get(None) == ("Scene", NARRATOR)
    assert (made.get("ada")[0], made.get("ben")[0]) == ("Ada", "Ben")
    assert made.get("mira") == ("mira", NARRATOR)
    made.learn(Stem("n", "a", labels={"cast:mira": {"label": "Mira", "colour": 5}}))
    made.learn(Stem("o", "a", labels={"cast:ada": {"actor": {}}, "note": "why"}))
    assert made.get("mira") == ("Mira", 5)
    assert made.get("ada")[0] == "Ada"
