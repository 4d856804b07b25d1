"""Markdown for reading: `**Name:**` blocks. What a model said shows verbatim, never as markup.

A play of just text is written as that text: nobody is named in it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from stage.formats.format import Format, Source
from stage.play.cast import Cast
from stage.play.line import Kind, Line, Status

_ANYWHERE = re.compile(r"([\\`*_\[\]])")
# Characters that some dialects cannot escape with a backslash, as references.
_REFERENCES = str.maketrans({"&": "&amp;", "<": "&lt;", "~": "&#126;", "|": "&#124;", "$": "&#36;"})
_START = re.compile(r"(?=[#>+\-])")  # a heading, quotation or list
_NUMBER = re.compile(r"(\d+)(?=[.)])")  # a numbered list
_BLANKS = " \t"
_MARKS = {Kind.THOUGHT: "thinks", Kind.ASIDE: "aside", Kind.OOC: "out of character"}


def verbatim(text: str) -> list[str]:
    """Write text so that Markdown shows it as it is; one item a row, an empty one for a blank."""
    return [_row(row) for row in re.split(r"\r\n|\r|\n", text)]


def in_cell(text: str) -> str:
    """Text as it is, in one cell of a table."""
    return "<br>".join(verbatim(text))


def table(rows: Iterable[Sequence[str]]) -> list[str]:
    """A table of cells that are Markdown already; the first row is its head."""
    head, *others = rows
    return [f"| {' | '.join(cells)} |" for cells in (head, ["---"] * len(head), *others)]


def _row(row: str) -> str:
    row = _ANYWHERE.sub(r"\\\1", row.translate(_REFERENCES))
    row = _START.sub(r"\\", row, count=1) if _START.match(row) else row
    row = "&#61;" + row[1:] if row.startswith("=") else row
    row = _NUMBER.sub(r"\1\\", row, count=1) if _NUMBER.match(row) else row
    said = row.strip(_BLANKS)  # a pattern would look at every run of blanks from each of them
    before, _, after = row.partition(said) if said else (row, "", "")
    return "".join((_shown(before), said, _shown(after)))


def _shown(blanks: str) -> str:
    return "".join(f"&#{ord(each)};" for each in blanks)


def _block(line: Line, source: Source) -> str:
    rows, note = verbatim(line.text), _note(line, source.model_of(line))
    if line.kind in (Kind.NARRATION, Kind.DIRECTION, Kind.ENTER, Kind.EXIT):
        rows = [f"*{row}*" if row else "" for row in rows]
        return _joined(rows) + note
    name = verbatim(str(source.scene.cast.label_of(line)))[0] + _mark(line, source)
    rows[0] = f"**{name}:**{note} {rows[0]}".rstrip()
    return _joined(rows)


def _joined(rows: list[str]) -> str:
    """Rows of a paragraph end in a hard break; a blank row begins a new paragraph."""
    return re.sub(r"(?<=\S)\n(?=\S)", "  \n", "\n".join(rows)).strip("\n")


def _mark(line: Line, source: Source) -> str:
    if line.kind is Kind.WHISPER and line.heard_by:
        names = source.meant_for(line)
        return f" (to {verbatim(', '.join(names))[0]})"
    return f" ({_MARKS[line.kind]})" if line.kind in _MARKS else ""


def _note(line: Line, model: str | None) -> str:
    said = [verbatim(model)[0]] if model else []
    said += [f"take {line.take}"] if line.take > 1 else []
    said += ["interrupted"] if line.status is Status.INTERRUPTED else []
    return f" *({', '.join(said)})*" if said else ""


def write(source: Source) -> Iterator[str]:
    """Yield title, setting and the lines of the path; or of every branch, each under a heading."""
    cast = source.scene.cast
    yield f"# {' '.join(verbatim(source.scene.title))}\n"
    if source.scene.setting:
        yield "\n" + _joined([f"*{row}*" if row else "" for row in verbatim(source.scene.setting)])
        yield "\n"
    for section in source.sections():
        if section.new:
            after = source.tree[str(section.lines[0].parent)]
            yield f"\n---\n\n## After {_brief(after, cast, named=section.text is None)}\n"
        if section.text is not None:
            yield f"\n{_joined(verbatim(section.text))}\n"
            continue
        for line in section.lines:
            yield f"\n{_block(line, source)}\n"


def _brief(line: Line, cast: Cast, *, named: bool) -> str:
    if line.kind is Kind.SCENE:
        return "the beginning"
    words = " ".join(line.text.split())
    short = verbatim(words if len(words) <= 60 else words[:59] + "…")[0]
    return f"{verbatim(str(cast.label_of(line)))[0]}: {short}" if named else f"“{short}”"


KEPT = frozenset({"model", "take", "kind", "status", "setting"})
NAMED = frozenset({"model", "take", "status"})
ENTRY = Format("markdown", "Markdown", ".md", lambda head: 0.0, write, keeps=KEPT, named=NAMED)
