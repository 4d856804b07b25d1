"""Finding what a scene names: scenes, personas and model files, shipped or the user's own."""

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from stage.engine.shelf.finding import find
from stage.engine.worker.aside import aside
from stage.formats.neutral import SOMEBODY
from stage.kit import paths, settings
from stage.kit.errors import BadInput
from stage.kit.plain import refuse_endless
from stage.play.cast import fold
from stage.play.persona import Persona, read_card
from stage.play.scene import Scene, compose, read_scene

FIRST_WORDS = 6  # of a text, that it is called by
LARGEST = 64 << 20  # bytes of a scene or a card as text; what may be in them is less


def shipped(kind: str) -> list[Path]:
    """The shipped files of a kind ("scenes", "personas", "plays", "models"), by name."""
    suffixes = {"scenes": ".toml", "personas": ".json", "plays": ".jsonl", "models": ".gguf"}
    folder = paths.resources() / kind
    return sorted(each for each in folder.glob(f"*{suffixes[kind]}"))


def model_file(name: str, *, must_exist: bool = True) -> Path:
    """The file of a model: a shipped model's name, or a path.

    Raises:
        BadInput: when there is no such file and there must be one.
    """
    path = next((each for each in shipped("models") if each.stem == name), None)
    path = path or Path(name).expanduser()
    if must_exist and not path.is_file():
        raise BadInput(
            f"The model file {path} does not exist; check the path or name another with "
            "--model NAME=FILE."
        )
    return path


def places() -> list[Path]:
    """Where model files are looked for: the shipped ones, then what the user watches."""
    watched = settings.load(paths.settings()).watched
    there = [path for path in map(Path, watched) if path.exists()]
    return [paths.resources() / "models", *there]


def moved_model(identity: str, known: Sequence[str]) -> Path | None:
    """Find a model that is not where it was, by its content, in every place there is."""
    return find(identity, map(Path, known), places())


def load_scene(file: Path, models: Mapping[str, str] | None = None) -> Scene:
    """Read a scene file; relative files in it are looked for beside it.

    Args:
        file: a path, or the name of a shipped scene.
        models: files to use instead, by the scene's name of the model.

    Raises:
        BadInput: when it cannot be read, or names what is not there.
    """
    path = next((each for each in shipped("scenes") if each.stem == str(file)), file)
    text = read_text(path, "scene")
    scene = read_scene(
        text, where=str(path), find=lambda name: load_persona(name, beside=path.parent)
    )
    chosen = {name: _beside(name_or_file, path) for name, name_or_file in scene.models.items()}
    for name, given in (models or {}).items():
        if name not in chosen:
            raise BadInput(
                f"The scene {path} has no model called {name}; it has {', '.join(chosen)}."
            )
        chosen[name] = _here(given)
    return replace(scene, models=chosen)


async def fetch_scene(file: Path) -> Scene:
    """`load_scene` for whoever must not wait: the lore of a scene may be long."""
    return await aside(partial(load_scene, file))


async def missing(files: Iterable[Path]) -> frozenset[str]:
    """Which of some files are not there; a disk may take its time to tell."""
    asked = [*files]
    return await aside(lambda: frozenset(str(each) for each in asked if not each.is_file()))


def with_files(scene: Scene, given: Mapping[str, str]) -> Scene:
    """A scene whose models are other files, by the scene's names of them."""
    return replace(scene, models={**scene.models, **{n: _here(file) for n, file in given.items()}})


def compose_scene(data: Mapping[str, Any]) -> Scene:
    """Make a scene without a file, of what one would hold. Raises BadInput."""
    return compose(data, find=lambda name: load_persona(name, beside=paths.personas()))


def text_scene(text: str, models: Mapping[str, str], title: str = "") -> Scene:
    """A play that is nothing but a text, which models continue as it stands: no name, no card.

    Args:
        text: blanks at its end count; "": the page is empty.
        models: files by name; the first continues it unless another is asked. Raises BadInput.
    """
    begins = bool(text.strip())
    scene = compose_scene(
        {
            "title": title.strip() or " ".join(text.split()[:FIRST_WORDS]) or SOMEBODY,
            "models": dict(models),
            "cast": [{"name": SOMEBODY, "model": next(iter(models), ""), "frame": "prose"}],
            "opening": [{"speaker": SOMEBODY, "text": text}] if begins else [],
        }
    )
    return replace(scene, opening=tuple(replace(each, text=text) for each in scene.opening))


def load_persona(name: str, *, beside: Path) -> Persona:
    """Find a persona: a card file beside the scene, or the name of an imported or shipped one.

    Raises:
        BadInput: when there is none, or its card cannot be read.
    """
    own = beside / name
    path = known_persona(name)
    if own.suffix == ".json" and own.is_file():
        path = own
    if path is None:
        known = ", ".join(each.stem for each in shipped("personas"))
        raise BadInput(
            f"the persona {name} is not known; use a card file beside the scene or one of {known}."
        )
    return read_card(read_text(path, "persona"), where=str(path))


def known_persona(name: str) -> Path | None:
    """The card file of an imported persona, else of a shipped one; None for an unknown name."""
    folders = (paths.personas(), paths.resources() / "personas")
    files = [folder / f"{name}.json" for folder in folders] if Path(name).name == name else []
    with suppress(OSError):  # no file could have such a name
        return next((each for each in files if each.is_file()), None)
    return None


def own_persona(label: str) -> Path | None:
    """The card file that an imported persona of a name would have; None where there is none."""
    file = paths.personas() / f"{card_name(label)}.json"
    return file if file.is_file() else None


def card_name(label: str) -> str:
    """What the card file of a persona is called, without its ending."""
    return re.sub(r"\W+", "-", fold(label)).strip("-") or "persona"


def known_personas() -> list[Path]:
    """Every card file a scene may name: imported ones, then shipped ones."""
    return [*sorted(paths.personas().glob("*.json")), *shipped("personas")]


def read_text(path: Path, what: str) -> str:
    """Read a UTF-8 file that a user named. Raises BadInput, in words; also where it is huge."""
    try:
        refuse_endless(path)
        if path.stat().st_size > LARGEST:
            raise BadInput(
                f"The {what} file {path} is larger than {LARGEST >> 20} MiB; check what it is."
            )
        return path.read_text("utf-8-sig")
    except FileNotFoundError as error:
        raise BadInput(f"The {what} file {path} does not exist; check the path.") from error
    except UnicodeDecodeError as error:
        raise BadInput(f"The {what} file {path} is not UTF-8 text; save it as UTF-8.") from error
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise BadInput(f"The {what} file {path} cannot be read ({reason}); check it.") from error


def _beside(name: str, scene: Path) -> str:
    if any(each.stem == name for each in shipped("models")):
        return name
    path = Path(name).expanduser()
    return str(path if path.is_absolute() else (scene.parent / path).resolve())


def _here(name: str) -> str:
    if any(each.stem == name for each in shipped("models")):
        return name
    return str(Path(name).expanduser().absolute())
