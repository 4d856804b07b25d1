"""stage undo: reverse the last step of a play."""

from stage.app.commands.do import step
from stage.director.director import Director

ENTRY = step("undo", "reverse the last step of a play", Director.undo)
