"""What the window says: every word for an enum, a number or a state, in one place."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import PurePath
from typing import Any

from PySide6.QtCore import QCoreApplication

from stage.director.prompts import WHY, View
from stage.formats.neutral import Loss
from stage.measures.average import FEWEST
from stage.measures.stops import WORDS
from stage.play.line import Cut, Kind, Line, Status
from stage.ui.dress.eliding import beginning


def tr(context: str, text: str) -> str:
    """A text of a table in the user's language; widgets have their own `tr`."""
    return QCoreApplication.translate(context, text) if text else ""


def _say(text: str) -> str:
    return tr("words", text)


_LOSSES = {"dropped": "dropped", "changed": "changed", "invented": "made up"}
_KINDS: dict[Kind, str] = {
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
_RULES = {
    "round_robin": "round robin",
    "manual": "you choose",
    "list": "in cast order",
    "pooled": "who has not spoken",
    "mention": "who is named",
    "talkativeness": "by talkativeness",
    "natural": "natural order",
    "natural/st": "natural order, as SillyTavern draws it",
    "narrator": "with the narrator",
    "script": "as scripted",
    "model": "as the model expects",
    "director": "a model directs",
    "ghost": "begun by another's model",
}
_FRAMES = {
    "own": "as the model's kind has it",
    "transcript": "transcript",
    "screenplay": "screenplay",
    "self": "self",
    "all_assistant": "all as assistant",
    "script_user": "script from the user",
    "raw": "raw transcript",
    "prose": "prose, without names",
    "untitled": "untitled file",
    "user_slot": "in the user's turn",
}
_COLOURS = {
    "surprise": "surprise",
    "entropy": "entropy",
    "difference": "difference",
}
_STEPS = {
    "temperature": "temp",
    "top_k": "top-k",
    "top_p": "top-p",
    "min_p": "min-p",
    "typical": "typical",
    "penalties": "penalties",
}
_PHASES = {
    "closed": "not loaded",
    "loading": "reading weights",
    "ready": "ready",
    "busy": "speaking",
    "stopping": "stopping",
    "crashed": "crashed",
}
_MARKS = {
    "bookmark": "bookmarked",
    "chapter": "titled",
    "note": "note",
    "pin": "pinned",
    "archive": "archived",
    "hidden": "deleted",
}
_MORE = {
    "line": "lines",
    "take": "takes",
    "branch": "branches",
    "token": "tokens",
    "word": "words",
    "pair": "pairs",
    "run": "runs",
    "word run": "word runs",
    "turn": "turns",
    "score": "scores",
    "part": "parts",
    "version": "versions",
    "entry": "entries",
    "repair": "repairs",
    "day": "days",
    "hour": "hours",
    "minute": "minutes",
    "play": "plays",
    "thing": "things",
    "problem": "problems",
    "model": "models",
    "file": "files",
}


def kind(of: Kind) -> str:
    """A kind of line, "" for plain speech."""
    return _say(_KINDS[of])


def silence(line: Line) -> str:
    """That a model said nothing, where it did; else ""."""
    over = line.model is not None and line.status is not Status.RUNNING
    return _say("nothing said") if over and not line.text.strip() else ""


def labels(line: Line, *, moved: bool, titled: bool = True, noted: bool = True) -> list[str]:
    """What a line is marked with; `titled`: its title first; `noted`: that it has a note."""
    if not line.labels and not moved:
        return []
    marks = {
        "bookmarked": line.bookmarked,
        "archived": line.archived,
        "the path that counts": "canonical" in line.labels,
        "moved": moved,
        "note": noted and bool(line.note),
    }
    said = [beginning(line.chapter)] if line.chapter and titled else []
    said += [_say(word) for word, there in marks.items() if there]
    if line.rating is not None:
        said.append(_say("rated {0} of 5").format(line.rating))
    return [*said, *(f"#{beginning(name)}" for name in line.tags)]


def marked(marks: Iterable[str]) -> str:
    """The marks of a row of the outline."""
    return ", ".join(_say(_MARKS[each]) for each in _MARKS if each in marks)


def rule(name: str) -> str:
    """A speaker rule."""
    return _say(_RULES.get(name, name))


def frame(name: str) -> str:
    """A frame."""
    return _say(_FRAMES.get(name, name))


def colour_by(name: str) -> str:
    """What tokens are coloured by."""
    return _say(_COLOURS[name])


def beside_prompt(prompt: Mapping[str, Any]) -> list[str]:
    """What a prompt as sent does not show: what came into it by itself, and what is not in it."""
    rows = []
    for segment in prompt.get("segments", ()):
        if "lore" in segment:
            always = segment["key"] in ("always", "constant")
            said = _say("Told always: {0}.") if always else _say("Lore: {0}, for {1}.")
            rows.append(said.format(segment["lore"], segment["key"]))
        for each in segment.get("macros", ()):
            rows.append(_say("Macro: {0} is {1}.").format(each["macro"], repr(each["value"])))
    for each in prompt.get("dropped", ()):
        tokens = count(each["tokens"], "token")
        what = count(each["lines"], "line") if "lines" in each else each["what"]
        rows.append(_say("Left out: {0}, {1}, {2}.").format(what, tokens, each["rule"]))
    rows += [_say("Repaired: {0}.").format(each) for each in prompt.get("repairs", ())]
    return [*rows, *(_say("Note: {0}.").format(each) for each in prompt.get("warnings", ()))]


def beside_view(seen: View) -> list[str]:
    """The same of a prompt that would be sent."""
    prepared = seen.received.prepared
    rows = [
        _say("Left out: {0}, {1}, {2}.").format(
            each.what, count(each.tokens, "token"), _say(WHY[each.why])
        )
        for each in seen.left_out
    ]
    told = {"segments": prepared.segments, "repairs": prepared.repairs,
            "warnings": prepared.warnings}  # fmt: skip
    return [*rows, *beside_prompt(told)]


def cut(reason: Cut) -> str:
    """A reason why a line ends."""
    return _say(WORDS[reason])


def ending(line: Line) -> str:
    """Why a line ended, in words."""
    if line.status is Status.RUNNING:
        return _say("still speaking")
    if line.reason is None:
        return _say("interrupted" if line.status is Status.INTERRUPTED else "typed")
    return _say(WORDS[line.reason])


def stop(reason: str) -> str:
    """A stored reason for which a line ended, in words."""
    return _say(WORDS[Cut(reason)]) if reason in set(Cut) else reason


def sampler(data: Mapping[str, Any]) -> str:
    """A stored sampler chain as one phrase: "temp 1, nothing cut"."""
    chain = list(data.get("chain", ()))
    if chain and chain[-1].get("name") == "greedy":
        return _say("greedy, always the likeliest")
    parts = [_step(step) for step in chain if step.get("name") not in ("dist", "greedy")]
    if not any(step.get("name") in ("top_k", "top_p", "min_p", "typical") for step in chain):
        parts.append(_say("nothing cut"))
    return ", ".join(parts)


def _step(step: Mapping[str, Any]) -> str:
    name = str(step.get("name"))
    told = [value for key, value in step.items() if key not in ("name", "keep")]
    numbers = [f"{value:g}" for value in told if isinstance(value, int | float)]
    return " ".join([_say(_STEPS.get(name, name)), *numbers])


def number(value: float) -> str:
    """A whole number with thousands set apart."""
    return f"{round(value):,}"


def percent(share: float) -> str:
    """A probability as one reads it: 41 %, 3.2 %, 0.04 %."""
    value = share * 100
    return f"{value:.0f} %" if value >= 10 else f"{value:.1f} %" if value >= 1 else f"{value:.2g} %"


def speed(tokens: int, seconds: float) -> str:
    """Tokens per second, "" while there is nothing to divide."""
    if tokens < 2 or seconds <= 0.05:
        return ""
    return _say("{0} tok/s").format(f"{tokens / seconds:.1f}")


def few_tokens() -> str:
    """Why a mean over tokens stands without an interval."""
    return _say("No interval of fewer than {0} tokens.").format(FEWEST)


def progress(what: str, done: int, total: int) -> str:
    """How far a model has got: "reading weights 43 %", "reading prompt 512/2,048"."""
    if what == "reading weights":
        return f"{_say(what)} {round(100 * done / max(total, 1))} %"
    return f"{_say(what)} {number(done)}/{number(total)}"


def progress_of(what: str, done: int, total: int) -> str:
    """How much of something of a known size is done: "reading 43 %"."""
    return f"{what} {round(100 * done / max(total, 1))} %"


def loss(of: Loss) -> str:
    """What an import or export did not keep as it was."""
    said = _say(_LOSSES.get(of.severity, of.severity))
    where = f" ({of.where})" if of.where else ""
    times = _say(", {0} times").format(number(of.count)) if of.count > 1 else ""
    return f"{said}: {of.text}{where}{times}"


def size(count_: int) -> str:
    """Bytes as one reads them: 8.9 MB, 4.37 GB."""
    return f"{count_ / 1e9:.2f} GB" if count_ >= 1e9 else f"{count_ / 1e6:.1f} MB"


def phase(name: str) -> str:
    """What a model is doing."""
    return _say(_PHASES.get(name, name))


def models(files: Sequence[str]) -> str:
    """Models by the names of their files."""
    return ", ".join(dict.fromkeys(PurePath(each).stem for each in files))


def moment(seconds: float, now: float) -> str:
    """When something was, in the user's own time: "14:02" today, else "20 Nov 2026, 14:02"."""
    then, today = datetime.fromtimestamp(seconds), datetime.fromtimestamp(now)
    time = then.strftime("%H:%M")
    return time if then.date() == today.date() else f"{then.day} {then.strftime('%b %Y')}, {time}"


def count(many: int, noun: str) -> str:
    """A number with its noun, one of _MORE: "1 line", "12 lines"."""
    return _say("{0} " + (noun if many == 1 else _MORE[noun])).format(number(many))


def ago(seconds: float) -> str:
    """How long ago, roughly."""
    for size, noun in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size:
            return _say("{0} ago").format(count(int(seconds // size), noun))
    return _say("just now")
