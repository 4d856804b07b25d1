"""HTML that can run nothing: one file, only tags of our own, whatever a model says."""

from __future__ import annotations

import time
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stage.formats import html
from stage.formats.format import Source
from tests.formats.test_text import prose

HARMLESS = {
    "p", "em", "strong", "code", "pre", "br", "ul", "ol", "li", "hr", "h1", "h2", "h3", "h4",
    "h5", "h6",
}  # fmt: skip


class Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.said = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.said += data


def test_a_page_is_whole_and_forbids_everything(small: Source) -> None:
    text = "".join(html.write(small))
    assert text.startswith("<!DOCTYPE html>")
    assert "default-src 'none'" in text
    page = Page(text)
    assert not page.tags & {"script", "img", "a", "iframe", "link", "object", "form"}
    assert "A *bold* title" in page.said
    assert "A <b>room</b>." in page.said
    assert "I know." in page.said
    assert "(to Bo_b)" in page.said
    assert "gone" not in page.said


def test_branches_are_told_apart_and_a_subtree_stands_alone(small: Source) -> None:
    text = "".join(html.write(replace(small, whole=True)))
    assert "<h2>After Ada: Hello.</h2>" in text
    assert "take 2, interrupted" in text
    below = Page("".join(html.write(replace(small, whole=True, top="b")))).said
    assert "Night falls." in below
    assert "Second." not in below


def test_markdown_is_rendered_and_code_is_exact() -> None:
    assert html.rendered("*a* **b** `x<y&z`") == (
        "<p><em>a</em> <strong>b</strong> <code>x&lt;y&amp;z</code></p>"
    )


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>", "[x](javascript:alert(1))", "![x](http://a/b.png)",
        "<http://a.b>", '[x]: http://a "t"\n\n[x]', "&lt;img src=x onerror=y&gt;", "<!-- x -->",
        "a\x02\x03klzzwxh:0000\x03b", "\x02amp\x03", "\ufdd0img src=x\ufdd1", "&#60;b&#62;",
    ],
)  # fmt: skip
def test_what_a_model_says_is_never_markup(text: str) -> None:
    page = Page(html.rendered(text))
    assert page.tags <= HARMLESS
    assert not page.attributes


@given(st.text("<>&[]()!*_`#-+ \n\t\"'=:/ab1.\x02\x03\\{}", max_size=80))
def test_no_text_makes_a_foreign_tag(text: str) -> None:
    page = Page(html.rendered(text))
    assert page.tags <= HARMLESS
    assert not page.attributes


@pytest.mark.parametrize(
    "text",
    ["[" * 5000, "*a" * 3000, "_" * 5000, "`" * 5000, "> " * 3000, "- " * 3000, " " * 9000 + "a",
     "a\n\n" * 3000, "1. " * 900, "* a_b " * 900, "<" * 5000, "\n".join(" " * n + "- a" for n in
     range(300))],
)  # fmt: skip
def test_hostile_runs_take_no_time(text: str) -> None:
    began = time.monotonic()
    assert Page(html.rendered(text)).tags <= HARMLESS
    assert time.monotonic() - began < 30


def test_a_play_of_just_text_is_that_text_and_names_nobody() -> None:
    source = prose(("a", "r", "The ship"), ("b", "a", "s came <in>,"), ("c", "a", " sank."))
    every = "".join(html.write(replace(source, whole=True, leaf=None)))
    assert "The ships came &lt;in&gt;," in every
    assert "<h2>After “The ship”</h2>" in every
    assert "Text" not in every.split("<body>")[1]
    assert 'class="who"' not in every
