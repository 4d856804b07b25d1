"""SillyTavern's chats: a message a row. Its swipes are siblings; the one shown goes on.

Written is one path, what stands beside each line of it as its swipes. Times are written as it
writes them now, ISO 8601, and read in every form that it ever wrote.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, BinaryIO

from stage.formats import deep
from stage.formats.format import Format, Record, Source
from stage.formats.neutral import NODES, Found, Losses, Node, text_of
from stage.kit.errors import BadInput
from stage.play.line import Kind, Line

_HEAD = {"user_name", "character_name", "create_date", "chat_metadata"}
_TOLD = (Kind.NARRATION, Kind.DIRECTION, Kind.ENTER, Kind.EXIT)  # by SillyTavern's narrator
NOTE = "Author's note"
_LATEST = 253_402_300_800  # seconds: the year 10000
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_CLOCK = ("hours", "minutes", "seconds", "milliseconds")
_PAGE = 100  # lines whose times are read at once
_SPOKEN = re.compile(r"(\w+) (\d{1,2}), (\d{4}) (\d{1,2}):(\d{2}) ?([ap]m)", re.I)
_HUMANIZED = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2}) ?@(\d{1,2})h ?(\d{1,2})m ?(\d{1,2})s(?: ?(\d{1,3})ms)?"
)
_ZONE = re.compile(r"(?:[zZ]|[+-]\d\d:?\d\d)$")
_NOBODY = ("", "unused")  # the names in the head of a group's chat


def find(file: BinaryIO) -> Iterator[Found]:
    """Yield the one tree of a chat. Raises BadInput."""
    data, losses = file.read(deep.LARGEST + 1), Losses()
    if len(data) > deep.LARGEST:
        raise BadInput(f"The file is larger than {deep.LARGEST >> 20} MiB; export it in parts.")
    rows = list(_rows(data, losses))
    head = rows.pop(0) if rows and "mes" not in rows[0] and rows[0].keys() & _HEAD else {}
    if not any("mes" in row for row in rows):
        raise BadInput("The file holds no message; export the chat again.")
    book = _noted(_dict(head.get("chat_metadata")), losses)
    nodes: list[Node] = []
    at: str | None = None
    for number, row in enumerate(rows, 1):
        made, at = _message(number, row, at, losses)
        nodes += made
        if len(nodes) > NODES:
            raise BadInput(f"The tree has more than {NODES} nodes.")
    title, people, params = _title(head, nodes), _people(head, rows), {"preset": "st"}
    yield Found(
        title, tuple(nodes), at, losses.rows(), people, "natural", params, book, _narrators(rows)
    )  # fmt: skip


def _people(head: dict[str, Any], rows: list[dict[str, Any]]) -> frozenset[str]:
    """All but those whom a model spoke for; a narrator's rows and hidden ones do not tell."""
    users = {str(row.get("name")) for row in rows if row.get("is_user")} | {
        str(head.get("user_name"))
    }
    told = (row for row in rows if not row.get("is_system") and _kind(row, Losses()) is Kind.SPEECH)
    played = {str(row.get("name")) for row in told} - users
    return frozenset({str(row.get("name")) for row in rows} | users) - played


def _narrators(rows: list[dict[str, Any]]) -> frozenset[str]:
    """The names under which nothing but narration was written; hidden rows do not tell."""
    kinds = [(str(row.get("name")), _kind(row, Losses())) for row in rows]
    others = {name for name, kind in kinds if kind is Kind.SPEECH}
    return frozenset(name for name, kind in kinds if kind is Kind.NARRATION) - others


def _noted(metadata: dict[str, Any], losses: Losses) -> dict[str, Any]:
    """The author's note of a chat as a lorebook: told always, as deep as it was."""
    note, every = metadata.get("note_prompt"), metadata.get("note_interval", 1)
    if not isinstance(note, str) or not note.strip():
        return {}
    if every not in (0, 1):
        losses.add("changed", "note", "the author's note is told at every turn now")
    deep_ = {"position": 4, "depth": metadata.get("note_depth", 4), "role": _role(metadata)}
    within = metadata.get("note_position", 1) == 1  # else beside the cards
    entry = {
        "name": NOTE, "comment": NOTE, "keys": [], "content": note, "constant": True,
        "enabled": every != 0, "insertion_order": 100, "extensions": deep_ if within else {},
    }  # fmt: skip
    return {"entries": [entry]}


def _role(metadata: dict[str, Any]) -> int:
    role = metadata.get("note_role")
    return role if isinstance(role, int) and role in (0, 1, 2) else 0


