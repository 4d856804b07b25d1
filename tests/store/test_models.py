"""Models by content; where they lay apart."""

from __future__ import annotations

from dataclasses import replace

from stage.store.library import Library
from tests.store.conftest import Open
from tests.store.making import MODEL, VOCABULARY, stock


def test_a_model_is_stored_once_and_its_hash_filled_in_later(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        line = await made.take(made.root, 0)
        moved = replace(MODEL, path="elsewhere/one.gguf", sha256="abc", name="renamed")
        await library.remember_model(moved, VOCABULARY)
        await library.remember_model(replace(moved, sha256="other"), VOCABULARY)
        model = (await library.line(line.id)).model
        assert model is not None
        assert (model["sha256"], model["title"], model["path"]) == (
            "abc", "One", "elsewhere/one.gguf",
        )  # fmt: skip
        count = "SELECT (SELECT count(*) FROM model), (SELECT count(*) FROM vocabulary)"
        assert await library._desk.read(lambda c: c.execute(count).fetchone()) == (1, 1)

    opened(work)


def test_the_models_of_a_play_are_known_by_content_and_by_where_they_lay(opened: Open) -> None:
    async def work(library: Library) -> None:
        made = await stock(library)
        assert await library.models_of(made.play) == {}  # nobody spoke yet
        await made.take(made.root, 0)
        await library.remember_model(replace(MODEL, path="elsewhere/one.gguf"), VOCABULARY)
        found = await library.models_of(made.play)
        assert found == {"base": (MODEL.identity, ["elsewhere/one.gguf", MODEL.path])}

    opened(work)
