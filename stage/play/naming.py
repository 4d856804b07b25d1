"""How a model is called where people read: by its file; scenes have shorter names of their own."""

from collections.abc import Mapping
from pathlib import PurePath


def model_title(name: str, files: Mapping[str, str | PurePath]) -> str:
    """The title of a model of a scene: its file's name, unless two share that.

    Args:
        name: what the scene calls it.
        files: of all models of the scene, by what it calls them.
    """
    stems = {each: PurePath(file).stem for each, file in files.items()}
    stem = stems.get(name)
    return name if stem is None or [*stems.values()].count(stem) > 1 else stem
