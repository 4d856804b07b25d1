import socket
from pathlib import Path

import pytest

from stage.app.checks import display


def check(environ: dict[str, str], answers: bool = True, platform: str = "linux"):
    return display.check(environ, lambda _: answers, platform)


def test_no_display_keeps_the_window_shut_and_is_a_warning() -> None:
    found = check({})
    assert found.blocks == "window"
    assert found.level == "warning"
    assert "stage play" in found.fix


def test_offscreen_needs_none() -> None:
    assert check({"QT_QPA_PLATFORM": "offscreen:fontconfig"}).level == "ok"


def test_other_systems_have_one() -> None:
    assert check({}, platform="darwin").level == "ok"


def test_an_x_server_that_answers() -> None:
    assert check({"DISPLAY": ":7"}).sentence == "The display :7 answers."


def test_an_x_server_that_does_not() -> None:
    found = check({"DISPLAY": ":7"}, answers=False)
    assert found.blocks == "window"
    assert ":7 does not answer" in found.sentence


def test_wayland_is_asked_first(tmp_path: Path) -> None:
    environ = {"WAYLAND_DISPLAY": "wl", "XDG_RUNTIME_DIR": str(tmp_path)}
    assert check(environ).blocks == "window"
    assert check({**environ, "DISPLAY": ":7"}).level == "ok"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "wl"))
        server.listen()
        assert check(environ).sentence == "Wayland answers."
        assert check({**environ, "QT_QPA_PLATFORM": "xcb"}).blocks == "window"


def test_x_under_a_wayland_only_qt_does_not_help() -> None:
    assert check({"DISPLAY": ":7", "QT_QPA_PLATFORM": "wayland"}).blocks == "window"


def test_nobody_listens_on_a_free_display() -> None:
    assert not display.x_answers(":4242")


@pytest.mark.parametrize("name", ["elsewhere:0", "nonsense", ":4242"])
def test_without_libxcb_only_a_local_socket_counts(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def absent(name: str) -> None:
        raise OSError(name)

    monkeypatch.setattr("ctypes.CDLL", absent)
    assert not display.x_answers(name)


def test_a_silent_server_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    # A server that accepts and says nothing: xcb_connect would wait for ever.
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("\0/tmp/.X11-unix/X4243")
        server.listen()
        assert not display.x_answers(":4243", seconds=0.2)
