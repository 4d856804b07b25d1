"""stage redo: do again what was undone last in a play."""

from stage.app.commands.do import step
from stage.director.director import Director

ENTRY = step("redo", "do again what was undone last", Director.redo)
