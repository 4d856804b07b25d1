"""The loss report of an export: what of a play the chosen form does not keep."""

from collections import Counter
from collections.abc import Iterator, Mapping

from stage.formats.format import Format, Source
from stage.formats.neutral import Loss, Losses
from stage.play.line import Kind, Line, Status

_LABELS = {
    "note": "notes", "tag": "tags", "rating": "ratings", "bookmark": "bookmarks",
    "chapter": "chapters", "canonical": "the mark of the canonical path", "read": "read marks",
    "collapse": "what is folded", "archive": "what was put away", "hoist": "what was hoisted",
}  # fmt: skip
_ASPECTS = {  # what a format may keep -> what is lost where it does not
    "tokens": "tokens with their log-probabilities and alternatives",
    "scores": "what models that were asked about lines made of them",
    "sampling": "how a line was drawn: seed and sampler",
    "takes": "the prompt that a line was made after, and the engine",
    "model": "which model made a line",
    "take": "which take of its model a line is",
    "kind": "whether a line is speech, thought, narration or something else",
    "audience": "who heard a line",
    "status": "that a line was interrupted",
    "moved": "after which line a moved one was spoken",
}


def losses(source: Source, form: Format) -> tuple[Loss, ...]:
    """What is in the play and will not be in the file, counted; none for a lossless form."""
    if form.lossless:
        return ()
    report = Losses()
    lines = [line for line in source.tree if line.kind is not Kind.SCENE]
    written = {line.id for line in form.chosen(source)}
    deleted = source.tree.deleted()
    left = [line for line in lines if line.id not in written]
    _note(
        report, "branches", "lines of other branches", sum(each.id not in deleted for each in left)
    )
    _note(report, "deleted", "lines in the bin", sum(each.id in deleted for each in left))
    kept = [line for line in lines if line.id in written]
    keeps = form.keeps - form.named if form.named and source.writer else form.keeps
    found = Counter(aspect for line in kept for aspect in _aspects(line))
    found["scores"] = sum(source.scored.get(line.id, 0) for line in kept)
    for aspect, words in _ASPECTS.items():
        if aspect not in keeps:
            _note(report, aspect, words, found[aspect])
    marks = Counter(key.partition(":")[0] for line in kept for key in line.labels)
    for kind, words in _LABELS.items():
        if kind not in form.keeps:
            _note(report, kind, words, marks[kind])
    _note(
        report, "cast", "the cards, models and settings of the cast", len(source.scene.cast.members)
    )
    if source.scene.setting and "setting" not in form.keeps:
        _note(report, "setting", "the setting of the scene", 1)
    _note(report, "history", "the history, with all that could be undone", 1)
    for code, (words, count) in _changed(form, kept):
        if count:
            report.add("changed", code, words, count=count)
    return report.rows()


def _note(report: Losses, code: str, words: str, count: int) -> None:
    if count:
        report.add("dropped", code, words, count=count)


def _aspects(line: Line) -> Iterator[str]:
    given: Mapping[str, bool] = {
        "tokens": line.generated > 0,
        "sampling": line.model is not None,
        "takes": line.model is not None,
        "model": line.model is not None,
        "take": line.take > 1,
        "kind": line.kind is not Kind.SPEECH,
        "audience": line.heard_by is not None,
        "status": line.status is Status.INTERRUPTED,
        "moved": line.moved,
    }
    return (aspect for aspect, there in given.items() if there)


def _changed(form: Format, kept: list[Line]) -> Iterator[tuple[str, tuple[str, int]]]:
    for code, (words, sign) in form.changes.items():
        yield code, (words, sum(sign(line.text) for line in kept))
