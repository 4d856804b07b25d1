import sys
from pathlib import Path

import pytest

from stage.app.checks import libraries

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux packages")


def without(*missing: str):
    def load(name: str) -> None:
        if name in missing:
            raise OSError(name)

    return load


def fonts() -> bool:
    return True


@pytest.fixture(autouse=True)
def x11(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")


def test_all_is_well_where_everything_loads() -> None:
    assert libraries.check(without(), fonts).level == "ok"


def test_only_what_is_missing_is_in_the_line() -> None:
    found = libraries.check(without("libEGL.so.1", "libxcb-cursor.so.0"), fonts)
    assert found.blocks == "window"
    assert "libEGL.so.1 and 1 more missing" in found.sentence
    assert found.fix.endswith("apt-get install libegl1 libxcb-cursor0")


def test_a_package_is_named_once() -> None:
    both = without("libglib-2.0.so.0", "libgthread-2.0.so.0")
    assert libraries.missing_packages(both, fonts) == ["libglib2.0-0"]


def test_root_types_no_sudo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.geteuid", lambda: 0)
    assert libraries.check(without("libGL.so.1"), fonts).fix == "Type: apt-get install libgl1"
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    assert libraries.check(without("libGL.so.1"), fonts).fix == "Type: sudo apt-get install libgl1"


def test_elsewhere_than_debian_the_names_still_help(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    assert "what Debian calls: libgl1" in libraries.check(without("libGL.so.1"), fonts).fix


def test_no_font_is_a_warning() -> None:
    found = libraries.check(without(), lambda: False)
    assert found.level == "warning"
    assert not found.blocks
    assert libraries.FONTS in found.fix


def test_wayland_libraries_matter_under_wayland(monkeypatch: pytest.MonkeyPatch) -> None:
    load = without("libwayland-client.so.0")
    assert libraries.missing_libraries(load) == []
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert libraries.missing_packages(load, fonts) == ["libwayland-client0"]


def test_a_font_is_found_in_the_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr("os.walk", lambda top: iter([(str(top), [], ["a.ttf", "b.txt"])]))
    assert libraries.any_font()
    monkeypatch.setattr("os.walk", lambda top: iter([(str(top), [], ["b.txt"])]))
    assert not libraries.any_font()


def test_other_systems_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    assert libraries.check(without("libGL.so.1"), fonts).level == "ok"
    assert libraries.missing_packages(without("libGL.so.1"), fonts) == []
