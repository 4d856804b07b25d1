"""The raw frame: a chat model goes on writing a script, without its template."""

from stage.play.cast import Cast, Member
from stage.play.cutting import CutRule
from stage.play.prompting.frame import Frame
from stage.play.prompting.script import openings, transcript

# What chat models write when they believe a turn is over.
CONTROLS = (
    "<|im_end|>", "<|im_start|>", "<|endoftext|>", "<|eot_id|>", "<|start_header_id|>", "<|end|>",
    "<|user|>", "<|assistant|>", "<end_of_turn>", "<start_of_turn>", "</s>", "[INST]", "[/INST]",
)  # fmt: skip


def _cut(viewer: Member, cast: Cast) -> CutRule:
    return CutRule.of(viewer, cast, blocks=True, stops=CONTROLS)


ENTRY = Frame("raw", "Raw transcript", "text", transcript, _cut, openings)
