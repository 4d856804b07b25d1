"""What the window says: every word for an enum, a number or a state, in one place."""

from collections.abc import Mapping
from typing import Any

from stage.play.line import Cut, Kind, Line, Status

KINDS: dict[Kind, str] = {
    Kind.SCENE: "scene",
    Kind.SPEECH: "",
    Kind.THOUGHT: "thought",
    Kind.ASIDE: "aside",
    Kind.WHISPER: "whisper",
    Kind.DIRECTION: "direction",
    Kind.NARRATION: "scene",
    Kind.OOC: "out of character",
    Kind.ENTER: "enters",
    Kind.EXIT: "leaves",
}
TYPED = {  # kinds one may choose for one's own words
    Kind.SPEECH: "speech", Kind.THOUGHT: "thought", Kind.ASIDE: "aside", Kind.WHISPER: "whisper",
    Kind.DIRECTION: "direction", Kind.NARRATION: "narration", Kind.OOC: "out of character",
}  # fmt: skip
ADDRESSED = (Kind.SPEECH, Kind.WHISPER, Kind.DIRECTION, Kind.ASIDE)  # meant for somebody, perhaps
_ENDS: dict[Cut, str] = {
    Cut.EOG: "the model ended its turn",
    Cut.LABEL: "another began to speak",
    Cut.NEW_NAME: "a new name began to speak",
    Cut.BLOCK_END: "the passage ended",
    Cut.STOP_STRING: "a stop text came",
    Cut.LENGTH: "length limit reached",
    Cut.CONTEXT: "context full",
    Cut.USER: "stopped by you",
    Cut.ERROR: "interrupted by an error",
}
RULES = {
    "round_robin": "round robin",
    "manual": "you choose",
    "list": "in cast order",
    "pooled": "who has not spoken",
    "mention": "who is named",
    "talkativeness": "by talkativeness",
    "natural": "natural order",
    "narrator": "with the narrator",
    "script": "as scripted",
    "model": "as the model expects",
    "director": "a model directs",
    "ghost": "begun by another's model",
}
FRAMES = {
    "transcript": "transcript",
    "screenplay": "screenplay",
    "self": "self",
    "all_assistant": "all as assistant",
    "script_user": "script from the user",
    "raw": "raw transcript",
    "untitled": "untitled file",
    "user_slot": "in the user's turn",
}
_STEPS = {
    "temperature": "temp",
    "top_k": "top-k",
    "top_p": "top-p",
    "min_p": "min-p",
    "typical": "typical",
    "penalties": "penalties",
}


def beside_prompt(prompt: Mapping[str, Any]) -> list[str]:
    """What a prompt as sent does not show: what came into it by itself, and what is not in it."""
    rows = []
    for segment in prompt.get("segments", ()):
        if "lore" in segment:
            rows.append(f"Lore: {segment['lore']}, for {segment['key']}.")
        for each in segment.get("macros", ()):
            rows.append(f"Macro: {each['macro']} is {each['value']!r}.")
    for each in prompt.get("dropped", ()):
        tokens = count(each["tokens"], "token")
        rows.append(f"Left out: {each['what']}, {tokens}, {each['rule']}.")
    rows += [f"Repaired: {each}." for each in prompt.get("repairs", ())]
    return [*rows, *(f"Note: {each}." for each in prompt.get("warnings", ()))]


def ending(line: Line) -> str:
    """Why a line ended, in words."""
    if line.status is Status.RUNNING:
        return "still speaking"
    if line.reason is None:
        return "interrupted" if line.status is Status.INTERRUPTED else "typed"
    return _ENDS[line.reason]


def sampler(data: Mapping[str, Any]) -> str:
    """A stored sampler chain as one phrase: "temp 1, nothing cut"."""
    chain = list(data.get("chain", ()))
    if chain and chain[-1].get("name") == "greedy":
        return "greedy, always the likeliest"
    parts = [_step(step) for step in chain if step.get("name") not in ("dist", "greedy")]
    if not any(step.get("name") in ("top_k", "top_p", "min_p", "typical") for step in chain):
        parts.append("nothing cut")
    return ", ".join(parts)


def _step(step: Mapping[str, Any]) -> str:
    name = str(step.get("name"))
    told = [value for key, value in step.items() if key not in ("name", "keep")]
    numbers = [f"{value:g}" for value in told if isinstance(value, int | float)]
    return " ".join([_STEPS.get(name, name), *numbers])


def number(value: float) -> str:
    """A whole number with thousands set apart."""
    return f"{round(value):,}"


def percent(share: float) -> str:
    """A probability as one reads it: 41 %, 3.2 %, 0.04 %."""
    value = share * 100
    return f"{value:.0f} %" if value >= 10 else f"{value:.1f} %" if value >= 1 else f"{value:.2g} %"


def speed(tokens: int, seconds: float) -> str:
    """Tokens per second, "" while there is nothing to divide."""
    return f"{tokens / seconds:.1f} tok/s" if tokens > 1 and seconds > 0.05 else ""


def progress(what: str, done: int, total: int) -> str:
    """How far a model has got: "reading weights 43 %", "reading prompt 512/2,048"."""
    if what == "reading weights":
        return f"{what} {round(100 * done / max(total, 1))} %"
    return f"{what} {number(done)}/{number(total)}"


def count(many: int, one: str, more: str = "") -> str:
    """A number with its noun: "1 line", "12 lines"."""
    return f"{number(many)} {one if many == 1 else more or one + 's'}"


def ago(seconds: float) -> str:
    """How long ago, roughly."""
    for size, noun in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size:
            return f"{count(int(seconds // size), noun)} ago"
    return "just now"
