"""The wire between the pool and a worker: one JSON object a line, both ways.

Commands go to the worker's stdin, reports come from its private copy of stdout. May know
nothing of models, processes or the play: fields hold JSON values only. Numbers of a batch of
tokens travel as base64 of little-endian arrays, so that a token costs no JSON of its own.
"""

import base64
import hashlib
import itertools
import json
import types
import typing
import zlib
from array import array
from dataclasses import dataclass, field, fields
from typing import Any

TOP = 10  # alternatives recorded for each token
LONGEST = 64 * 1024 * 1024  # bytes in a line; the largest honest one is a vocabulary


class BadFrame(Exception):
    """A line that is not a message of this protocol."""


# ------------------------------------------------------------------ commands


@dataclass(frozen=True, slots=True)
class Load:
    """Open a model; the first command. Answered by Loaded or Failed with id ""."""

    path: str
    backend: str
    cells: int
    context: int
    gpu_layers: int
    map_file: bool
    threads: int
    kv: str = "f16"
    takes: int = 0


@dataclass(frozen=True, slots=True)
class Measure:
    """Tell what a model takes with each of `settings`, in place of Load; the worker then ends.

    Answered by Reply with id "" and `estimates`, or by Failed.
    """

    path: str
    backend: str
    settings: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class CancelLoad:
    """Give up loading."""


@dataclass(frozen=True, slots=True)
class Prepare:
    """Turn a prompt into text and tokens. Answered by Reply."""

    id: str
    prompt: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Count:
    """Count the tokens of texts, no special tokens. Answered by Reply with `counts`."""

    id: str
    texts: list[str]


@dataclass(frozen=True, slots=True)
class Divide:
    """Tokenise pairs [context, text] and tell the texts' tokens apart. Answered by Reply.

    `form` is text, or chat: the context becomes the user's turn and the text the answer.
    """

    id: str
    pairs: list[list[str]]
    form: str
    date: str


@dataclass(frozen=True, slots=True)
class Score:
    """Score items {tokens, first}: each is `shared` plus its tokens, scored from index `first`.

    Answered by Scored as often as needed, then by an empty Reply, or by Failed.
    """

    id: str
    shared: list[int]
    items: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Perform:
    """Make takes {id, seed, sampler, cut} from one prompt.

    With `strict` one after the other, each in a fresh context: of `cells` tokens, with
    `threads` threads and a cache of `kv`, where they are not 0 or "".
    """

    id: str
    tokens: list[int]
    takes: list[dict[str, Any]]
    strict: bool = False
    cells: int = 0
    threads: int = 0
    kv: str = ""


@dataclass(frozen=True, slots=True)
class Stop:
    """End one take of a request, or all of them or a scoring with take ""."""

    id: str
    take: str


@dataclass(frozen=True, slots=True)
class Threads:
    """Use that many threads from the next decode on."""

    count: int


# ------------------------------------------------------------------ reports


@dataclass(frozen=True, slots=True)
class Beat:
    """Alive. `step` counts decodes, `inside` is seconds spent in the present one."""

    step: int
    inside: float


@dataclass(frozen=True, slots=True)
class Progress:
    """Loading, 0 to 1."""

    done: float


@dataclass(frozen=True, slots=True)
class Loaded:
    """The model is ready. `vocabulary` is zlib and base64, see pack_pieces."""

    facts: dict[str, Any]
    engine: dict[str, Any]
    vocabulary: str
    silent: list[int]


@dataclass(frozen=True, slots=True)
class Failed:
    """A command failed: told in words. `kind` is known, bad or bug; id "" means loading."""

    id: str
    kind: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to a command."""

    id: str
    result: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reading:
    """Prompt progress of a request."""

    id: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Scored:
    """Numbers of an item's tokens from index `at` on: base64 arrays, all of 4 bytes a number."""

    id: str
    item: int
    at: int
    logprobs: str
    entropies: str
    ranks: str
    top_ids: str
    top_logprobs: str


@dataclass(frozen=True, slots=True)
class Began:
    """A take has its first token."""

    take: str
    batch: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Said:
    """Tokens of a take: base64 arrays of ids, logprobs, top ids and top logprobs (TOP each).

    Top logprobs are float16, as they are kept; the others take 4 bytes a number. `safe` counts
    code points of the raw text so far that can be shown.
    """

    take: str
    safe: int
    ids: str
    logprobs: str
    top_ids: str
    top_logprobs: str


