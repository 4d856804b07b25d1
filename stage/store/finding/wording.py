"""What a user types into a search, understood: words, phrases, beginnings, `field:value`."""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from stage.kit.errors import BadInput
from stage.play.line import Cut, Kind
from stage.store.lines import sound

FIELDS = ("speaker", "model", "kind", "tag", "date", "before", "after", "stop", "is", "play")
STATES = ("kept", "hidden", "any", "interrupted", "typed", "generated")
_PART = re.compile(
    r'(?:(?P<field>[a-z]+):)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))(?P<star>\*?)'
)
_TOKEN = re.compile(r"[^\W_]+")
_LONGEST, _MOST = 4000, 64  # characters, words


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for.

    Attributes:
        phrases: each the words that must follow one another, with whether the last may go on.
        fields: (name of FIELDS, value) in order.
    """

    phrases: tuple[tuple[tuple[str, ...], bool], ...] = ()
    fields: tuple[tuple[str, str], ...] = ()

    @property
    def match(self) -> str:
        """The phrases as FTS5 reads them: letters and digits only, quoted."""
        return " AND ".join(
            f'"{" ".join(words)}"{"*" if open_ else ""}' for words, open_ in self.phrases
        )

    def values(self, name: str) -> list[str]:
        """The values given for a field."""
        return [value for key, value in self.fields if key == name]


@dataclass
class _Read:
    phrases: list[tuple[tuple[str, ...], bool]] = field(default_factory=list)
    fields: list[tuple[str, str]] = field(default_factory=list)


def understand(text: str) -> Wanted:
    """Read what was typed. A colon after no known field belongs to the text.

    Raises:
        BadInput: nothing can be looked for, or a field has a value it cannot have.
    """
    read = _Read()
    for found in _PART.finditer(sound(text)[:_LONGEST]):
        _take(read, found)
    if not read.phrases and not read.fields:
        raise BadInput("Name at least one word with a letter or digit, or a field such as "
                       "speaker:Iris.")  # fmt: skip
    if len(read.phrases) + len(read.fields) > _MOST:
        raise BadInput(f"A search takes at most {_MOST} words; leave some out.")
    return Wanted(tuple(read.phrases), tuple(read.fields))


def _take(read: _Read, found: re.Match[str]) -> None:
    name, value = found["field"], found["phrase"]
    value = found["word"] if value is None else value
    if name in FIELDS:
        read.fields.append((name, _checked(name, value + found["star"])))
        return
    open_ = bool(found["star"]) or value.endswith("*")
    words = tuple(tokens(value if name is None else f"{name} {value}"))
    if words:
        read.phrases.append((words, open_))


def _checked(name: str, value: str) -> str:
    """A field's value, refused where nothing could ever have it."""
    allowed = {"kind": tuple(map(str, Kind)), "stop": tuple(map(str, Cut)), "is": STATES}.get(name)
    if allowed and value.lower() not in allowed:
        raise BadInput(f"{name}:{value} finds nothing; use one of {', '.join(allowed)}.")
    if name in ("date", "before", "after"):
        span(value)
    return value.lower() if allowed else value


def span(day: str) -> tuple[float, float]:
    """Seconds since 1970 at which a year, month or day (UTC) begins and ends. Raises BadInput."""
    for form, days in (("%Y-%m-%d", 1), ("%Y-%m", 31), ("%Y", 366)):
        try:
            begins = datetime.strptime(day, form).replace(tzinfo=UTC)
            ends = begins + timedelta(days=days)
            if days > 1:  # the first of the next month or year
                ends = ends.replace(day=1) if days == 31 else ends.replace(month=1, day=1)
            return begins.timestamp(), ends.timestamp()
        except (ValueError, OverflowError):
            continue
    raise BadInput(f"{day[:40]} is no date; write 2026-11-20, 2026-11 or 2026.")


def tokens(text: str) -> list[str]:
    """The words of a text as the index has them: no case, no accents."""
    return _TOKEN.findall(folded(text))


def folded(text: str) -> str:
    """Text without case and accents."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(each for each in plain if not unicodedata.combining(each)).casefold()
