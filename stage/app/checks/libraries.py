"""Are the system libraries there that Qt needs? Standard library only."""

import ctypes
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from stage.app.checks.finding import Finding

# What libQt6Gui and the xcb platform plugin ask for, and the Debian package that has it.
PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
}
WAYLAND_PACKAGES = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
FONTS = "fonts-dejavu-core"

Load = Callable[[str], object]


def check(load: Load = ctypes.CDLL, fonts: Callable[[], bool] | None = None) -> Finding:
    """Tell which libraries are missing, and the one line that installs just these."""
    if sys.platform != "linux":
        return Finding("libraries", "Qt brings its libraries on this system.")
    libraries = missing_libraries(load)
    packages = missing_packages(load, fonts)
    if not packages:
        return Finding("libraries", "Every system library Qt needs is there.")
    root = "" if os.geteuid() == 0 else "sudo "
    line = f"Type: {root}apt-get install {' '.join(packages)}"
    if not shutil.which("apt-get"):
        line = f"Install what Debian calls: {' '.join(packages)}."
    details: dict[str, object] = {"libraries": libraries, "packages": packages}
    if not libraries:
        return Finding("libraries", "There is no font on this system.", line, details=details)
    named = f"{libraries[0]} and {len(libraries) - 1} more" if libraries[1:] else libraries[0]
    sentence = f"A window cannot be drawn: {named} missing."
    return Finding("libraries", sentence, line, "window", details)


def missing_libraries(load: Load = ctypes.CDLL) -> list[str]:
    """Return the libraries that cannot be loaded."""
    wanted = [*PACKAGES, *(WAYLAND_PACKAGES if os.environ.get("WAYLAND_DISPLAY") else ())]
    return [name for name in wanted if not _loads(name, load)]


def missing_packages(
    load: Load = ctypes.CDLL, fonts: Callable[[], bool] | None = None
) -> list[str]:
    """Return the Debian packages that bring what is missing, fonts among them."""
    if sys.platform != "linux":
        return []
    names = {**PACKAGES, **WAYLAND_PACKAGES}
    packages = dict.fromkeys(names[library] for library in missing_libraries(load))
    return [*packages, *([] if (fonts or any_font)() else [FONTS])]


def any_font() -> bool:
    """Tell whether fontconfig would find a font in the usual folders."""
    home = Path.home()
    folders = (
        "/usr/share/fonts",
        "/usr/local/share/fonts",
        home / ".fonts",
        home / ".local/share/fonts",
    )
    for folder in folders:
        for _, _, names in os.walk(folder):
            if any(name.endswith((".ttf", ".otf", ".ttc")) for name in names):
                return True
    return False


def _loads(name: str, load: Load) -> bool:
    try:
        load(name)
    except OSError:
        return False
    return True
