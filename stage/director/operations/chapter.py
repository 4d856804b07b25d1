"""chapter: a line has a title, and a chapter of the play begins there."""

from stage.director.operations.marking import write

ENTRY = write("chapter", "title", "give a line a title: a chapter begins there")
