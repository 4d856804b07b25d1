"""Typed events come up through signals; calls go down. Fired on the loop thread only."""

import logging
import weakref
from collections.abc import Callable
from typing import Any, Generic, ParamSpec

P = ParamSpec("P")
log = logging.getLogger("stage.signals")


class Signal(Generic[P]):
    """A list of receivers. Bound methods are held weakly, so a closed view drops out."""

    def __init__(self) -> None:
        """Start with no receiver."""
        self._receivers: list[Callable[[], Callable[P, Any] | None]] = []

    def connect(self, receiver: Callable[P, Any]) -> Callable[P, Any]:
        """Call `receiver` on every fire. Plain functions and bound methods only."""
        make = weakref.WeakMethod if hasattr(receiver, "__self__") else weakref.ref
        self._receivers.append(make(receiver))
        return receiver

    def disconnect(self, receiver: Callable[P, Any]) -> None:
        """Stop calling `receiver`; unknown ones are ignored."""
        self._receivers = [ref for ref in self._receivers if ref() not in (None, receiver)]

    def fire(self, *args: P.args, **kwargs: P.kwargs) -> None:
        """Call every living receiver; one that raises is logged and does not stop the rest."""
        for ref in list(self._receivers):
            receiver = ref()
            if receiver is None:
                self._receivers.remove(ref)
                continue
            try:
                receiver(*args, **kwargs)
            except Exception:
                log.exception("a receiver failed")
