"""HTML for reading: one file that needs no other and can run nothing.

What was said is Markdown to the library of that name, which passes raw HTML and makes links. So
the characters that begin either are put aside before and come back as references; what remains
is emphasis, code, lists and headings. The page's policy forbids everything but its own style.
A play of just text is written as that text: nobody is named in it.
"""

import re
from collections.abc import Iterator
from functools import cache
from html import escape
from typing import Any

from stage.formats.format import Format, Source
from stage.play.cast import Cast
from stage.play.line import Kind, Line, Status

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_STYLE = (
    "body{max-width:42em;margin:2em auto;padding:0 1em;font:1rem/1.55 Georgia,serif;"
    "color:#1b1b1b;background:#fdfcf9}h1{font-size:1.6em}h2{font-size:1.1em;margin-top:3em;"
    "border-top:1px solid #bbb;padding-top:1em;color:#555}article{margin:1.1em 0}"
    ".who{font-weight:bold}.note{font-weight:normal;color:#6a6a6a;font-size:.85em}"
    ".setting,.narration,.direction{font-style:italic}pre{white-space:pre-wrap}"
    "article>div>:first-child{margin-top:.1em}"
    "@media(prefers-color-scheme:dark){body{color:#e6e3dc;background:#191817}"
    "h2,.note{color:#a5a19a}}"
)
# Noncharacters stand for what must not be markup; Unicode keeps them free for such use.
_ASIDE = str.maketrans("<>&[]!", "\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4\ufdd5")
_BACK = str.maketrans(
    {"\ufdd0": "&lt;", "\ufdd1": "&gt;", "\ufdd2": "&amp;", "\ufdd3": "&#91;", "\ufdd4": "&#93;",
     "\ufdd5": "!"}
)  # fmt: skip
_STRANGE = re.compile("[\ufdd0-\ufdd5\x00-\x08\x0b\x0c\x0e-\x1f]")
_RUN = re.compile(r"[*_`#]{12}|^[ \t>]{24}|^(?:[ \t]*(?:[-+*]|\d+\.)[ \t]+){6}", re.MULTILINE)
_MARKS, _LONGEST = 2000, 200_000  # more than that is shown as it is
_KINDS = {Kind.THOUGHT: "thinks", Kind.ASIDE: "aside", Kind.OOC: "out of character"}


def rendered(text: str) -> str:
    """What was said as HTML; as it is where the Markdown library would take too long."""
    text = _STRANGE.sub("\ufffd", text)
    marks = sum(text.count(mark) for mark in "*_`")
    if len(text) > _LONGEST or marks > _MARKS or _RUN.search(text):
        return f"<pre>{escape(text, quote=False)}</pre>"
    try:
        made = _reader().reset().convert(text.translate(_ASIDE))
    except (RecursionError, ValueError):
        _reader.cache_clear()
        return f"<pre>{escape(text, quote=False)}</pre>"
    return str(made).translate(_BACK)


@cache
def _reader() -> Any:
    """One reader for all texts: making it costs more than most texts do."""
    import markdown

    return markdown.Markdown(extensions=["nl2br", "sane_lists"], output_format="html")


def write(source: Source) -> Iterator[str]:
    """Yield the page: title, setting and the lines; where a branch begins, after which line."""
    scene = source.scene
    title = escape(scene.title)
    yield (
        '<!DOCTYPE html>\n<html lang="und">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
    )
    if scene.setting:
        yield f'<div class="setting">{rendered(scene.setting)}</div>\n'
    for section in source.sections():
        if section.new:
            after = source.tree[str(section.lines[0].parent)]
            yield f"<h2>After {_brief(after, scene.cast, named=section.text is None)}</h2>\n"
        if section.text is not None:
            yield f'<article class="prose"><div>{rendered(section.text)}</div></article>\n'
            continue
        for line in section.lines:
            yield _article(line, source)
    yield "</body>\n</html>\n"


def _article(line: Line, source: Source) -> str:
    who = ""
    if line.kind not in (Kind.NARRATION, Kind.DIRECTION):
        name = escape(str(source.scene.cast.label_of(line)))
        who = f'<span class="who">{name}{_mark(line, source)}</span>'
    note = _note(line, source.model_of(line))
    head = f"<div>{who}{note}</div>" if who or note else ""
    return (
        f'<article id="line-{escape(line.id)}" class="{line.kind}">{head}'
        f"<div>{rendered(line.text)}</div></article>\n"
    )


def _mark(line: Line, source: Source) -> str:
    if line.kind is Kind.WHISPER and line.heard_by:
        names = source.meant_for(line)
        return f" (to {escape(', '.join(names))})"
    return f" ({_KINDS[line.kind]})" if line.kind in _KINDS else ""


def _note(line: Line, model: str | None) -> str:
    said = [model] if model else []
    said += [f"take {line.take}"] if line.take > 1 else []
    said += ["interrupted"] if line.status is Status.INTERRUPTED else []
    return f' <span class="note">{escape(", ".join(said))}</span>' if said else ""


def _brief(line: Line, cast: Cast, *, named: bool) -> str:
    if line.kind is Kind.SCENE:
        return "the beginning"
    words = " ".join(line.text.split())
    short = words if len(words) <= 60 else words[:59] + "…"
    return escape(f"{cast.label_of(line)}: {short}" if named else f"“{short}”", quote=False)


KEPT = frozenset({"model", "take", "kind", "status", "setting"})
NAMED = frozenset({"model", "take", "status"})
ENTRY = Format("html", "HTML", ".html", lambda head: 0.0, write, keeps=KEPT, named=NAMED)
