"""What is said of runs, in words."""

from collections.abc import Sequence

from stage.director.opened import OpenPlay
from stage.director.records import RunTake
from stage.director.runs.told import Told
from stage.kit import clock
from stage.ui import words
from stage.ui.lanes.verbatim import excerpt
from stage.ui.words import tr

STATES = {
    "queued": "queued", "running": "running", "stopping": "stopping", "done": "done",
    "cancelled": "cancelled", "part failed": "part failed", "failed": "failed",
}  # fmt: skip
FIRST = 90  # characters of a line


def state(run: Told) -> str:
    """How it stands, with numbers: "running 3 of 8"."""
    said = tr("runs", STATES[run.state])
    if run.state == "queued":
        return tr("runs", "{0}, number {1}").format(said, run.place)
    if run.state == "done":
        return said
    return tr("runs", "{0}, {1} of {2}").format(
        said, words.number(run.ended if run.on else run.done), words.number(run.asked.total)
    )


def rest(run: Told) -> str:
    """How long it will take, or why nobody knows; "" for one that has ended."""
    if run.state == "queued":
        return tr("runs", "It begins when the run before it has ended.")
    if run.state == "stopping":
        return tr("runs", "It stops; what was said is kept.")
    if run.state != "running":
        return ""
    if run.reading is not None and not run.tokens:
        return words.progress(run.reading.what, run.reading.done, run.reading.total)
    if run.left is None:
        return tr("runs", "Time left: unknown until something is measured.")
    return tr("runs", "About {0} left.").format(span(run.left))


def span(seconds: float) -> str:
    """A time as one reads it: "0.7 s", "12 s", "3 min 20 s"."""
    if seconds < 10:
        return tr("runs", "{0} s").format(f"{seconds:.1f}")
    if seconds < 60:
        return tr("runs", "{0} s").format(f"{seconds:.0f}")
    return tr("runs", "{0} min {1} s").format(*(f"{each:.0f}" for each in divmod(seconds, 60)))


def who(run: Told, play: OpenPlay) -> str:
    """Its members, by their labels."""
    cast = play.scene.cast
    return ", ".join(cast.label(each) or each for each in run.asked.members)


def models(run: Told, play: OpenPlay) -> str:
    """Its models, by their titles."""
    return ", ".join(play.title_of(each) for each in run.asked.models)


def title(run: Told, play: OpenPlay) -> str:
    """What was asked for: "8 takes, Iris"."""
    takes = words.count(run.asked.total, "take")
    return tr("runs", "{0}, {1}").format(takes, who(run, play))


def line(play: OpenPlay, id_: str) -> str:
    """How the line begins that a run comes after."""
    if id_ == play.start or id_ not in play.tree:
        return tr("runs", "the beginning")
    said = play.tree[id_]
    label = play.scene.cast.label_of(said)
    began = excerpt(said.text, FIRST)
    return f"{label}: {began}" if label else began


def facts(run: Told) -> list[str]:
    """What came of it, in numbers."""
    said = []
    if run.begun is not None:
        said.append(words.moment(run.begun, clock.now()))
    if run.seconds:
        said.append(span(run.seconds))
    if run.tokens:
        made = tr("runs", "{0} generated")  # more than the lines themselves have
        said.append(made.format(words.count(run.tokens, "token")))
    if run.speed is not None:
        said.append(tr("runs", "{0} tokens/s").format(f"{run.speed:.1f}"))
    counts = ((run.stopped, "{0} stopped"), (run.failed, "{0} broke off"),
              (0 if run.on else run.lacking, "{0} never begun"),
              (run.deleted, "{0} in the bin since"))  # fmt: skip
    said += [tr("runs", name).format(words.number(many)) for many, name in counts if many]
    return said


def reasons(run: Told, play: OpenPlay) -> str:
    """Why takes are lacking, a row a model; "" where none are."""
    rows = [run.refused] if run.refused else []
    for each in run.failures:
        label = play.scene.cast.label(each.speaker) or ""
        rows.append(f"{play.title_of(each.model)}, {label}: {each.said}")
    return "\n".join(rows)


def seeds(numbers: Sequence[int], asked: int | None) -> str:
    """The seed that was asked for; of one take its own, too."""
    said = tr("runs", "seed of the play") if asked is None else tr("runs", "seed {0}").format(asked)
    return tr("runs", "{0} ({1})").format(said, numbers[0]) if len(numbers) == 1 else said


def samplers(takes: Sequence[RunTake], play: OpenPlay) -> list[str]:
    """How tokens were chosen; where takes differ in it, by which models."""
    found: dict[str, set[str]] = {}
    for each in takes:
        found.setdefault(words.sampler(each.sampler), set()).add(each.model)
    if len(found) < 2:
        return list(found)
    order = {name: at for at, name in enumerate(play.scene.models)}
    told = [(sorted(names, key=lambda name: order.get(name, -1)), how)
            for how, names in found.items()]  # fmt: skip
    told.sort(key=lambda each: order.get(each[0][0], -1))
    return [f"{', '.join(map(play.title_of, names))}: {how}" for names, how in told]
