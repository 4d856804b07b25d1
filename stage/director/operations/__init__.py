"""Operations: everything that can be done to a play, one file each; window and shell use these."""

from stage.director.operations.operation import Operation
from stage.kit.registry import Registry

OPERATIONS: Registry[Operation] = Registry(
    __name__,
    "add",
    "takes",
    "edit",
    "split",
    "merge",
    "move",
    "reorder",
    "delete",
    "restore",
    "archive",
    "bookmark",
    "tag",
    "note",
    "rate",
    "canonical",
    "read",
    "hoist",
    "collapse",
    "rename",
    "chapter",
    "prune",
    "recast",
    "newcomer",
)
