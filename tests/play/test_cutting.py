from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stage.play.cutting import (
    CutRule,
    Cutter,
    Verdict,
    line_text,
    stranger,
    thoughts,
    unthought,
    without_thoughts,
)
from stage.play.line import Cut

SCRIPT = CutRule(("Ann", "Annie"), ("Bob", "Dr. Who", "Éva"), blocks=True)
ROLES = CutRule(("Ann",), ("Bob",), blocks=True, roles=True)
SCREEN = CutRule(("Ann",), ("Bob", "Dr. Who", "Éva"), blocks=True, rows=True)
RAW = CutRule(("Ann",), ("Bob",), blocks=True, stops=("[INST]", "</s>"))
CHAT = CutRule(("Ann",), ("Bob", "Dr. Who", "Éva"), blocks=False)
FRESH = CutRule(("Ann",), ("Bob", "Al", "Alice", "Éva", "Мария", "小明"), False, fresh=True)
THINKS = CutRule(("Ann",), ("Bob",), False, fresh=True, thinking=True, stops=("</s>",))
RULES = [SCRIPT, ROLES, CHAT, SCREEN, RAW, FRESH, THINKS]
SCRAPS = st.sampled_from(
    "Ann|Bob|bob|Dr. Who|Éva|Zed|Old Tom|:| |  |\n|\n\n|[|]|**|*|(aside)| (to Ann)|```|<think>|"
    "</think>|Hello.|she said|é☃|A|BOB|ÉVA|[INST]|[IN|</s>|</".split("|")
)
TEXTS = st.lists(SCRAPS, max_size=14).map("".join)


def cut(text: str, rule: CutRule = SCRIPT) -> Verdict:
    return Cutter(rule).feed(text)


@given(TEXTS, st.sampled_from(RULES))
def test_fed_whole_or_by_the_byte_the_verdict_is_the_same(text: str, rule: CutRule) -> None:
    cutter, decoder = Cutter(rule), codecs.getincrementaldecoder("utf-8")()
    verdict, safe = Verdict(None, None, 0), 0
    for value in text.encode():
        verdict = cutter.feed(decoder.decode(bytes([value])))
        assert verdict.safe >= safe, "what was shown is taken back"
        safe = verdict.safe
        if verdict.reason is not None:
            break
    assert verdict == (cut(text, rule) if text else verdict)


@given(TEXTS, TEXTS, st.sampled_from(RULES))
def test_a_verdict_stands_whatever_follows(text: str, more: str, rule: CutRule) -> None:
    cutter = Cutter(rule)
    verdict = cutter.feed(text)
    if verdict.reason is not None:
        assert cutter.feed(more) == verdict
        assert verdict.safe == verdict.cut_at


@pytest.mark.parametrize(
    ("text", "reason", "cut_at"),
    [
        ("Hi.\nBob: no", Cut.LABEL, 3),
        ("Hi.\nBOB: no", Cut.LABEL, 3),
        ("Hi.\n  **Bob**: no", Cut.LABEL, 3),
        ("Hi.\nDr. Who (to Ann): no", Cut.LABEL, 3),
        ("Hi. \n\nmore", Cut.BLOCK_END, 3),
        ("Hi.\n[A door.]", Cut.BLOCK_END, 3),
        ("Hi.\nOld Tom: x", Cut.NEW_NAME, 3),
        ("\n\nBob: x", Cut.LABEL, 0),
        ("Hi.\nAnn: more\nBob: x", Cut.LABEL, 13),
    ],
)
def test_ends(text: str, reason: Cut, cut_at: int) -> None:
    verdict = cut(text)
    assert (verdict.reason, verdict.cut_at) == (reason, cut_at)


@pytest.mark.parametrize(
    "text",
    [
        "Bob: in the first row is what the model chose to say",
        "I saw Bob: he ran.",
        "Hi.\nAnn: it is still me",
        "Hi.\nthe time is 5:30",
        "Hi.\n```\nBob: in code\n```",
        "<think>\nBob: would say\n\nnothing",
        "Hi.\nBob ran",
        "\n\n",
    ],
)
def test_what_goes_on(text: str) -> None:
    assert cut(text).reason is None


def test_a_chat_line_has_blank_rows_and_strangers() -> None:
    assert cut("Hi.\n\nOld Tom: x\n[y]", CHAT).reason is None
    assert cut("Hi.\n\nBob: x", CHAT).reason is Cut.LABEL


