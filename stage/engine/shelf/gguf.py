"""The head of a GGUF file, read with bounds: metadata and tensor table, never the weights.

Own reader in the standard library: the file is hostile until proven otherwise, and
llama.cpp aborts on some broken ones. Layout: ggml-org/ggml docs/gguf.md. Every refusal is a
BadInput of one sentence that says what is wrong and what to do.
"""

import math
import re
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from stage.kit.errors import BadInput
from stage.kit.plain import refuse_endless

MOST_KEYS, MOST_TENSORS = 65_536, 262_144
LONGEST_TEXT = 16 * 1024 * 1024
MOST_ITEMS = 16 * 1024 * 1024
SHORT = 32  # arrays up to this length are kept
_PLAIN = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
_TEXT, _ARRAY = 8, 9
# tensor type: name, values in a block, bytes of a block
TYPES: dict[int, tuple[str, int, int]] = {
    0: ("F32", 1, 4), 1: ("F16", 1, 2), 2: ("Q4_0", 32, 18), 3: ("Q4_1", 32, 20),
    6: ("Q5_0", 32, 22), 7: ("Q5_1", 32, 24), 8: ("Q8_0", 32, 34), 9: ("Q8_1", 32, 36),
    10: ("Q2_K", 256, 84), 11: ("Q3_K", 256, 110), 12: ("Q4_K", 256, 144), 13: ("Q5_K", 256, 176),
    14: ("Q6_K", 256, 210), 15: ("Q8_K", 256, 292), 16: ("IQ2_XXS", 256, 66),
    17: ("IQ2_XS", 256, 74), 18: ("IQ3_XXS", 256, 98), 19: ("IQ1_S", 256, 50),
    20: ("IQ4_NL", 32, 18), 21: ("IQ3_S", 256, 110), 22: ("IQ2_S", 256, 82),
    23: ("IQ4_XS", 256, 136), 24: ("I8", 1, 1), 25: ("I16", 1, 2), 26: ("I32", 1, 4),
    27: ("I64", 1, 8), 28: ("F64", 1, 8), 29: ("IQ1_M", 256, 56), 30: ("BF16", 1, 2),
    34: ("TQ1_0", 256, 54), 35: ("TQ2_0", 256, 66), 39: ("MXFP4", 32, 17),
}  # fmt: skip
_SHARD = re.compile(r"^(.*)-(\d{5})-of-(\d{5})\.gguf$", re.I)
AGAIN = "download it again"


@dataclass(frozen=True, slots=True)
class Long:
    """A long array of the metadata: its length and nothing else, marks that it holds apart."""

    length: int


@dataclass(frozen=True, slots=True)
class Tensor:
    """A row of the tensor table; `size` is None for a type this reader does not know."""

    name: str
    shape: tuple[int, ...]
    type: str
    offset: int
    size: int | None

    @property
    def values(self) -> int:
        """How many numbers it holds."""
        return math.prod(self.shape)


@dataclass(frozen=True, slots=True)
class Head:
    """What stands before the weights.

    Attributes:
        metadata: keys and values; long arrays are replaced by `Long`.
        marks: which of the end-of-turn marks of `MARKS` the vocabulary holds.
        shards: the files of a split model, this one first; () for a single file.
        size: bytes of all files together.
    """

    path: Path
    metadata: dict[str, Any]
    tensors: tuple[Tensor, ...]
    marks: frozenset[str] = frozenset()
    shards: tuple[Path, ...] = ()
    size: int = 0
    entries: list[str] = field(default_factory=list)


MARKS = ("<|im_end|>", "<|eot_id|>", "<end_of_turn>", "<|end_of_turn|>", "<|end|>", "<turn|>")
_MARKS = {mark.encode(): mark for mark in MARKS}


class _Short(Exception):
    """The file ends where more should come."""


class _Nonsense(Exception):
    """A length or a type that no honest file has."""


