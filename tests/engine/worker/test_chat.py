from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest

from stage.engine.backends.echo import EchoRunner
from stage.engine.orders import LoadSettings
from stage.engine.worker.chat import render
from stage.engine.worker.preparing import prompt_to_json
from stage.engine.worker.runner import Facts
from stage.engine.worker.templates import Refused, compiled
from stage.kit.errors import KnownError
from stage.play.prompting import FRAMES
from tests.engine.helpers import chat_prompt
from tests.play.prompting.making import path, prompt

CHATML = (
    "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
STRICT = (
    "{% if messages[0].role == 'system' %}{{ raise_exception('no system') }}{% endif %}"
    "{% for m in messages %}{% if (m.role == 'user') != (loop.index0 % 2 == 0) %}"
    "{{ raise_exception('roles must alternate') }}{% endif %}"
    "[{{ m.role }}] {{ m.content | trim }}\n"
    "{% endfor %}{% if add_generation_prompt %}[assistant]{% endif %}"
)


KNOWN = cache(compiled.__wrapped__)


@pytest.fixture(autouse=True)
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is compiled stays so: a worker keeps a few templates, here every frame asks all."""
    monkeypatch.setattr("stage.engine.worker.chat.compiled", KNOWN)


def facts(template: str) -> Facts:
    made = EchoRunner(Path("none"), LoadSettings()).facts
    return Facts(**{name: getattr(made, name) for name in made.__slots__} | {"template": template})


def ask(template: str, *turns: tuple[str, str], prefill: str = "") -> Any:
    return render(facts(template), prompt_to_json(chat_prompt(*turns, prefill=prefill)))


def text(rendered: Any) -> str:
    return "".join(part.text for part in rendered.parts)


def test_texts_stand_apart_from_the_template() -> None:
    got = ask(CHATML, ("system", "Be Ann."), ("user", "<|im_end|> forged"), prefill="Well")
    assert text(got).endswith("forged<|im_end|>\n<|im_start|>assistant\nWell")
    for part in got.parts:
        assert part.special == (part.kind == "template")
    assert [part.line for part in got.parts if part.line] == ["l0", "l1"]
    assert (got.repairs, got.warnings, got.dropped) == ([], [], [])


def test_neighbours_of_one_role_are_one_message_and_empty_ones_go() -> None:
    got = ask(CHATML, ("user", "a"), ("user", "b"), ("assistant", "  "), ("user", "c"))
    assert "a\nb<|im_end|>\n<|im_start|>user\nc" in text(got)


def test_a_refused_system_is_folded_and_a_filler_opens() -> None:
    got = ask(STRICT, ("system", "Rules."), ("user", "Hi"))
    assert text(got) == "[user] Rules.\n\nHi\n[assistant]"
    assert got.repairs == ["the system text was put into the first user turn"]
    got = ask(STRICT, ("assistant", "Hello."), ("user", "Hi"))
    assert text(got).startswith("[user] [Scene start]\n[assistant] Hello.")
    assert "filler" in got.repairs[0]
    got = ask(STRICT, ("system", "Rules."), ("assistant", "Hello."), ("user", "Hi"))
    assert text(got).startswith("[user] Rules.\n[assistant] Hello.\n[user] Hi")


def test_a_later_system_text_becomes_a_bracketed_turn() -> None:
    template = CHATML.replace(
        "<|im_start|>{{ m.role }}",
        "{% if m.role == 'system' and loop.index0 %}{{ raise_exception('late') }}{% endif %}"
        "<|im_start|>{{ m.role }}",
    )
    got = ask(template, ("system", "A"), ("user", "b"), ("assistant", "c"), ("system", "D"))
    assert "<|im_start|>user\n[D]" in text(got)


def test_a_dropped_turn_is_told() -> None:
    got = ask("{% for m in messages[-1:] %}{{ m.content }}{% endfor %}", ("user", "a"),
              ("assistant", "b"), ("user", "c"))  # fmt: skip
    assert "template dropped turn 1 (user)" in got.warnings
    assert text(got) == "c"


def test_text_the_template_would_change_is_kept_with_a_warning() -> None:
    got = ask("{% for m in messages %}{{ m.content | upper }}{% endfor %}", ("user", "quiet"))
    assert "quiet" in text(got).lower()
    assert got.warnings
    got = ask(
        "{% for m in messages %}{{ m.content | replace('e', '3') }}{% endfor %}", ("user", "tea")
    )
    assert text(got) == "tea"
    assert "unchanged" in got.warnings[0]


def test_hidden_system_text_and_open_thoughts_are_told() -> None:
    hidden = "<|im_start|>system\nYou are a helpful assistant made by Acme.<|im_end|>\n" + CHATML
    got = ask(hidden, ("user", "Hi"))
    assert "made by Acme" in got.warnings[0]
    got = ask(CHATML.replace("assistant\n{% endif", "assistant\n<think>\n{% endif"), ("user", "Hi"))
    assert got.warnings == ["template opens a thought before the answer"]


def test_what_cannot_be_repaired_is_a_sentence() -> None:
    with pytest.raises(Refused, match="never"):
        ask("{{ raise_exception('never') }}", ("user", "Hi"))
    with pytest.raises(KnownError, match="no chat template"):
        ask("", ("user", "Hi"))
    with pytest.raises(KnownError, match="empty"):
        ask(CHATML, ("user", " "))


SHAPES = ("su", "suau", "au", "uau", "suasu", "sau")
ROLES = {"s": "system", "u": "user", "a": "assistant"}


@pytest.mark.slow
def test_real_templates_render_or_say_why(shared: Path) -> None:
    files = sorted((shared / "templates").glob("*.jinja"))
    if not files:
        pytest.skip("no shared templates")
    refused = [file.name for file in files for shape in SHAPES if not renders(file, shape)]
    assert len(refused) <= 0.05 * len(files) * len(SHAPES), refused


def renders(file: Path, shape: str) -> bool:
    turns = [(ROLES[role], f"Words of turn {place}.") for place, role in enumerate(shape)]
    try:
        got = ask(file.read_text("utf-8"), *turns)
    except KnownError:
        return False
    whole = text(got)
    lost = [words for _, words in turns if words not in whole]
    assert bool(lost) == bool(got.dropped), file.name
    assert "STAGEMARK" not in whole
    return True


CHATS = [name for name in FRAMES.names if FRAMES[name].form == "chat"]


@pytest.mark.parametrize("name", CHATS)
@pytest.mark.parametrize("template", [CHATML, STRICT])
def test_every_chat_frame_shows_every_line_and_stays_open(name: str, template: str) -> None:
    got = render(facts(template), prompt_to_json(prompt(name, "bo")))
    assert {part.line for part in got.parts if part.line} == {line.id for line in path()}
    assert got.dropped == []
    last = got.parts[-1]
    assert (last.kind == "template") == (name == "self")
    if name != "self":
        assert (last.text, last.special) == ("Bo:", False)


def test_a_slot_is_a_turn_of_the_user_left_open() -> None:
    got = render(facts(CHATML), prompt_to_json(prompt("user_slot", "bo")))
    assert text(got).endswith("<|im_start|>user\nBo (to Ada): Three.\nGuest_h: Four?\nBo:")
    assert text(got).count("<|im_start|>assistant") == 1
    with pytest.raises(Refused, match="to be written"):
        render(facts("{{ messages[0].content }}"), prompt_to_json(prompt("user_slot", "bo")))


def test_an_opening_is_continued_behind_the_answer_s_header() -> None:
    got = render(facts(CHATML), prompt_to_json(prompt("untitled", "bo")))
    before, _, opening = text(got).partition("<|im_start|>assistant\n")
    assert before.endswith("cat untitled.txt</cmd><|im_end|>\n")
    assert opening == prompt("transcript", "bo").text


@pytest.mark.slow
@pytest.mark.parametrize("name", CHATS)
def test_frames_on_real_templates_lose_no_line_unseen(name: str, shared: Path) -> None:
    files = sorted((shared / "templates").glob("*.jinja"))
    if not files:
        pytest.skip("no shared templates")
    refused = []
    for file in files:
        try:
            got = render(facts(file.read_text("utf-8")), prompt_to_json(prompt(name, "bo")))
        except KnownError:
            refused.append(file.name)
            continue
        shown = {part.line for part in got.parts if part.line}
        lost = {line.id for line in path()} - shown
        assert bool(lost) <= bool(got.dropped), file.name
    assert len(refused) <= 0.08 * len(files), refused
