"""archive: a branch is put away, out of sight but not in the bin."""

from stage.director.operations.marking import mark

ENTRY = mark("archive", "archiving", "put a branch away", off_title="unpacking")