@dataclass(frozen=True, slots=True)
class Over:
    """A take is over; see orders.Ended."""

    take: str
    reason: str
    cut_at: int | None
    timings: dict[str, Any]
    error: str | None = field(default=None)


Message = (
    Load | Measure | CancelLoad | Prepare | Count | Divide | Score | Perform | Stop | Threads
    | Beat | Progress | Loaded | Failed | Reply | Reading | Scored | Began | Said | Over
)  # fmt: skip
_KINDS: dict[str, type[Any]] = {kind.__name__: kind for kind in typing.get_args(Message)}
_PLAIN = {str: str, int: int, float: (int, float), bool: bool, list: list, dict: dict}


def _allowed(annotation: Any) -> tuple[type, ...]:
    if isinstance(annotation, types.UnionType):
        return tuple(each for part in annotation.__args__ for each in _allowed(part))
    if annotation is types.NoneType:
        return (types.NoneType,)
    found = _PLAIN[typing.get_origin(annotation) or annotation]
    return found if isinstance(found, tuple) else (found,)


_SHAPES = {
    name: {each.name: _allowed(each.type) for each in fields(kind)} for name, kind in _KINDS.items()
}


def encode(message: Message) -> bytes:
    """Write a message as one line, newline included."""
    kind = type(message).__name__
    data = {name: getattr(message, name) for name in _SHAPES[kind]}
    return json.dumps({"t": kind, **data}, separators=(",", ":")).encode("ascii") + b"\n"


def decode(line: bytes) -> Message:
    """Read one line. Raises BadFrame for anything that is not exactly a message."""
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadFrame("not JSON") from error
    if not isinstance(data, dict) or not isinstance(data.get("t"), str):
        raise BadFrame("not a message")
    kind = data.pop("t")
    shape = _SHAPES.get(kind)
    if shape is None or shape.keys() != data.keys():
        raise BadFrame("an unknown message")
    for name, allowed in shape.items():
        value = data[name]
        if not isinstance(value, allowed) or (isinstance(value, bool) and bool not in allowed):
            raise BadFrame(f"a wrong value in {name}")
    return typing.cast(Message, _KINDS[kind](**data))


class Lines:
    """Cuts a stream of bytes into lines, whatever the pieces it comes in."""

    def __init__(self, longest: int = LONGEST) -> None:
        """Refuse lines of more than `longest` bytes."""
        self._parts: list[bytes] = []
        self._size = 0
        self._longest = longest

    def feed(self, data: bytes) -> list[bytes]:
        """Return the lines that are whole now. Raises BadFrame when one grows too long."""
        *whole, rest = data.split(b"\n")
        if whole:
            whole[0] = b"".join([*self._parts, whole[0]])
            self._parts, self._size = [], 0
        if rest:
            self._parts.append(rest)
            self._size += len(rest)
        if self._size > self._longest:
            raise BadFrame("a line without end")
        return [line for line in whole if line]


def pack(data: bytes) -> str:
    """Write bytes as text."""
    return base64.b64encode(data).decode("ascii")


def unpacked(text: str) -> bytes:
    """Read what `pack` wrote. Raises BadFrame."""
    try:
        return base64.b64decode(text, validate=True)
    except ValueError as error:
        raise BadFrame("no base64") from error


def unpack(text: str, kind: str) -> "array[Any]":
    """Read an array of kind "i" or "f" (4 bytes each). Raises BadFrame."""
    numbers = array(kind)
    try:
        numbers.frombytes(unpacked(text))
    except ValueError as error:
        raise BadFrame("a broken array") from error
    return numbers


def pack_pieces(pieces: list[bytes]) -> str:
    """Write a vocabulary: the lengths of its pieces, then the pieces, compressed."""
    lengths = array("I", [len(piece) for piece in pieces])
    return pack(zlib.compress(lengths.tobytes() + b"".join(pieces), 1))


def unpack_pieces(text: str, count: int) -> tuple[str, list[bytes]]:
    """Read a vocabulary of `count` pieces: its hash and the pieces. Raises BadFrame."""
    try:
        data = zlib.decompress(base64.b64decode(text, validate=True))
        lengths = array("I", data[: 4 * count])
    except (ValueError, zlib.error) as error:
        raise BadFrame("a broken vocabulary") from error
    ends = list(itertools.accumulate(lengths, initial=4 * count))
    if len(lengths) != count or ends[-1] != len(data):
        raise BadFrame("a broken vocabulary")
    digest = hashlib.blake2b(data, digest_size=16).hexdigest()
    return f"b2:{digest}", [data[start:end] for start, end in itertools.pairwise(ends)]
