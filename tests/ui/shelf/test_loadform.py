from __future__ import annotations

from typing import Any

from PySide6.QtTest import QTest

from stage.ui.shelf.loadform import LoadForm


def test_each_field_settles_one_thing_and_empty_forgets_it(shown: Any) -> None:
    form = shown(LoadForm(), 500, 300)
    said: list[str] = []
    form.settled.connect(said.append)
    form.show_settled({"cells": 2048, "kv": "q8_0", "map_file": False})
    assert form.fields["cells"].text() == "2048"
    assert form.fields["context"].text() == ""
    assert (form.kv.currentData(), form.map.isChecked()) == ("q8_0", False)
    QTest.keyClicks(form.fields["takes"], "x8")
    form.fields["takes"].editingFinished.emit()
    form.fields["cells"].selectAll()
    QTest.keyClicks(form.fields["cells"], "\b")
    form.fields["cells"].setModified(True)
    form.fields["cells"].editingFinished.emit()
    form.fields["context"].editingFinished.emit()  # nothing was typed
    form.kv.setCurrentIndex(0)
    form.kv.activated.emit(0)
    form.map.click()
    assert said == ["takes=8", "cells=auto", "kv=auto", "map_file=auto"]
