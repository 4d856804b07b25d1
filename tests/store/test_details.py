"""Everything about one line, a year later."""

from __future__ import annotations

import json

from stage.play.provenance import Chunk
from stage.play.token import Token
from stage.store.library import Library
from tests.store.conftest import Open
from tests.store.making import PROMPT, stock, tokens


def test_a_generated_line_tells_all(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        line = await made.take(made.root, 0, 1)
        detail = json.loads(json.dumps((await library.line(line.id)).to_json(), allow_nan=False))
        assert (detail["id"], detail["text"], detail["raw_text"]) == (
            line.id, "the light", " the light",
        )  # fmt: skip
        assert (detail["label"], detail["speaker"], detail["model_name"]) == ("Ada", "ada", "base")
        assert (detail["stop"], detail["status"], detail["cut_at"]) == ("eog", "complete", None)
        assert detail["persona"]["version"] == made.scene.cast["ada"].persona.version
        assert detail["persona"]["card"]["data"]["name"] == "Ada"
        model = detail["model"]
        assert (model["name"], model["identity"], model["path"]) == (
            "base", "id:1", "models/one.gguf",
        )  # fmt: skip
        assert (model["architecture"], model["quantisation"]) == ("llama", "Q8_0")
        assert model["metadata"] == {"general.name": "One"}
        assert detail["frame"] == "transcript"
        prompt = detail["prompt"]
        assert prompt["text"] == PROMPT.text
        assert prompt["tokens"] == [1, 2, 3]
        assert prompt["segments"] == [dict(each) for each in PROMPT.segments]
        assert (prompt["repairs"], prompt["warnings"]) == (["merged"], ["long"])
        assert prompt["dropped"] == [dict(each) for each in PROMPT.dropped]
        assert (prompt["template_hash"], prompt["date"]) == (None, "2026-11-20")
        assert [step["name"] for step in detail["sampler"]["chain"]] == ["temperature", "dist"]
        assert (detail["seed"], detail["mode"], detail["batch"]["n_batch"]) == (11, "batched", 512)
        assert detail["engine"] == {"backend": "test"}
        assert detail["decision"] == {"rule": "manual", "queue": ["ada"]}
        assert (detail["started"], detail["ended"], detail["timings"]) == (1.5, 2.5, {"total": 1.0})
        assert detail["cut"] == {"own": ["Ada"], "others": ["Bo"], "blocks": True}

    opened(work)


def test_tokens_have_texts_logprobs_and_alternatives(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        line = await made.take(made.root, 1, 5, 6)
        first, broken, _ = (await library.line(line.id)).tokens
        assert (first["id"], first["text"], first["logprob"]) == (1, " light", -1.0)
        assert first["top"][0] == {"id": 0, "text": " the", "logprob": 0.0}
        assert first["top"][9]["text"] == "<9>"
        assert "b64" not in first
        assert (broken["text"], broken["b64"]) == ("\ufffd", "8J8=")

    opened(work)


def test_unknown_and_infinite_logprobs_become_null(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        take = await made.begin(made.root)
        said = (Token(0, b" the", None, ((1, float("-inf")),)),)
        await library.append([Chunk(take, 0, said)])
        line = await made.end(take, said)
        (token,) = (await library.line(line.id)).tokens
        assert token["logprob"] is None
        assert token["top"][0]["logprob"] is None
        assert await library.tokens(line.id) == list(said)

    opened(work)


def test_a_typed_line_and_the_scene_have_no_take(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        line = await made.say(made.root, "hello")
        detail = (await library.line(line.id)).to_json()
        assert (detail["model"], detail["prompt"], detail["stop"]) == (None, None, None)
        assert (detail["tokens"], detail["raw_text"], detail["label"]) == ([], None, "Bo")
        root = (await library.line(made.root)).to_json()
        assert root["payload"]["title"] == "The lighthouse"
        assert root["payload"]["date"] == "2026-11-20"
        assert root["label"] is None

    opened(work)


def test_bytes_that_are_no_text_are_kept_beside_the_text(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        line = await made.take(made.root, 0, 5)  # half of an emoji
        assert (await library.line(line.id)).raw_text == " the\ufffd"
        assert await library.tokens(line.id) == list(tokens(0, 5))
        assert await library.check() == []

    opened(work)
