from __future__ import annotations

import pytest

from stage.director.turns.beginning import Begun, rest_of
from stage.play.cutting import CutRule
from stage.play.line import Cut, Kind, Line
from stage.play.provenance import PromptRecord
from stage.play.token import Token

LINE = Line("a", "r", "p", Kind.SPEECH, "ada", "One two.")


def begun(*pieces: bytes, **rule: object) -> Begun:
    tokens = tuple(Token(at, piece, -1.0) for at, piece in enumerate(pieces, 7))
    prompt = PromptRecord("Ada:", (1, 2), (), "transcript", None)
    return Begun(LINE, "transcript", prompt, CutRule(("Ada",), ("Ben",), True, **rule), tokens)


def test_the_prompt_goes_on_with_the_given_tokens() -> None:
    made = begun(b" One", b" caf\xc3\xa9")
    assert made.prepared().tokens == (1, 2, 7, 8)
    assert made.prepared().text == "Ada: One café"
    assert (made.text, made.raw) == ("One café", " One café")
    assert made.mark == {"of": "a", "tokens": 2}


def test_the_end_is_found_in_the_whole_and_not_in_the_rest_alone() -> None:
    made = begun(b" One", b"\n")
    # Alone a blank row before any word would be no end; after " One" it is.
    assert made.ending("\nmore", None, Cut.LENGTH) == (" One\n\nmore", 4, Cut.BLOCK_END)
    assert made.ending("two\nBen: x", 3, Cut.LABEL) == (" One\ntwo\nBen: x", 8, Cut.LABEL)
    assert begun(b" One").ending(" two", None, Cut.EOG) == (" One two", None, Cut.EOG)


@pytest.mark.parametrize(
    ("raw", "fresh", "thinking"),
    [(" One", False, False), (" One\n", True, False), ("<think>hm", False, True),
     ("<think>hm</think> One", False, False)],
)  # fmt: skip
def test_what_the_beginning_leaves_open(raw: str, fresh: bool, thinking: bool) -> None:
    made = rest_of(CutRule(fresh=True), raw)
    assert (made.fresh, made.thinking) == (fresh, thinking)
