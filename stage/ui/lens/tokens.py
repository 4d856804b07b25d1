"""One or two models' numbers of a token, side by side, and where they come from."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from stage.director.records import ScoredToken
from stage.ui.lanes.verbatim import printed_bytes
from stage.ui.lens.columns import Columns
from stage.ui.lens.sight import Meeting, Sight
from stage.ui.lens.tinting import apart, figures

View = tuple[Sight, int | None]


class TokenFacts(Columns):
    """What is known of a token."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(3, parent)

    def show_views(self, views: Sequence[View], meeting: Meeting | None, at: int) -> None:
        """Show a token by model; `at` is its index for the first one of the meeting."""
        told = [_source(sight) for sight, _ in views]
        told += [self._none(sight) for sight, where in views if where is None]
        self.show_columns(
            (self.tr("logprob"), self.tr("rank"), self.tr("entropy")),
            [_column(view) for view in views],
            [*self._apart(meeting, at), *told],
        )

    def _none(self, sight: Sight) -> str:
        return self.tr("No token of {0} begins here.").format(sight.model)

    def _apart(self, meeting: Meeting | None, at: int) -> list[str]:
        if meeting is None:
            return []
        found = meeting.stretch(at)
        if found is None:
            return [
                self.tr("No difference: {0} has no token to compare it with.").format(
                    meeting.other.model
                )
            ]
        rows = []
        value = meeting.difference(found)
        if value is not None:
            said = apart(value, meeting.one.model, meeting.other.model)
            rows.append(f"{said[:1].upper()}{said[1:]}.")
        else:
            rows.append(self.tr("No difference: a token of it has no score."))
        if not meeting.alike and (len(found.ones) > 1 or len(found.others) > 1):
            said = self.tr("The tokens do not match here: {0} to {1}, {2} to {3}.")
            ones = _spelled([meeting.one.tokens[each] for each in found.ones])
            others = _spelled([meeting.other.tokens[each] for each in found.others])
            rows.append(said.format(ones, meeting.one.model, others, meeting.other.model))
        return rows


def _column(view: View) -> tuple[str, ...]:
    sight, at = view
    return (sight.model, *(figures(sight.tokens[at]) if at is not None else ("\u2013",) * 3))


def _source(sight: Sight) -> str:
    return f"{sight.model}: {sight.source}."


def _spelled(tokens: Sequence[ScoredToken]) -> str:
    return " + ".join(printed_bytes(each.piece) for each in tokens)