def test_thought_that_is_over_hides_no_label_and_later_thought_saves_none() -> None:
    assert cut("<think>\nBob: x\n</think>\nHi.\nBob: y").reason is Cut.LABEL
    assert cut("Hi.\nBob: x\n<think>\n").reason is Cut.LABEL


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("", 0),
        ("An", 0),
        ("Ann", 0),
        ("Ann: he", 7),
        ("And", 3),
        ("Hello there. ", 12),
        ("Hi.\n", 3),
        ("Hi.\nBo", 3),
        ("Hi.\nBob (to", 3),
        ("Hi.\nBob ran", 11),
        ("Hi.\nold", 7),
        ("Hi.\nOld Tom", 3),
        ("Hi.\nOld Tom went", 16),
        ("Hi.\n```\nBo", 10),
    ],
)
def test_what_may_become_a_label_is_held_back(text: str, safe: int) -> None:
    assert cut(text).safe == safe


def test_the_line_is_derived_from_the_raw_text() -> None:
    raw = "<think>hm</think> Ann: Hi.  \n  there\nAnn: again\nBob:"
    assert line_text(raw, cut(raw).cut_at, SCRIPT) == "Hi.\nthere\nagain"
    assert line_text("", None, SCRIPT) == ""


@pytest.mark.parametrize("name", ["Mrs. Warren", "Dr. Rank (aside)", "The Old Woman"])
def test_a_stranger_with_a_title_is_a_new_name(name):
    verdict = Cutter(CutRule(("Iris",), ("Bob",), blocks=True)).feed(f" Hello.\n{name}: Who?")
    assert verdict.reason is Cut.NEW_NAME
    assert verdict.cut_at == len(" Hello.")


@pytest.mark.parametrize(
    "name",
    ["Mrs.Madame Bemet", "AP driver", "EmMr. Beech", "Мария Петровна", "小明", "The old man"],
)
def test_a_stranger_s_label_of_any_script_and_with_small_words_ends_a_script_s_line(
    name: str,
) -> None:
    """Speaks for a stranger (ST#2816): the same cut at each byte, the raw text stays whole."""
    text = f" Hello.\n{name}: Who?"
    wanted = cut(text, ROLES)
    assert (wanted.reason, wanted.cut_at) == (Cut.NEW_NAME, len(" Hello."))
    assert stranger(f"{name}: Who?") == name
    for at in range(1, len(text)):
        cutter = Cutter(ROLES)
        assert cutter.feed(text[:at]).safe <= len(" Hello.")
        assert cutter.feed(text[at:]) == wanted
    assert cut(text, SCRIPT).reason is None, "a take of before is derived as it was"


@pytest.mark.parametrize("rule", [SCRIPT, ROLES])
@pytest.mark.parametrize(
    "row", ["Oh. Well: then I go.", "he said: no", "It is twelve past: go", "At 5:30 we go"]
)
def test_a_sentence_before_a_colon_is_no_name(row: str, rule: CutRule) -> None:
    assert cut(f" x\n{row}", rule).reason is None


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_is_written_and_read_again(rule: CutRule) -> None:
    assert CutRule.from_json(rule.to_json()) == rule
    assert CutRule.from_json({"own": [], "others": [], "blocks": False}) == CutRule()


@given(TEXTS, st.sampled_from(RULES))
def test_a_line_has_no_thought_that_ended_and_is_derived_from_what_is_stored(
    text: str, rule: CutRule
) -> None:
    at = cut(text, rule).cut_at if text else None
    line = line_text(text, at, rule)
    assert line_text(text, at, CutRule.from_json(rule.to_json())) == line
    # An end without a beginning is no thought, and stays as it was said.
    assert "<think>" not in line or "</think>" not in line[line.find("<think>") :]
    assert "<think>" not in unthought(line)


