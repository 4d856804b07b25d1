from __future__ import annotations

import inspect

from stage.engine.backends.echo import EchoRunner
from stage.engine.worker.runner import Runner


def test_the_scripted_runner_has_every_method_with_the_same_arguments() -> None:
    for name, method in inspect.getmembers(Runner, inspect.isfunction):
        if not name.startswith("_"):
            assert inspect.signature(method).parameters.keys() == (
                inspect.signature(getattr(EchoRunner, name)).parameters.keys()
            ), name
