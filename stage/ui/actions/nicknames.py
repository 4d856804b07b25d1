"""What other programs call an action; the palette finds it by these words, too."""

NICKNAMES = {
    "again": "regenerate reroll retry",
    "archive": "hide",
    "canonical": "main path",
    "chains": "collapse chains",
    "delete": "remove",
    "fan-out": "generate children",
    "fold": "collapse",
    "fold-all": "collapse",
    "merge": "join",
    "name": "rename chapter",
    "new-child": "child node",
    "new-parent": "parent node",
    "new-sibling": "sibling node",
    "prune": "prune",
    "recast": "sampler temperature frame",
    "reparent": "reparent re-parent",
    "settings": "preferences options",
    "stand": "visit",
    "tint": "logprobs probabilities",
    "unfold-all": "expand",
}