@pytest.mark.parametrize("label", ["Bob", "Alice", "Мария", "小明", "**Bob**", "[Bob]"])
@pytest.mark.parametrize(
    "before", ["", "Ann: ", "<think>hm</think>", "Hi.\n", "Hi.\n```\nx\n```\n"]
)
def test_the_label_of_another_is_found_wherever_the_bytes_are_split(
    label: str, before: str
) -> None:
    text = f"{before}{label}: hi"
    wanted = Cutter(FRESH).feed(text)
    own = before == "Ann: "  # what follows one's own label is said by oneself
    assert (wanted.reason is Cut.LABEL) is not own
    for at in range(1, len(text)):
        cutter = Cutter(FRESH)
        first = cutter.feed(text[:at])
        assert own or first.safe <= wanted.safe, "a part of the label was shown"
        assert cutter.feed(text[at:]) == wanted
    if not own:
        assert label not in line_text(text, wanted.cut_at, FRESH)


def test_a_label_written_twice_is_removed_twice() -> None:
    assert line_text("Ann: Ann: Hi.\n**Ann**: Ann (low): you", None, SCRIPT) == "Hi.\nyou"


def test_a_name_that_begins_with_another_name_is_told_apart() -> None:
    names = CutRule(("Al",), ("Alice",), blocks=False, fresh=True)
    assert cut("Alice: no", names) == Verdict(0, Cut.LABEL, 0)
    assert cut("Al: yes", names).reason is None
    assert line_text("Al: yes", None, names) == "yes"
    other = CutRule(("Alice",), ("Al",), blocks=False, fresh=True)
    assert cut("Alice: yes", other).reason is None
    assert line_text("Alice: yes\nAlice (low): no", None, other) == "yes\nno"
    assert cut("Hm.\nAl (to Alice): no", other).reason is Cut.LABEL


@pytest.mark.parametrize("end", ["", "</think>", "</thinking>\nHi."])
@pytest.mark.parametrize("rule", [FRESH, THINKS, SCRIPT, RAW])
def test_nothing_is_cut_inside_a_thought_closed_or_not(end: str, rule: CutRule) -> None:
    thought = "a\nBob: b\n\nZed: c </s> [INST]\n[d]"
    raw = ("" if rule.thinking else "<think>") + thought + end
    assert cut(raw, rule).reason is None
    assert thoughts(raw, rule) == thought
    line = line_text(raw, None, rule)
    assert line == (f"<think>{thought}" if not end else "Hi." if "Hi" in end else "")
    assert unthought(line) == ("Hi." if "Hi" in end else "")


@pytest.mark.parametrize("fence", ["Hm.\n```\nBob: x\n</s>\n", "Hm.\n```\nBob: x\n</s>\n```\nok"])
def test_nothing_is_cut_inside_code_closed_or_not(fence: str) -> None:
    assert cut(fence, RAW).reason is None
    if fence.endswith("ok"):
        assert cut(fence + "\nBob: y", RAW).reason is Cut.LABEL
        assert cut(fence + "</s>", RAW).reason is Cut.STOP_STRING


def test_an_empty_stop_string_ends_nothing() -> None:
    verdict = Cutter(CutRule(stops=("", "END"))).feed("Hello END")
    assert (verdict.reason, verdict.cut_at) == (Cut.STOP_STRING, 5)
    assert Cutter(CutRule(stops=("",))).feed("Hello").reason is None


def test_half_a_stop_string_at_the_end_is_no_part_of_the_line() -> None:
    assert line_text("Hello [IN", None, RAW) == "Hello"
    assert line_text("a < b and a <", None, RAW) == "a < b and a <"


@pytest.mark.parametrize(
    ("text", "rows", "name"),
    [
        ("Carol: hi", False, "Carol"),
        ("Mrs. Warren (aside): hi", False, "Mrs. Warren"),
        ("carol: hi", False, None),
        ("Carol went", False, None),
        ("CAROL\nHi", True, "Carol"),
        ("Carol\nHi", True, None),
    ],
)
def test_the_name_a_text_begins_with(text: str, rows: bool, name: str | None) -> None:
    assert stranger(text, rows=rows) == name


def test_thoughts_that_never_end_are_not_searched_for_from_each_of_their_beginnings() -> None:
    """A model that goes round in them says thousands; each would look down to the end of all."""
    open_ = "<think>" * 30_000
    assert without_thoughts(f"a<think>b</think> c<thinking>d</thinking>{open_}") == f"ac{open_}"
    assert line_text(f"Hi. {open_}", None, CutRule()) == f"Hi. {open_}"
    assert thoughts(f"<think>a</think>b{open_}c", CutRule()) == "a\nc"
