from __future__ import annotations

import os
from pathlib import Path

import pytest

from stage.director.cards import bring_in
from stage.director.wardrobe import load_scene
from stage.engine.shelf.card import describe
from stage.kit.errors import BadInput
from stage.kit.plain import refuse_endless
from stage.store.file.schema import peek


def test_a_pipe_and_a_device_are_refused_and_files_are_not(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").write_text("x")
    for plain in (tmp_path, tmp_path / "file"):
        refuse_endless(plain)
    for endless in (tmp_path / "pipe", Path("/dev/zero")):
        with pytest.raises(BadInput, match=endless.name):
            refuse_endless(endless)


@pytest.mark.parametrize("read", [bring_in, load_scene, describe, peek])
def test_nobody_waits_for_a_pipe(read, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(BadInput, match="no plain file"):
        read(tmp_path / "pipe")
