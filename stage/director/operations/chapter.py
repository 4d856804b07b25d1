"""chapter: a chapter of the play begins at a line."""

from stage.director.operations.marking import write

ENTRY = write("chapter", "chapter", "begin a chapter at a line")
