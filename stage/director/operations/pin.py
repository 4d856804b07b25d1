"""pin: a line stays in prompts longest when there is no room for all."""

from stage.director.operations.marking import mark

ENTRY = mark("pin", "pin", "keep a line in prompts longest when there is no room",
             off_title="pin taken")  # fmt: skip
