"""Frames: the form a dialogue takes as a prompt. One file a frame."""

from stage.kit.registry import Registry
from stage.play.prompting.frame import Frame

FRAMES: Registry[Frame] = Registry(
    __name__,
    "transcript",
    "screenplay",
    "self",
    "all_assistant",
    "script_user",
    "raw",
    "prose",
    "untitled",
    "user_slot",
)
OWN = "own"  # said for no frame of one's own: the one that the model's kind has
DEFAULTS = {"base": "transcript", "unknown": "transcript", "chat": "self"}
