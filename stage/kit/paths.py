"""Where things lie. STAGE_HOME, when set, holds everything of one user."""

import os
from pathlib import Path

import platformdirs

_SHIPPED = Path(__file__).resolve().parents[2] / "resources"


def _home(kind: str) -> Path:
    home = os.environ.get("STAGE_HOME")
    if home:
        return Path(home) / kind
    folder = {
        "data": platformdirs.user_data_path,
        "config": platformdirs.user_config_path,
        "state": platformdirs.user_state_path,
        "cache": platformdirs.user_cache_path,
    }[kind]
    return folder("stage", appauthor=False)


def library() -> Path:
    """The library opened when none is named."""
    return _home("data") / "stage.db"


def personas() -> Path:
    """The folder of the user's own persona cards."""
    return _home("data") / "personas"


def settings() -> Path:
    """The file of preferences."""
    return _home("config") / "settings.toml"


def models() -> Path:
    """The file of what the user settled about single models."""
    return _home("config") / "models.toml"


def state() -> Path:
    """Logs, crash reports and window geometry."""
    return _home("state")


def cache() -> Path:
    """What can be thrown away at any time."""
    return _home("cache")


def resources() -> Path:
    """The files shipped with Stage: models, scenes, personas, plays."""
    return _SHIPPED
