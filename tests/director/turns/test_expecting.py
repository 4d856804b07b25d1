"""What a model expects, against a full softmax of the same model by another path."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from stage.app.house import open_house
from stage.director.turns.expecting import expect, known_names, open_end
from stage.engine.backends import BACKENDS
from stage.engine.orders import LoadSettings
from stage.kit.errors import BadInput
from stage.play.chances import Chances
from stage.play.line import Kind
from stage.play.scene import read_scene
from tests.engine.tiny import TOKENS, write_tiny
from tests.play.making import cast

SCENE = """
title = "The"
[models]
tiny = "{file}"
[[cast]]
name = "Al"
about = "SECRET of Al"
model = "tiny"
[[cast]]
name = "Alice"
actor = "human"
[[cast]]
name = "Bo"
model = "tiny"
offstage = true
[[opening]]
speaker = "Al"
text = "Tell her the llama."
"""
# A newline that a full stop takes along, as the tokenizers of Llama 3 and Qwen do it.
GREEDY = {
    "tokenizer__ggml__pre": "llama-bpe",
    "tokenizer__ggml__tokens": [each if each != "er" else ".Ċ" for each in TOKENS],
    "tokenizer__ggml__merges": ["Ġ t", "h e", "Ġt he", "l l", ". Ċ"],
}


def softmax(runner: Any, tokens: list[int]) -> np.ndarray:
    """The probabilities of the next token, the whole evaluated anew at a desk of its own."""
    desk = runner.desk(512, 1)
    try:
        rows = [(token, at, 0, at == len(tokens) - 1) for at, token in enumerate(tokens)]
        for start in range(0, len(rows), 64):
            assert desk.decode(rows[start : start + 64]) == 0
        logits = desk.logits(1)[0].astype(np.float64)
    finally:
        desk.close()
    weights = np.exp(logits - logits.max())
    return weights / weights.sum()


def path_mass(runner: Any, base: list[int], tokens: list[int]) -> float:
    assert tokens[: len(base)] == base
    found = 1.0
    for at in range(len(base), len(tokens)):
        found *= softmax(runner, tokens[:at])[tokens[at]]
    return float(found)


@pytest.mark.parametrize("kind", ["plain", "greedy"])
def test_shares_are_those_of_a_full_softmax(kind: str, tmp_path: Path) -> None:
    pytest.importorskip("llama_cpp", reason="llama-cpp-python is not installed")
    file = write_tiny(tmp_path / "tiny.gguf", **(GREEDY if kind == "greedy" else {}))
    scene = read_scene(SCENE.format(file=file), where="test", find=pytest.fail)

    async def work() -> Any:
        async with open_house(tmp_path / "library.db") as house:
            play = await house.director.new_play(scene, seed=1)
            model = await house.pool.load(file)
            end = await open_end(play, play.leaf, model)
            return end, await expect(play, play.leaf, model, sampled=8)

    end, chances = asyncio.run(work())
    assert end.prompt.text.endswith("\nAl: Tell her the llama.")
    assert "SECRET" not in end.prompt.text
    assert {each.member for each in chances.candidates} == {"al", "alice"}  # Bo is off stage
    runner = BACKENDS["llama"].open(file, LoadSettings(cells=512), 1, lambda _: True)
    try:
        assert list(end.tokens) == runner.tokenise(end.prompt.text, special=False)
        agrees(chances, runner, end.prompt.text, merged=kind == "greedy")
    finally:
        runner.close()
    assert any("read back" in each for each in chances.notes) is (kind == "greedy")
    assert chances.nameless is any("hardly any share" in each for each in chances.notes)
    assert chances.sampled == 8


def agrees(chances: Chances, runner: Any, text: str, *, merged: bool) -> None:
    """`merged`: the last token of the text may take the newline along."""
    base = runner.tokenise(text, special=False)
    fork, rest = (base[:-1], ".") if merged else (base, "")
    row, last = softmax(runner, fork), softmax(runner, base)
    said = [piece.decode("utf-8", "replace") for piece in runner.pieces]
    whole = sum(p for p, piece in zip(row, said, strict=True) if piece.startswith(rest))
    line = sum(p for p, piece in zip(row, said, strict=True) if piece.startswith(f"{rest}\n"))
    before = float(row[base[-1]]) if merged else 1.0
    if merged:
        line += before * sum(last[n] for n, piece in enumerate(said) if piece[:1] == "\n")
    ends = before * float(last[-1])
    total = 0.0
    for each in chances.candidates:
        label = each.member.capitalize()
        ways = [runner.tokenise(f"{text}\n{label}{end}", special=False) for end in (":", " (")]
        mass = sum(path_mass(runner, fork, way) for way in ways)
        total += mass
        assert each.p == pytest.approx(mass / line, rel=2e-3)
        assert each.logprob == pytest.approx(np.log(mass / whole), abs=2e-3)
    assert chances.ends == pytest.approx(ends / whole, rel=2e-3)
    assert chances.goes_on == pytest.approx(1 - (line + ends) / whole, abs=2e-3)
    blank = path_mass(runner, fork, runner.tokenise(f"{text}\n\n", special=False))
    nobody = path_mass(runner, fork, runner.tokenise(f"{text}\n[", special=False))
    assert chances.someone_new == pytest.approx((line - total - blank - nobody) / line, abs=2e-3)


def test_any_model_and_frame_with_an_open_end_can_be_asked(in_house, scene):
    async def work(house):
        play = await house.director.new_play(scene, seed=3)
        leaf = (
            await house.director.say(play.id, play.leaf, "ada", "Psst.", Kind.WHISPER, ["ben"])
        ).id
        before = len(play.tree)
        for name, frame in (("base", "transcript"), ("base", "screenplay"), ("chat", "untitled"),
                            ("chat", None)):  # fmt: skip
            model = await house.pool.load(play.models[name])
            chances = await expect(play, leaf, model, frame=frame)
            assert sorted(each.member for each in chances.candidates) == ["ada", "ben", "guest"]
            assert sum(each.p for each in chances.candidates) + chances.someone_new <= 1 + 1e-6
            assert 0 <= chances.ends + chances.goes_on <= 1 + 1e-6
            again = await expect(play, leaf, model, frame=frame)
            assert again.candidates == chances.candidates
            end = await open_end(play, leaf, model, frame)
            assert "Psst" not in end.prompt.text + str(end.prompt.messages())
        with pytest.raises(BadInput, match="no open end"):
            await expect(play, leaf, model, frame="self")
        assert len(play.tree) == before

    in_house(work)


def test_names_are_known_whatever_their_case() -> None:
    assert known_names(cast("ada", "bo")) == {"ada", "bo"}
