"""A score reads its tokens by its model's vocabulary."""

from stage.play.scored import Scored, ScoreRecord
from stage.play.token import Tokens


def test_a_piece_that_is_not_known_is_empty() -> None:
    record = ScoreRecord(
        "s", "p", "l", "id:1", "own frame", "", "b2:", 0, None, {}, 0.0, 0, 0.0, Tokens.of(()),
        (), (),
    )  # fmt: skip
    found = Scored(record, "voc:1", (b"a", b"b"))
    assert [found.piece(each) for each in (0, 1, 2, -1)] == [b"a", b"b", b"", b""]
    assert Scored(record, "voc:1").piece(0) == b""
