"""A replay gone through by keys, from a pipe, a file and a terminal."""

from __future__ import annotations

import asyncio
import json
import os
from pathlib import Path

import pytest

from stage.app import stepping
from stage.app.command import Output
from stage.director.replaying import Replay, schedule
from stage.play.cast import Cast
from stage.play.line import Kind, Line
from stage.play.provenance import Recorded
from stage.play.token import Token

TOKENS = (Token(0, b"one", -1.0), Token(1, b" two", -1.0))
KEYS = "nnnb?l b0qn"


def branch() -> Replay:
    lines = [Line(id_, None, "p", Kind.SPEECH, None, id_) for id_ in ("typed", "one two")]
    return Replay(schedule([
        (lines[0], Recorded("typed", 0.0)), (lines[1], Recorded("one two", 2.0, 1.0, TOKENS)),
    ]))  # fmt: skip


def walked(
    descriptor: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> list[int]:
    with os.fdopen(descriptor) as stdin:
        monkeypatch.setattr("sys.stdin", stdin)
        asyncio.run(stepping.walk(branch(), Cast(()), Output(json=True)))
    return [json.loads(row)["beat"] for row in capsys.readouterr().out.splitlines()]


def test_keys_of_a_pipe(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    reading, writing = os.pipe()
    os.write(writing, KEYS.encode())
    os.close(writing)
    assert walked(reading, monkeypatch, capsys) == [0, 1, 2, 3, 2, 3, 4, 3, 0]


def test_keys_of_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "keys").write_text("nl")
    descriptor = os.open(tmp_path / "keys", os.O_RDONLY)
    assert walked(descriptor, monkeypatch, capsys) == [0, 1, 3]


def test_a_terminal_gives_each_key_and_is_put_back(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    termios = pytest.importorskip("termios")
    near, far = os.openpty()
    before = termios.tcgetattr(far)
    os.write(near, b"nq")  # no Enter
    kept = os.dup(far)
    assert walked(far, monkeypatch, capsys) == [0, 1]
    assert termios.tcgetattr(kept) == before
    os.close(near)
    os.close(kept)
