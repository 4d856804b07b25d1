"""A widget of many parts, built part by part: at once, or each in a turn of its own."""

from collections.abc import Iterator


class Building:
    """What has still to be built of something."""

    def __init__(self, parts: Iterator[None], *, slowly: bool = False) -> None:
        """Build everything, or, where it may be slow, nothing yet."""
        self._parts = parts
        if not slowly:
            self.finish()

    def go_on(self) -> bool:
        """Build one more part; whether there may be another one."""
        return next(self._parts, self) is None

    def finish(self) -> None:
        """Build what is left."""
        while self.go_on():
            pass