class _Reader:
    """Takes values from a file, never more than it holds."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file = file
        self._left = size
        self.at = 0
        self.marks: set[str] = set()

    def take(self, count: int) -> bytes:
        if count > self._left:
            raise _Short
        data = self._file.read(count)
        if len(data) != count:
            raise _Short
        self._left -= count
        self.at += count
        return data

    def number(self, code: str) -> Any:
        return struct.unpack("<" + code, self.take(struct.calcsize("<" + code)))[0]

    def raw_text(self) -> bytes:
        length = int(self.number("Q"))
        if length > LONGEST_TEXT:
            raise _Nonsense
        return self.take(length)

    def text(self) -> str:
        return self.raw_text().decode("utf-8", "replace")

    def value(self, kind: int) -> Any:
        if kind in _PLAIN:
            return self.number(_PLAIN[kind])
        if kind == _TEXT:
            return self.text()
        if kind == _ARRAY:
            return self._array()
        raise _Nonsense

    def _array(self) -> Any:
        kind, length = int(self.number("I")), int(self.number("Q"))
        if length > MOST_ITEMS or kind not in {*_PLAIN, _TEXT}:
            raise _Nonsense
        if length <= SHORT:
            return [self.value(kind) for _ in range(length)]
        if kind == _TEXT:
            for _ in range(length):
                mark = _MARKS.get(self.raw_text())
                if mark:
                    self.marks.add(mark)
        else:
            self.take(length * struct.calcsize("<" + _PLAIN[kind]))
        return Long(length)


def read_head(path: Path) -> Head:
    """Read the head of a model file and check that all of it is there.

    Raises:
        BadInput: not there, not readable, not GGUF, cut short, or a shard is missing.
    """
    head = _read_one(path)
    count = head.metadata.get("split.count", 0)
    if not isinstance(count, int) or count <= 1:
        return head
    shards = _shards(path, count)
    if path != shards[0]:
        raise BadInput(
            f"{path.name} is not the first part of a split model; choose {shards[0].name}."
        )
    heads = [head, *(_read_one(each) for each in shards[1:])]
    tensors = tuple(tensor for each in heads for tensor in each.tensors)
    size = sum(each.size for each in heads)
    return Head(path, head.metadata, tensors, head.marks, tuple(shards), size)


def _shards(path: Path, count: int) -> list[Path]:
    match = _SHARD.match(path.name)
    if match is None or int(match[3]) != count or count > 10_000:
        raise BadInput(
            f"{path.name} is one of {count} parts of a model but its name does not say which; "
            "give the parts their original names (…-00001-of-00003.gguf)."
        )
    shards = [path.with_name(f"{match[1]}-{i:05d}-of-{match[3]}.gguf") for i in range(1, count + 1)]
    missing = [each.name for each in shards if not each.exists()]
    if missing:
        raise BadInput(
            f"{path.name} is split and {missing[0]} is missing beside it; put all {count} parts "
            "into one folder."
        )
    return shards


def _read_one(path: Path) -> Head:
    if path.is_dir():
        raise BadInput(f"{path} is a folder; choose a GGUF file in it.")
    try:
        refuse_endless(path)
        with path.open("rb") as file:
            size = path.stat().st_size
            _sniff(path, file.read(64))
            file.seek(0)
            return _parse(path, file, size)
    except FileNotFoundError as error:
        raise BadInput(f"There is no file {path}; check the name or choose another.") from error
    except PermissionError as error:
        raise BadInput(f"{path} may not be read; change its permissions.") from error
    except OSError as error:
        raise BadInput(f"{path} cannot be read ({error.strerror}); check the drive.") from error


def _parse(path: Path, file: BinaryIO, size: int) -> Head:
    reader = _Reader(file, size)
    try:
        reader.take(4)
        version = int(reader.number("I"))
        if version not in (2, 3):
            raise BadInput(f"{path.name} is GGUF version {version}, Stage reads 2 and 3; {AGAIN}.")
        count, keys = int(reader.number("Q")), int(reader.number("Q"))
        if count > MOST_TENSORS or keys > MOST_KEYS:
            raise _Nonsense
        metadata = {reader.text(): reader.value(int(reader.number("I"))) for _ in range(keys)}
        tensors = tuple(_tensor(reader) for _ in range(count))
    except _Short as error:
        raise BadInput(f"{path.name} ends in the middle of its head; {AGAIN}.") from error
    except (_Nonsense, MemoryError) as error:
        raise BadInput(f"The head of {path.name} is damaged; {AGAIN}.") from error
    _check_end(path, reader.at, metadata, tensors, size)
    return Head(path, metadata, tensors, frozenset(reader.marks), (), size)


def _tensor(reader: _Reader) -> Tensor:
    name = reader.text()
    dimensions = int(reader.number("I"))
    if dimensions > 8:
        raise _Nonsense
    shape = tuple(int(reader.number("Q")) for _ in range(dimensions))
    kind, offset = int(reader.number("I")), int(reader.number("Q"))
    known = TYPES.get(kind)
    if known is None:
        return Tensor(name, shape, f"type {kind}", offset, None)
    size = math.prod(shape) // known[1] * known[2]
    return Tensor(name, shape, known[0], offset, size)


def _check_end(
    path: Path, at: int, metadata: dict[str, Any], tensors: tuple[Tensor, ...], size: int
) -> None:
    alignment = metadata.get("general.alignment", 32)
    if not isinstance(alignment, int) or not 0 < alignment <= 1 << 20:
        raise BadInput(f"The head of {path.name} is damaged; {AGAIN}.")
    start = -(-at // alignment) * alignment
    end = max((start + each.offset + (each.size or 0) for each in tensors), default=at)
    if end > size:
        have = 100 * size // end if end < 1 << 60 else 0
        raise BadInput(
            f"{path.name} is cut short: it has {have} % of the {end / 1e6:.1f} MB it announces; "
            f"{AGAIN}."
        )


_Judge = Callable[[bytes], bool]
_STRANGERS: tuple[tuple[_Judge, str], ...] = (
    (lambda b: not b, "is empty; download it again"),
    (lambda b: b.lstrip().lower().startswith((b"<!doctype", b"<html", b"<head")),
     "is a web page, not a model; download the file itself instead of its page"),
    (lambda b: b.startswith(b"version https://git-lfs"),
     "is a Git LFS pointer, not the model; fetch the real file with `git lfs pull`"),
    (lambda b: b.startswith(b"PK\x03\x04"),
     "is a zip archive, not a GGUF model; unpack it and choose the .gguf file in it"),
    (lambda b: b.startswith((b"\x1f\x8b", b"7z\xbc", b"Rar!", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")),
     "is a compressed archive, not a GGUF model; unpack it first"),
    (lambda b: b.startswith((b"lmgg", b"tjgg", b"fmgg", b"algg")),
     "is in a format older than GGUF; download a GGUF version"),
    (lambda b: b[8:10] == b'{"', "is a safetensors file; download a GGUF version of the model"),
    (lambda b: b[:4] == b"GGUF" and b[4:6] == b"\0\0" and b[4:8] != b"\0\0\0\0",
     "was written for machines of the other byte order; download the little-endian version"),
    (lambda b: b[:4] != b"GGUF", "is not a GGUF model; choose a .gguf file"),
)  # fmt: skip


def _sniff(path: Path, start: bytes) -> None:
    for fits, words in _STRANGERS:
        if fits(start):
            raise BadInput(f"{path.name} {words}.")
