"""A small reader for the metadata of a GGUF file."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any, BinaryIO

SCALARS = {
    0: "<B", 1: "<b", 2: "<H", 3: "<h", 4: "<I", 5: "<i", 6: "<f", 7: "<?",
    10: "<Q", 11: "<q", 12: "<d",
}  # fmt: skip
STRING, ARRAY = 8, 9


def read_metadata(path: Path) -> dict[str, Any]:
    """All keys of a GGUF file with their values."""
    with path.open("rb") as file:
        if file.read(4) != b"GGUF":
            raise ValueError(f"{path.name} is no GGUF file")
        _version, _tensors, count = struct.unpack("<IQQ", file.read(20))
        return {_value(file, STRING): _value(file, _number(file, "<I")) for _ in range(count)}


def _number(file: BinaryIO, form: str) -> Any:
    return struct.unpack(form, file.read(struct.calcsize(form)))[0]


def _value(file: BinaryIO, kind: int) -> Any:
    if kind == STRING:
        return file.read(_number(file, "<Q")).decode("utf-8", errors="replace")
    if kind == ARRAY:
        item, length = _number(file, "<I"), _number(file, "<Q")
        return [_value(file, item) for _ in range(length)]
    return _number(file, SCALARS[kind])
