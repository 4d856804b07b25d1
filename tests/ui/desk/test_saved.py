from __future__ import annotations

import json
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from stage.ui.desk import saved as module
from stage.ui.desk.saved import Saved


def test_what_is_put_is_there_next_time(tmp_path: Path, loop: Any) -> None:
    file = tmp_path / "state" / "window.json"
    saved = Saved(file)
    saved.put("play", "p")
    saved.put_play("p", draft="half a sen")
    saved.put_play("p", lanes=[["a", None]])
    loop.until(file.exists)
    again = Saved(file)
    assert again.get("play") == "p"
    assert again.of_play("p") == {"draft": "half a sen", "lanes": [["a", None]]}
    assert again.of_play("q") == {}


def test_a_draft_is_kept_while_one_types_on(tmp_path: Path, loop: Any) -> None:
    file = tmp_path / "window.json"
    saved, typed = Saved(file), count()

    def kept() -> bool:
        saved.put_play("p", draft="x" * next(typed))
        return file.exists()

    loop.until(kept)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"plays": 3}', '{"plays": {"p": 1}}'])
def test_a_spoilt_file_is_no_file(tmp_path: Path, text: str) -> None:
    file = tmp_path / "window.json"
    file.write_text(text)
    assert Saved(file).of_play("p") == {}


def test_a_folder_that_cannot_be_made_is_no_reason_to_fail(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    saved = Saved(tmp_path / "state" / "window.json")
    saved.put("play", "p")
    saved.write()
    assert saved.get("play") == "p"
    assert Saved(None).get("play", "none") == "none"


def test_only_what_changed_is_put_into_words_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "window.json"
    saved = Saved(file)
    saved.put_play('p "1"', unread=["a"] * 1000)
    saved.put_play("q", draft="")
    saved.write()
    assert json.loads(file.read_text()) == {
        "plays": {'p "1"': {"unread": ["a"] * 1000}, "q": {"draft": ""}}
    }
    written, dumps = list[object](), json.dumps
    monkeypatch.setattr(json, "dumps", lambda told: (written.append(told), dumps(told))[1])
    saved.put_play("q", draft="half", at=None)
    saved.put("play", "q")
    saved.write()
    assert written == ["q", {"draft": "half", "at": None}, {"play": "q"}]
    again = Saved(file)
    assert again.of_play("q") == {"draft": "half", "at": None}
    assert again.of_play('p "1"')["unread"] == ["a"] * 1000
    assert again.get("play") == "q"


def test_only_the_plays_looked_at_last_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "KEPT", 2)
    saved = Saved(tmp_path / "window.json")
    for at, play in enumerate("pqpr"):
        saved.put_play(play, at=at)
    saved.write()
    again = Saved(tmp_path / "window.json")
    for each in (saved, again):
        assert [each.of_play(play) for play in "pqr"] == [{"at": 2}, {}, {"at": 3}]
