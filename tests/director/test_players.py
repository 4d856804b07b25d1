"""Who plays in an imported play: a model that fits, and cards that are known, none added."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

from stage.director.importing import take_in
from stage.director.players import cards_for, model_for
from stage.kit import paths, settings
from stage.play.persona import persona
from stage.store.library import Library
from tests.store.making import scene

CHAT = "\n".join(
    json.dumps(row)
    for row in (
        {"user_name": "Sam", "character_name": "Nell", "create_date": "", "chat_metadata": {}},
        {"name": "Sam", "is_user": True, "is_system": False, "mes": "Hello."},
        {"name": "Nell", "is_user": False, "is_system": False, "mes": "Ah."},
    )
)


def done(path: Path, work: Callable[[Library], Awaitable[None]]) -> None:
    async def inside() -> None:
        library = await Library.open(path / "library.db")
        try:
            await work(library)
            assert await library.check() == []
        finally:
            await library.close()

    asyncio.run(inside())


def test_a_known_card_plays_and_gets_no_empty_version(tmp_path: Path) -> None:
    (tmp_path / "chat.jsonl").write_text(CHAT)
    nell = persona("Nell", description="You mend nets.")

    async def work(library: Library) -> None:
        await library.remember_persona(nell)
        (taken,) = await take_in(library, tmp_path / "chat.jsonl")
        assert (taken.cards, taken.model) == (("Nell",), "stage-chat")
        known = await library.versions("Nell")
        assert [each.hash for each in known] == [nell.version]
        made = (await library.scene(str(taken.play)))[0]
        assert made.cast.named("nell").persona == nell  # type: ignore[union-attr]
        assert [each.persona.card["data"].get("description") for each in
                await library.versions("Sam")] == [None], "nobody knew Sam"  # fmt: skip
        (again,) = await take_in(library, tmp_path / "chat.jsonl")
        assert (again.cards, len(await library.versions("Sam"))) == (("Nell",), 1)

    done(tmp_path, work)


def test_an_imported_card_file_comes_before_what_plays_had(tmp_path: Path) -> None:
    paths.personas().mkdir(parents=True)
    own = persona("Nell Green", description="From the file.")
    (paths.personas() / "nell-green.json").write_text(json.dumps(own.card))

    async def work(library: Library) -> None:
        await library.remember_persona(persona("Nell Green", description="Played."))
        await library.remember_persona(persona("Bo", description="Played."))
        await library.remember_persona(persona("Bo"))
        found = await cards_for(library, ["nell green", "Bo", "Nobody"])
        assert {name: each.text("description") for name, each in found.items()} == {
            "nell green": "From the file.", "bo": "Played.",
        }  # fmt: skip
        assert await cards_for(None, ["Bo"]) == {}

    done(tmp_path, work)


def test_ones_own_model_of_the_right_kind_comes_first(tmp_path: Path) -> None:
    resources = paths.resources() / "models"
    folder = tmp_path / "models"
    folder.mkdir()
    settings.save(replace(settings.load(paths.settings()), watched=[str(folder)]), paths.settings())

    async def work(library: Library) -> None:
        assert await model_for(None, "chat") == {"stage-chat": "stage-chat"}
        assert await model_for(library, "base") == {"stage-base": "stage-base"}
        watched, used = folder / "talker.gguf", tmp_path / "used.gguf"
        shutil.copy(resources / "stage-chat.gguf", watched)
        shutil.copy(resources / "stage-chat.gguf", used)
        assert await model_for(library, "chat") == {"talker": str(watched)}
        assert await model_for(library, "base") == {"stage-base": "stage-base"}
        await library.create_play(replace(scene(), models={"x": str(used)}), date="", seed=1)
        assert await model_for(library, "chat") == {"used": str(used)}
        used.unlink()
        assert await model_for(library, "chat") == {"talker": str(watched)}

    done(tmp_path, work)
