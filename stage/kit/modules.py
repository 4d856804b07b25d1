"""Modules read one at a time, those first that others need."""

import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec

OURS = "stage."


def read_in(name: str) -> Iterator[None]:
    """Import a module of Stage: each that it needs and that is not there yet is a step.

    What one module needs in turn would else be read with it at once, with most of a view.
    """
    for each in _lacking(name, set()):
        import_module(each)
        yield


def _lacking(name: str, met: set[str]) -> Iterator[str]:
    if name in sys.modules or name in met:
        return
    met.add(name)
    found = find_spec(name)
    if found is None:
        return
    code = getattr(found.loader, "get_code", lambda _: None)(name)
    for each in code.co_names if code is not None else ():
        if each.startswith(OURS):
            yield from _lacking(each, met)
    yield name
