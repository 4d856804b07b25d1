"""Plain text for reading and for other programs: nothing but what was said, as it was said.

A play of nothing but a text is written as that text, as its models received it; of any other one
each line stands after the name of who said it.
"""

from collections.abc import Iterator, Sequence

from stage.formats.format import Format, Source
from stage.play.line import Line
from stage.play.prompting.prose import joined, written_by

_BETWEEN = "\n\n---\n\n"  # two branches


def write(source: Source) -> Iterator[str]:
    """Yield the chosen branch, or every branch from its beginning."""
    if not source.whole:
        yield from _branch(source.path(), source)
        return
    leaves = [line for line, _ in source.walk() if not source.tree.children(line.id)]
    for number, leaf in enumerate(leaves):
        if number:
            yield _BETWEEN
        yield from _branch(source.tree.path(leaf.id)[1:], source)


def _branch(path: Sequence[Line], source: Source) -> Iterator[str]:
    cast = source.scene.cast
    writer = written_by(path, cast)
    if writer is not None:
        yield from joined(path, writer)
        return
    for line in path:
        yield f"{cast.label_of(line)}: {line.text}\n\n" if line.text else ""


ENTRY = Format("text", "Plain text", ".txt", lambda head: 0.0, write)
