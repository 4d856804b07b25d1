"""What else might have been said at one place: the likeliest tokens of one or two models."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import exp
from typing import Any

from PySide6.QtCore import QObject, Qt

from stage.director.records import ScoredToken
from stage.ui.lanes.verbatim import printed_bytes
from stage.ui.lens.sight import Sight
from stage.ui.models.listed import Index, Listed
from stage.ui.words import tr

OPTION = Qt.ItemDataRole.UserRole
MOST = 8  # rows beside those that were taken


@dataclass(frozen=True, slots=True)
class Part:
    """What one model thinks of an option.

    Attributes:
        id: of the token in its vocabulary, None where it is not known to have one.
        share: probability; None where it is only known to be under `bound`.
        taken: the text goes on with it.
    """

    id: int | None
    share: float | None
    bound: float | None = None
    taken: bool = False

    @property
    def figure(self) -> str:
        """The probability with three digits; what is unknown is no number."""
        if self.share is not None and self.share < 0.0005:
            return "<0.001"
        if self.share is not None:
            return f"{self.share:.3f}"
        return f"<{max(self.bound, 0.001):.3f}" if self.bound is not None else "?"


@dataclass(frozen=True, slots=True)
class Option:
    """A token that might stand there.

    Attributes:
        words: as it is read, every character seen.
        parts: by model.
        own: which of them the text's tokens are of.
    """

    words: str
    parts: tuple[Part, ...]
    own: int = 0

    @property
    def taken(self) -> bool:
        """Whether the text goes on with it."""
        return self.parts[self.own].taken


class OptionsModel(Listed[Option]):
    """Rows of options."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self.names: Sequence[str] = ()

    def show_options(self, names: Sequence[str], rows: Sequence[Option]) -> None:
        """Show these, by the models of these names."""
        self.names = tuple(names)
        self.put(rows)
        self.told_anew()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words, and for a screen reader every number too."""
        option = self.at(index)
        if option is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return option.words
        if role == OPTION:
            return option
        if role == Qt.ItemDataRole.AccessibleTextRole:
            taken = [tr("options", "taken")] if option.taken else []
            pairs = zip(self.names, option.parts, strict=True)
            return ", ".join(
                [option.words, *taken, *(f"{name} {each.figure}" for name, each in pairs)]
            )
        return None


def options(views: Sequence[tuple[Sight, int | None]], own: int) -> list[Option]:
    """The likeliest tokens at a place, and those taken, likeliest to the text's model first.

    Args:
        views: by model, with the index of its token that begins there; None: none does.
        own: which of them the text's tokens are of.
    """
    here = [(sight, None if at is None else sight.tokens[at]) for sight, at in views]
    pieces = dict.fromkeys(
        piece for sight, token in here if token is not None for piece in _pieces(sight, token)
    )
    one = len({sight.look.vocabulary if sight.look else None for sight, _ in views}) == 1
    twice = Counter(printed_bytes(piece) for piece in pieces)
    rows = [
        _option(piece, here, own, one=one, spaced=twice[printed_bytes(piece)] > 1)
        for piece in pieces
    ]
    rows.sort(key=lambda row: -(row.parts[own].share or 0.0))
    best = sorted(rows, key=lambda row: -max(each.share or 0.0 for each in row.parts))[:MOST]
    return [row for row in rows if row in best or any(each.taken for each in row.parts)]


def _option(
    piece: bytes, here: Sequence[tuple[Sight, ScoredToken | None]], own: int, *, one: bool,
    spaced: bool = False,
) -> Option:  # fmt: skip
    """One row.

    Args:
        one: the models share a vocabulary, so a token has the same id in both.
        spaced: another row reads the same but for a space before it, which is shown then.
    """
    parts = [_part(*each, piece) for each in here]
    known = next((each.id for each in parts if each.id is not None), None)
    if one:
        parts = [replace(each, id=known) for each in parts]
    lead = "\u2423" if spaced and piece.startswith(b" ") and piece.strip() else ""
    return Option(lead + printed_bytes(piece), tuple(parts), own)


def _pieces(sight: Sight, token: ScoredToken) -> list[bytes]:
    return [token.piece, *(bytes(sight.pieces[id_]) for id_, _ in token.top)]


def _part(sight: Sight, token: ScoredToken | None, piece: bytes) -> Part:
    if token is None:
        return Part(None, None)
    known = {bytes(sight.pieces[id_]): (id_, value) for id_, value in token.top}
    least = min((value for _, value in token.top), default=None)
    taken = token.piece == piece
    if piece in known:
        return Part(known[piece][0], exp(known[piece][1]), None, taken)
    if taken:
        share = None if token.logprob is None else exp(token.logprob)
        return Part(token.id, share, None, taken=True)
    return Part(None, None, None if least is None else exp(least))
