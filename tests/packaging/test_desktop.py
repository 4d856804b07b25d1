"""What a desktop reads about Stage: its entry, its store page, its kind of file, its icon."""

from __future__ import annotations

import configparser
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import stage
from stage.app import main
from stage.formats import FORMATS
from stage.kit import paths
from stage.store.file.schema import APPLICATION

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "packaging" / "desktop"
ID = "io.github.stage.Stage"
KIND = "application/vnd.stage.play"
LIBRARY = "application/vnd.stage.library"
SIZES = (16, 32, 48, 64, 128, 256)


def entry() -> dict[str, str]:
    parser = configparser.ConfigParser(interpolation=None, strict=True)
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # keys have capitals
    parser.read(FOLDER / f"{ID}.desktop", encoding="utf-8")
    assert parser.sections() == ["Desktop Entry"]
    return dict(parser["Desktop Entry"])


def xml(name: str) -> ElementTree.Element:
    return ElementTree.parse(FOLDER / f"{ID}.{name}.xml").getroot()


def test_the_desktop_entry() -> None:
    found = entry()
    assert found["Exec"] == "stage %F"
    assert found["Icon"] == found["StartupWMClass"] == ID
    assert found["Categories"] == "Science;ArtificialIntelligence;Education;"
    assert found["MimeType"] == f"{KIND};{LIBRARY};"
    assert (found["Type"], found["Terminal"]) == ("Application", "false")
    if shutil.which("desktop-file-validate"):
        subprocess.run(["desktop-file-validate", FOLDER / f"{ID}.desktop"], check=True)


def test_the_window_says_who_it_is() -> None:
    assert main.ID == ID  # what the window does with it: tests/ui/test_film.py


def test_the_store_page() -> None:
    page = xml("metainfo")
    assert page.findtext("id") == ID
    assert page.findtext("metadata_license") == "CC0-1.0"
    assert page.findtext("project_license") == "MIT"
    assert len(str(page.findtext("summary"))) <= 35
    assert page.findtext("requires/internet") == "offline-only"
    assert page.find("content_rating[@type='oars-1.1']") is not None
    assert [each.text for each in page.iterfind("provides/mediatype")] == [KIND, LIBRARY]
    assert page.findtext("launchable") == f"{ID}.desktop"
    releases = [each.get("version") for each in page.iter("release")]
    assert releases[0] == stage.__version__
    if shutil.which("appstreamcli"):
        file = FOLDER / f"{ID}.metainfo.xml"
        subprocess.run(
            ["appstreamcli", "validate", "--no-net", file], check=True, capture_output=True
        )


def test_a_play_is_known_by_its_name_and_by_its_beginning() -> None:
    space = {"m": "http://www.freedesktop.org/standards/shared-mime-info"}
    kind = xml("mime").find("m:mime-type", space)
    assert kind is not None
    assert kind.get("type") == KIND
    globs = {each.get("pattern") for each in kind.iterfind("m:glob", space)}
    assert globs >= {"*.stage", f"*{FORMATS['stage'].suffix}"}
    outer = kind.find("m:magic/m:match", space)
    assert outer is not None
    inner = outer.find("m:match", space)
    assert inner is not None
    head = next((paths.resources() / "plays").glob("*.stage.jsonl")).read_bytes()[:400]
    low, high = map(int, str(inner.get("offset")).split(":"))
    assert head.startswith(str(outer.get("value")).encode())
    assert low <= head.find(str(inner.get("value")).encode()) <= high


def test_a_library_is_known_by_its_application_id() -> None:
    space = {"m": "http://www.freedesktop.org/standards/shared-mime-info"}
    kind = xml("mime").find(f"m:mime-type[@type='{LIBRARY}']", space)
    assert kind is not None
    outer = kind.find("m:magic/m:match", space)
    assert outer is not None
    inner = outer.find("m:match", space)
    assert inner is not None
    assert (inner.get("type"), inner.get("offset")) == ("big32", "68"), "where SQLite keeps it"
    assert int(str(inner.get("value")), 16) == APPLICATION


def test_the_icon_is_rendered_from_its_drawing() -> None:
    code = f"""
import sys; sys.path.insert(0, {str(FOLDER)!r})
import render
drawing = (render.ICONS / "stage.svg").read_bytes()
for side in render.SIZES:
    made = render.render(drawing, side)
    kept = render.QImage(str(render.ICONS / f"stage-{{side}}.png")).convertToFormat(made.format())
    assert made == kept, side
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert {each.name for each in (paths.resources() / "icons").glob("*.png")} == {
        f"stage-{side}.png" for side in SIZES
    }
