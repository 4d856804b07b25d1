"""The product names no developer's machine and needs nothing that only developers have."""

from __future__ import annotations

import re

from tests.architecture import source

FORBIDDEN = re.compile(r"/(?:root|home|work)/|shared/corpus")


def test_no_developers_path_is_written_into_the_product() -> None:
    found = [
        f"{source.name_of(path)}:{number} {line.strip()}"
        for folder in (source.STAGE, source.ROOT / "packaging" / "setup")
        for path in source.files(folder)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if FORBIDDEN.search(line)
    ]
    assert not found, "\n".join(found)
