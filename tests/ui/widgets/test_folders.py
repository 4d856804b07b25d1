from __future__ import annotations

from typing import Any

from stage.ui.desk.choosing import Choosing
from stage.ui.widgets.buttons import Link
from stage.ui.widgets.folders import Folders


def test_paths_come_and_go_once(shown: Any) -> None:
    made = shown(Folders(Choosing()), 400, 200)
    told: list[list[str]] = []

    def heard() -> None:
        told.append(list(made.paths))

    made.changed.connect(heard)
    made.take_in("/a")
    made.take_in("/a")
    made.take_in("")
    made.take_in("/b")
    assert told == [["/a"], ["/a", "/b"]]
    links = [each for each in made.findChildren(Link) if not each.isHidden()]
    assert [each.accessibleName() for each in links][-1] == "Take off /b"
    next(each for each in links if each.accessibleName() == "Take off /a").click()
    assert made.paths == ["/b"]
