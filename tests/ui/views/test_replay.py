from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from stage.kit import paths
from stage.ui.desk.desk import Desk
from stage.ui.views.replay import ReplayView
from tests.ui.helpers import Evening, scene

BASE = paths.resources() / "models" / "stage-base.gguf"


def test_without_a_play_it_says_so(desk: Desk, shown: Any) -> None:
    desk.session.show(None)
    view = shown(ReplayView(desk), 800, 500)
    assert view.body.nothing.isVisible()
    assert not view.branch.isEnabled()
    assert view.anew.text() == "Perform again ...", "Recast ... is another thing in the menus"


@pytest.mark.skipif(not BASE.exists(), reason="the demo models are not here")
def test_a_branch_is_replayed_stepped_branched_and_performed_again(
    loop: Any, tmp_path: Path, qapp: Any
) -> None:
    evening = Evening(loop, tmp_path / "stage.db")
    evening.begin(scene(str(BASE), str(BASE.with_name("stage-chat.gguf")), tokens=8))
    try:
        desk = evening.desk
        evening.do(desk.session.pick, "ada")
        evening.do(desk.turns.speak)
        evening.rest()
        leaf = desk.session.lanes[0].leaf
        evening.do(desk.wishes.view.emit, "replay")
        view = evening.window.panes.view("replay")
        loop.until(lambda: view.player.replay is not None)
        told = [each.entry.text for each in view.text.script.placed]
        assert told[-1] == evening.play.tree[leaf].text, "it shows what is stored"
        for key, count in ((Qt.Key.Key_Home, 0), (Qt.Key.Key_Down, 1), (Qt.Key.Key_Down, 2)):
            evening.do(QTest.keyClick, view.text, key)
            assert len(view.text.script.placed) == count
        evening.do(QTest.keyClick, view.text, Qt.Key.Key_Right)
        token = view.player.token()
        assert token is not None
        assert token.index == 0
        compared: list[list[str]] = []
        desk.wishes.compare.connect(compared.append)
        loop.run(view.again.perform(leaf, "Ada", "sampler", "greedy"), 60)
        assert compared
        assert compared[0][0] == leaf
        assert compared[0][1] in evening.play.tree
        evening.do(view.branch_from_here)
        assert evening.window.panes.at == "stage"
        assert desk.session.lanes[0].leaf == evening.play.tree[leaf].parent
    finally:
        evening.end()
