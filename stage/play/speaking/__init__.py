"""Speaker rules: who speaks next. Pure, seeded, with a reason. One file a rule."""

from stage.kit.registry import Registry
from stage.play.speaking.rule import Rule

RULES: Registry[Rule] = Registry(
    __name__,
    "round_robin",
    "manual",
    "list",
    "pooled",
    "mention",
    "talkativeness",
    "natural",
    "narrator",
    "script",
    "model",
    "director",
)
