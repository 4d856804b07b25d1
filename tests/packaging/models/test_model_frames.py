"""The rewriting gives exactly the app's frames."""

from __future__ import annotations

import random

import conversations
import corpus
import frames
from corpus import Line


def test_header_with_all_parts() -> None:
    header = frames.Header(
        "The Lamp", ["Iris", "Marlow", "Ada"], {"Marlow": "a sailor"}, "A tower at night."
    )
    assert header.text() == (
        "The Lamp\nCast: Iris, Marlow (a sailor), Ada\nSetting: A tower at night."
    )


def test_header_without_optional_parts() -> None:
    assert frames.Header("The Lamp", ["Iris"]).text() == "The Lamp\nCast: Iris"


def test_lines_of_tells_turns_from_directions() -> None:
    lines = corpus.lines_of("(Enter Iris.)\nIris: Who: me?\nMrs. Day: (Softly.) Yes.")
    assert lines == [
        Line(None, "(Enter Iris.)"),
        Line("Iris", "Who: me?"),
        Line("Mrs. Day", "(Softly.) Yes."),
    ]


def test_direction_line_becomes_narration() -> None:
    lines = [Line(None, "(the lamp goes out.)"), Line("Iris", "Oh.")]
    for seed in range(20):
        first = frames.body_lines(lines, ["Iris"], random.Random(seed), {})[0]
        assert first in ("[The lamp goes out.]", "[Direction: The lamp goes out.]")


def test_marks() -> None:
    rng = random.Random(1)
    cast = ["Iris", "Marlow"]
    aside = Line("Iris", "(Aside.) He lies.")
    whisper = Line("Iris", "(to Marlow) Be still.")
    thought = Line("Iris", "(To herself.) Strange.")
    assert frames.turn_lines(aside, cast, "keep", rng) == ["Iris (aside): He lies."]
    assert frames.turn_lines(whisper, cast, "keep", rng) == ["Iris (to Marlow): Be still."]
    assert frames.turn_lines(thought, cast, "keep", rng) == ["Iris (thinks): Strange."]


def test_inner_line_breaks_are_indented() -> None:
    assert frames.indented("one\ntwo") == "one\n  two"
    assert frames.bracketed("one\ntwo", "Direction") == "[Direction: one\n  two]"


def test_directions_are_dropped_in_style_drop() -> None:
    line = Line("Iris", "(Rising.) I see (pause) nothing.")
    assert frames.turn_lines(line, ["Iris"], "drop", random.Random(1)) == ["Iris: I see nothing."]


def test_leading_direction_becomes_setting() -> None:
    lines = [Line(None, "(A tower. Night. The wind howls.)"), Line("Iris", "Oh.")]
    setting, rest = frames.take_setting(lines)
    assert setting == "A tower. Night."
    assert rest == [Line(None, "The wind howls."), Line("Iris", "Oh.")]


def test_notes_stand_right_before_their_owner() -> None:
    lines = [Line("Ada", "Hi."), Line("Iris", "Hello."), Line("Ada", "So."), Line("Iris", "Yes.")]
    notes = {"Iris": ["You are a nurse.", "You like tea."]}
    for seed in range(10):
        body = frames.body_lines(lines, ["Ada", "Iris"], random.Random(seed), notes)
        if "[About Iris: You are a nurse. You like tea.]" in body:
            place = body.index("[About Iris: You are a nurse. You like tea.]")
            assert body[place + 1].startswith("Iris: ")


def test_transcript_has_header_blank_line_and_no_trailing_spaces() -> None:
    scene = "(A harbour. Fog.)\nIris: (Aside.) A ship?\nMarlow: None tonight."
    for seed in range(20):
        (text,) = frames.transcripts(scene, False, {}, random.Random(seed))
        lines = text.split("\n")
        assert lines[1] in {
            start + names
            for start in ["Cast: "]
            for names in [lines[1].removeprefix("Cast: ")]
            if "Iris" in names and "Marlow" in names
        }
        assert "Iris (aside): A ship?" in lines
        assert lines[-1] == "Marlow: None tonight."
        assert "" in lines[2:4]
        assert all(line == line.rstrip() for line in lines)
        assert not text.endswith("\n")


def test_long_scene_is_cut_with_a_header_each() -> None:
    scene = "\n".join(f"{'Iris' if n % 2 else 'Ada'}: {'word ' * 40}end." for n in range(40))
    texts = frames.transcripts(scene, True, {}, random.Random(3))
    assert len(texts) > 1
    assert all("\nCast: " in text for text in texts)


def test_description_from_a_fact() -> None:
    assert frames.described("You are a blue haired teenager.") == "a blue haired teenager"
    assert frames.described("You like tea.") is None


def test_self_frame_of_a_scene() -> None:
    lines = corpus.lines_of("(Night.)\nIris: Who is there?\nMarlow: (Low.) I.\nIris: Come in.")
    messages = conversations.turns_for("Iris", lines)
    nudge = "[Iris speaks now. Write only Iris's words.]"
    assert messages == [
        {"role": "user", "content": f"[Night.]\n{nudge}"},
        {"role": "assistant", "content": "Who is there?"},
        {"role": "user", "content": f"Marlow: I.\n{nudge}"},
        {"role": "assistant", "content": "Come in."},
    ]


def test_self_frame_system_message() -> None:
    header = frames.Header(
        "The Lamp", ["Iris", "Marlow"], {"Iris": "keeper of the light"}, "A tower."
    )
    assert conversations.system_text(header, "Iris", "You fear storms.") == (
        "The Lamp\nCast: Iris (keeper of the light), Marlow\nSetting: A tower.\n\n"
        "About Iris: You fear storms.\nYou are Iris. Speak only as Iris."
    )
    bare = frames.Header("The Lamp", ["Iris"])
    assert conversations.system_text(bare, "Iris", None) == (
        "The Lamp\nCast: Iris\n\nYou are Iris. Speak only as Iris."
    )


def test_persona_facts_from_system_messages() -> None:
    name, facts = corpus.persona_of("You are Sam. Stay in character. You are a nurse. You walk.")
    assert (name, facts) == ("Sam", ["You are a nurse.", "You walk."])
    name, facts = corpus.persona_of(
        "You are Ada. Facts about you:\n- You sing.\n- Your cat is old."
    )
    assert (name, facts) == ("Ada", ["You sing.", "Your cat is old."])


def test_self_frame_as_the_app_sends_it() -> None:
    nudge = conversations.NUDGE.format(name="Iris")
    messages = [
        {"role": "system", "content": "s"},
        {"role": "user", "content": nudge},
        {"role": "assistant", "content": "One."},
        {"role": "user", "content": nudge},
        {"role": "assistant", "content": "Two."},
        {"role": "user", "content": f"Ada: Three?\n{nudge}"},
        {"role": "assistant", "content": "Yes."},
        {"role": "user", "content": nudge},
    ]
    assert conversations.as_sent(messages) == [
        {"role": "system", "content": "s"},
        {"role": "assistant", "content": "One.\nTwo."},
        {"role": "user", "content": "Ada: Three?"},
        {"role": "assistant", "content": "Yes."},
        {"role": "user", "content": nudge},
    ]
    assert conversations.on_stage(messages)
    assert not conversations.on_stage([{"role": "user", "content": "Hello."}])
