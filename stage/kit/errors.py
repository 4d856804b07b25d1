"""Errors told in words. A KnownError is the world's doing, a BugError is ours."""


class KnownError(Exception):
    """Something the user can understand and act on.

    Attributes:
        sentence: what happened, why, and what to do, in one sentence.
        exit_code: what the command line returns (1 failed, 2 bad input).
    """

    exit_code = 1

    def __init__(self, sentence: str) -> None:
        """Keep the sentence that is shown to the user as it is."""
        super().__init__(sentence)
        self.sentence = sentence


class BadInput(KnownError):
    """What the user handed over cannot be used; nothing was changed."""

    exit_code = 2


def reason(error: Exception) -> str:
    """Why a text could not be read as JSON or TOML: Python's own words where they are plain."""
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    if isinstance(error, UnicodeDecodeError):
        return "it is not UTF-8 text"
    return "a number has too many digits" if "digits" in str(error) else str(error)


class BugError(Exception):
    """A promise of our own code was broken: logged whole, told briefly."""


class ClosedError(BugError):
    """Asked of what is closed already. For spawned work that is its end and no failure."""
