"""bookmark: a line that somebody wants to find again."""

from stage.director.operations.marking import mark

ENTRY = mark("bookmark", "bookmark", "mark a line to find it again", off_title="unmarking")
