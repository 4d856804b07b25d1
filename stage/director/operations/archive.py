"""archive: a branch, or a whole play, is put away, out of sight but not in the bin."""

from stage.director.operations.marking import mark

ENTRY = mark(
    "archive", "archiving", "put a branch away; without a line, the play", off_title="unpacking",
    plays=True,
)  # fmt: skip