def _rows(data: bytes, losses: Losses) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(data.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = deep.loads(line)
        except BadInput:
            row = None
        if isinstance(row, dict):
            yield row
        else:
            losses.add("dropped", "row", "a row that is no message", f"row {number}")


def _message(
    number: int, row: dict[str, Any], parent: str | None, losses: Losses
) -> tuple[list[Node], str]:
    """A message and its other swipes as siblings, and the id of the one that is shown."""
    where = f"message {number}"
    shown = text_of(_text(row.get("mes", "")), where)
    swipes = row.get("swipes")
    texts = [text_of(_text(each), where) for each in swipes] if isinstance(swipes, list) else []
    times = _times(row, len(texts), losses)
    at = row.get("swipe_id")
    if not (isinstance(at, int) and 0 <= at < len(texts) and texts[at] == shown):
        at = texts.index(shown) if shown in texts else len(texts)
        texts += [shown] if at == len(texts) else []
        times += [None] * (len(texts) - len(times))
    times[at] = sent_at(row.get("send_date")) or times[at]
    _lose(row, losses)
    name, kind = row.get("name"), _kind(row, losses)
    speaker = name if isinstance(name, str) and name.strip() else None
    ids = [str(number) if each == at else f"{number}.{each + 1}" for each in range(len(texts))]
    made = zip(ids, texts, times, strict=True)
    return [Node(id_, parent, text, speaker, kind, made=when) for id_, text, when in made], str(
        number
    )


def _times(row: dict[str, Any], count: int, losses: Losses) -> list[float | None]:
    """When each swipe of a message was made, as far as the file says."""
    told = row.get("swipe_info")
    infos = [_dict(each) for each in told[:count]] if isinstance(told, list) else []
    dates = [row.get("send_date"), *(each.get("send_date") for each in infos)]
    if any(sent_at(each) is not None and not _zoned(each) for each in dates):
        losses.add("changed", "zone", "a time without a zone is read as SillyTavern reads it")
    found = [sent_at(each.get("send_date")) for each in infos]
    return found + [None] * (count - len(found))


def sent_at(date: Any) -> float | None:
    """The seconds since 1970 of a `send_date`; None for what is no date."""
    try:
        if isinstance(date, bool):
            return None
        if isinstance(date, int | float) or (isinstance(date, str) and date.isdecimal()):
            found = float(date) / 1000
        elif not isinstance(date, str):
            return None
        elif spoken := _SPOKEN.fullmatch(date.strip()):
            found = _of_words(*spoken.groups())
        elif numbers := _HUMANIZED.fullmatch(date.strip()):
            year, month, day, *clock = (int(each or 0) for each in numbers.groups())
            since = timedelta(**dict(zip(_CLOCK, clock, strict=True)))
            found = (datetime(year, month, day, tzinfo=UTC) + since).timestamp()
        else:
            found = datetime.fromisoformat(date).timestamp()
    except (ValueError, OverflowError, OSError):
        return None
    return found if 0 < found < _LATEST else None


def _of_words(month: str, day: str, year: str, hour: str, minute: str, half: str) -> float:
    """The seconds of "June 19, 2023 2:20pm", which names no zone."""
    at = int(hour) % 12 + 12 * (half.lower() == "pm")
    number = _MONTHS.index(month[:3].lower()) + 1
    return datetime(int(year), number, int(day), at, int(minute)).timestamp()


def _zoned(date: Any) -> bool:
    """Whether a date says which zone it is of."""
    return not isinstance(date, str) or date.isdecimal() or bool(_ZONE.search(date))


def _sent(when: float) -> str:
    """A time as SillyTavern writes one."""
    return datetime.fromtimestamp(when, UTC).isoformat(timespec="milliseconds")[:-6] + "Z"


def _text(value: Any) -> Any:
    """A text, also as Chub wraps it."""
    return value.get("message") if isinstance(value, dict) else value


def _kind(row: dict[str, Any], losses: Losses) -> Kind:
    if row.get("is_system") is True:
        losses.add("changed", "hidden", "was hidden from prompts; it is out of character now")
        return Kind.OOC
    return Kind.NARRATION if _dict(row.get("extra")).get("type") == "narrator" else Kind.SPEECH


def _lose(row: dict[str, Any], losses: Losses) -> None:
    extra = _dict(row.get("extra"))
    told = row.get("swipe_info")
    infos = [row, *(map(_dict, told) if isinstance(told, list) else ())]
    if any({"model", "api"} & _dict(each.get("extra")).keys() for each in infos):
        losses.add("dropped", "making", "by which model a message was made")
    if extra.get("reasoning"):
        losses.add("dropped", "reasoning", "what a model reasoned before a message")
    if extra.get("image") or extra.get("media") or extra.get("file"):
        losses.add("dropped", "media", "a picture or a file of a message")


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _title(head: dict[str, Any], nodes: list[Node]) -> str:
    name = head.get("character_name")
    if isinstance(name, str) and name.strip() not in _NOBODY:
        return name
    return ", ".join(dict.fromkeys(node.speaker for node in nodes if node.speaker)) or "Chat"


# ---------------------------------------------------------------- written


def write(source: Source) -> Iterator[str]:
    """Yield a head and a message a line of the path."""
    members = [each for each in source.scene.cast if not each.persona.narrator]
    person = next((each.label for each in members if each.human), "You")
    other = next((each.label for each in members if not each.human), source.scene.title)
    path = source.path()
    first = [each["made"] for each in source.accounts([line.id for line in path[:1]])]
    began = _sent(first[0]) if first else ""
    head = {"user_name": person, "character_name": other, "create_date": began}
    yield _row({**head, "chat_metadata": _note_of(source.scene.book)})
    for at in range(0, len(path), _PAGE):
        page = [(line, _beside(source, line)) for line in path[at : at + _PAGE]]
        ids = [each.id for _, beside in page for each in beside]
        known = {each["id"]: each for each in source.accounts(ids)}
        for line, beside in page:
            yield _row(_written(source, line, beside, known))


def _note_of(book: Mapping[str, Any]) -> dict[str, Any]:
    """The author's note that the play's own book keeps, as a chat has it."""
    entries = book.get("entries")
    listed = [_dict(each) for each in entries] if isinstance(entries, list) else []
    entry = next((each for each in listed if each.get("name") == NOTE), {})
    if not entry.get("constant") or not isinstance(entry.get("content"), str):
        return {}
    deep_ = _dict(entry.get("extensions"))
    return {
        "note_prompt": entry["content"],
        "note_interval": int(entry.get("enabled") is not False),
        "note_position": int(deep_.get("position") == 4),
        "note_depth": deep_.get("depth", 4),
        "note_role": deep_.get("role", 0),
    }


def _written(
    source: Source, line: Line, beside: list[Line], known: Mapping[str, Record]
) -> dict[str, Any]:
    cast = source.scene.cast
    member = cast[str(line.speaker)] if line.speaker in cast else None
    told = line.kind in _TOLD or (member is not None and member.persona.narrator)
    told = told and line.kind is not Kind.OOC
    extra: dict[str, Any] = {"type": "narrator"} if told else {}
    if model := source.model_of(line):
        extra["model"] = model
    row: dict[str, Any] = {
        "name": cast.label_of(line) or source.scene.title,
        # Also where a model wrote it for them.
        "is_user": member is not None and member.human and not told,
        "is_system": line.kind is Kind.OOC,
        **_made(known.get(line.id)),
        "mes": line.text,
        "extra": extra,
    }
    if len(beside) > 1:
        row["swipe_id"] = beside.index(line)
        row["swipes"] = [each.text for each in beside]
        if known:
            models = ({"model": each} if each else {} for each in map(source.model_of, beside))
            row["swipe_info"] = [
                {**_made(known.get(each.id)), "extra": model}
                for each, model in zip(beside, models, strict=True)
            ]
    return row


def _made(account: Record | None) -> dict[str, str]:
    """When a line was made, and how long its model took, as far as that is known."""
    if account is None:
        return {}
    began, ended = account.get("started"), account.get("ended")
    taken = {"gen_started": _sent(began), "gen_finished": _sent(ended)} if began and ended else {}
    return {"send_date": _sent(account["made"]), **taken}


def _beside(source: Source, line: Line) -> list[Line]:
    """A line and its siblings that somebody else did not say."""
    found = source.tree.children(str(line.parent))
    return [each for each in found if (each.speaker, each.kind) == (line.speaker, line.kind)]


def chosen(source: Source) -> Iterable[Line]:
    """What is written: the path, and what stands beside it."""
    return (each for line in source.path() for each in _beside(source, line))


def _row(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, allow_nan=False) + "\n"


def _sniff(head: bytes) -> float:
    first = head.lstrip(b"\xef\xbb\xbf \t\r\n").split(b"\n", 1)[0]
    if not first.startswith(b"{"):
        return 0.0
    if b'"chat_metadata"' in first or (b'"user_name"' in first and b'"character_name"' in first):
        return 0.9
    return 0.8 if b'"mes"' in first and b'"is_user"' in first else 0.0


ENTRY = Format(
    "sillytavern", "SillyTavern chat", ".jsonl", _sniff, write, find=find,
    keeps=frozenset({"model"}), chosen=chosen, timed=True,
)  # fmt: skip
