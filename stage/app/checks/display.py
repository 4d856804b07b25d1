"""Is there a display to open a window on? Standard library only.

Without one Qt calls abort(), which nothing can catch, and blames libxcb-cursor0 on its way.
"""

import ctypes
import os
import re
import socket
import sys
import threading
from collections.abc import Callable, Mapping

from stage.app.checks.finding import Finding

NEEDS_NO_DISPLAY = ("offscreen", "minimal", "vnc", "linuxfb", "eglfs")
INSTEAD = "Use `stage play`, `stage tree` and `stage export`, or set DISPLAY."
SECONDS = 3.0


def check(
    environ: Mapping[str, str] = os.environ,
    answers: Callable[[str], bool] | None = None,
    platform: str = sys.platform,
) -> Finding:
    """Tell whether a window can be opened.

    Args:
        environ: the environment Qt will see.
        answers: whether the X server named by DISPLAY accepts a client.
        platform: as sys.platform names it.
    """
    chosen = environ.get("QT_QPA_PLATFORM", "").split(":")[0]
    if platform != "linux":
        return Finding("display", "This system always has a display.")
    if chosen in NEEDS_NO_DISPLAY:
        return Finding("display", f"Windows are drawn {chosen}, no display is needed.")
    wayland, x11 = environ.get("WAYLAND_DISPLAY", ""), environ.get("DISPLAY", "")
    if not wayland and not x11:
        return Finding("display", "No display: there is no window to open.", INSTEAD, "window")
    if wayland and chosen != "xcb" and _wayland_answers(wayland, environ):
        return Finding("display", "Wayland answers.", details={"WAYLAND_DISPLAY": wayland})
    if x11 and not chosen.startswith("wayland") and (answers or x_answers)(x11):
        return Finding("display", f"The display {x11} answers.", details={"DISPLAY": x11})
    named = x11 or wayland
    sentence = f"The display {named} does not answer, so no window can be opened."
    return Finding(
        "display", sentence, INSTEAD, "window", {"DISPLAY": x11, "WAYLAND_DISPLAY": wayland}
    )


def _wayland_answers(name: str, environ: Mapping[str, str]) -> bool:
    path = os.path.join(environ.get("XDG_RUNTIME_DIR", ""), name)
    return _unix_answers(path)


def x_answers(display: str, seconds: float = SECONDS) -> bool:
    """Tell whether an X server accepts us: the whole handshake, authority included.

    It is done in a thread, left behind when the server is silent for `seconds`.
    """
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return _x_socket_answers(display)
    outcome: list[bool] = []

    def connect() -> None:
        xcb.xcb_connect.restype = ctypes.c_void_p
        connection = ctypes.c_void_p(xcb.xcb_connect(display.encode(), None))
        outcome.append(xcb.xcb_connection_has_error(connection) == 0)
        xcb.xcb_disconnect(connection)

    thread = threading.Thread(target=connect, name="display check", daemon=True)
    thread.start()
    thread.join(seconds)
    return bool(outcome and outcome[0])


def _x_socket_answers(display: str) -> bool:
    """Without libxcb: tell whether somebody listens where a local display would be."""
    number = re.fullmatch(r"(?:unix)?:(\d+)(?:\.\d+)?", display)
    if not number:
        return False
    path = f"/tmp/.X11-unix/X{number[1]}"
    return _unix_answers(path) or _unix_answers("\0" + path)


def _unix_answers(path: str) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        client.settimeout(SECONDS)
        try:
            client.connect(path)
        except OSError:
            return False
        return True
