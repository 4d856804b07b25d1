"""note: a text beside a line, never part of a prompt."""

from stage.director.operations.marking import write

ENTRY = write("note", "note", "write a note beside a line")
