from __future__ import annotations

import threading
import time

import pytest

from stage.engine.worker import templates
from stage.engine.worker.templates import ChatTemplate, Refused, compiled, within

USER = [{"role": "user", "content": "Hi"}]


def render(source: str) -> str:
    return ChatTemplate(source, {"bos_token": "<s>"}).render(USER, "2026-01-02", answer=True)


def test_a_template_gets_messages_names_and_date() -> None:
    source = (
        "{{ bos_token }}{% for m in messages %}{{ m.role }}={{ m['content'] }};{% endfor %}"
        "{% if add_generation_prompt %}A{% endif %}{{ strftime_now('%Y') }}{{ tools is defined }}"
    )
    assert render(source) == "<s>user=Hi;A2026False"


def test_absent_keys_are_given_as_none_to_templates_that_trip_over_them() -> None:
    assert render("{{ 'x' if tools.y is none or tools is none else 'y' }}") == "x"


@pytest.mark.parametrize("source", ["{% for", "{{ x | nosuch }}", "{% include 'a' %}"])
def test_what_is_no_template_is_refused_in_a_sentence(source: str) -> None:
    with pytest.raises(Refused) as caught:
        within(2, lambda: render(source))
    assert caught.value.sentence.startswith("The model's chat template fails")


def test_a_giant_source_is_refused() -> None:
    with pytest.raises(Refused, match="larger than 256 kB"):
        ChatTemplate("x" * 300_000, {})


def test_writing_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(templates, "MOST_TEXT", 1000)
    with pytest.raises(Refused, match="writes without end"):
        render("{% for i in range(90000) %}aaaaaaaa{% endfor %}")


def test_a_template_that_loops_for_ever_is_broken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    loops = (
        "{% for a in range(99999) %}{% for b in range(99999) %}{% for c in range(99999) %}"
        "{% endfor %}{% endfor %}{% endfor %}"
    )
    template = ChatTemplate(loops, {})
    began = time.monotonic()
    with pytest.raises(Refused, match="did not end"):
        within(0.3, lambda: template.render(USER, "", answer=True))
    assert time.monotonic() - began < 30  # it would loop for ever
    assert not [each for each in threading.enumerate() if each.name == "template"]


def test_errors_tell_no_text_of_the_messages() -> None:
    with pytest.raises(Refused) as caught:
        within(2, lambda: render("{{ messages[0].content | int / 0 }}"))
    assert "Hi" not in caught.value.sentence
    assert "ZeroDivisionError" in caught.value.sentence


def test_a_template_is_compiled_once() -> None:
    assert compiled("a", ()) is compiled("a", ())
    assert compiled("a", ()).hash != compiled("b", ()).hash
