"""Markdown: blocks for reading; what was said shows verbatim, never as markup."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import replace

import markdown as renderer
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from stage.formats import markdown
from stage.formats.format import Source
from stage.formats.leaving import losses
from stage.formats.markdown import verbatim
from stage.play.line import Kind
from stage.play.tree import Tree
from tests.formats.test_text import prose

Play = Callable[..., Source]
MARKS = "\\`*_{}[]()#+-.!<>&~|$=:\"'/1 \tab\n"


def written(source: Source) -> str:
    return "".join(markdown.write(source))


def shown(text: str) -> str:
    """What a reader sees of Markdown, white space squeezed as a page does."""
    page = renderer.markdown(text)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


def test_a_path_reads_as_blocks(small: Source) -> None:
    assert written(small) == (
        "# A \\*bold\\* title\n\n*A &lt;b>room&lt;/b>.*\n\n**Ada:** Hello.\n\n"
        "**Bo\\_b:** *(stage-base)* First.\n\n*Night falls.*\n\n**Ada (to Bo\\_b):** I know.\n"
    )


def test_takes_and_interruptions_are_noted(small: Source) -> None:
    text = written(replace(small, leaf="c"))
    assert "**Ada:** *(stage-base, take 2, interrupted)* Second." in text


def test_all_branches_follow_each_under_a_heading(small: Source) -> None:
    text = written(replace(small, whole=True))
    assert text.index("First.") < text.index("Night falls.") < text.index("## After Ada: Hello.")
    assert text.index("## After Ada: Hello.") < text.index("Second.")
    assert "gone" not in text


def test_branches_at_the_beginning_say_so(play: Play) -> None:
    source = play(("a", "root", "one", {}), ("b", "root", "two", {}), whole=True)
    assert "## After the beginning\n\n**Ada:** two" in written(source)


def test_long_lines_are_cut_in_headings_only(play: Play) -> None:
    rows = (("a", "root", "word " * 40, {}), ("b", "a", "x", {}), ("c", "a", "y", {}))
    text = written(play(*rows, whole=True))
    assert "…\n" in text
    assert "word " * 39 in text


@pytest.mark.parametrize("kind", [Kind.THOUGHT, Kind.ASIDE, Kind.OOC])
def test_kinds_are_marked(play: Play, kind: Kind) -> None:
    assert re.search(r"\*\*Ada \([a-z ]+\):\*\*", written(play(("a", "root", "x", {"kind": kind}))))


@settings(suppress_health_check=list(HealthCheck))
@example("# heading")
@example("1. one\n2. two")
@example("a\n===\nb\n---")
@example("    code\n\n    more")
@example("<script>alert(1)</script>&amp;&lt;")
@example("![x](http://y) [a]: b")
@example("* * *")
@example("```\nfence\n```")
@example("~~a~~ | b |\n|---|")
@example("\\*not\\*")
@given(st.text(st.sampled_from(MARKS), max_size=40))
def test_text_shows_verbatim(play: Play, text: str) -> None:
    page = written(play(("a", "root", text, {})))
    body = page.split("**Ada:**", 1)[1]
    assert shown(f"**Ada:**{body}") == " ".join(["Ada:", *text.split()])
    for tag in re.findall(r"<(\w+)", renderer.markdown(f"**Ada:**{body}")):
        assert tag in {"p", "br", "strong"}


@settings(suppress_health_check=list(HealthCheck))
@given(st.text(st.sampled_from(MARKS), max_size=30))
def test_a_reader_can_undo_the_escapes(text: str) -> None:
    rows = markdown.verbatim(text)
    back = [html.unescape(re.sub(r"\\([\\`*_\[\]#>+\-.)])", r"\1", row)) for row in rows]
    assert "\n".join(back) == text


def test_rows_break_hard_and_blank_rows_part(play: Play) -> None:
    text = written(play(("a", "root", "one\ntwo\n\nthree", {})))
    assert "**Ada:** one  \ntwo\n\nthree\n" in text


def test_a_scene_without_setting_goes_on_with_its_lines(play: Play) -> None:
    source = play(("a", "root", "x", {}))
    bare = replace(source, scene=replace(source.scene, setting=""))
    assert written(bare) == "# A \\*bold\\* title\n\n**Ada:** x\n"


def test_every_branch_of_nothing_is_nothing(play: Play) -> None:
    source = replace(play(), tree=Tree([]), whole=True)
    assert written(source).startswith("# ")


def test_blanks_at_the_ends_of_a_row_stay_whatever_stands_between() -> None:
    between = "x" + " " * 200_000 + "y"
    assert verbatim(f" {between}\t ") == [f"&#32;{between}&#9;&#32;"]
    assert verbatim(" \t") == ["&#32;&#9;"]
    assert verbatim("") == [""]


def test_a_play_of_just_text_is_that_text_and_names_nobody() -> None:
    source = prose(("a", "r", "The ship"), ("b", "a", "s came *in*,"), ("c", "a", " sank."))
    path = replace(source, leaf="b")
    assert "".join(markdown.write(path)) == "# Fog\n\nThe ships came \\*in\\*,\n"
    every = "".join(markdown.write(replace(source, whole=True, leaf=None)))
    assert every == (
        "# Fog\n\nThe ships came \\*in\\*,\n\n---\n\n## After “The ship”\n\n&#32;sank.\n"
    )
    tree = Tree([replace(each, model="base") if each.parent else each for each in source.tree])
    told = {each.code for each in losses(replace(path, tree=tree), markdown.ENTRY)}
    assert "model" in told, "no note stands within a text"
