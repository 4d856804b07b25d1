"""Every stage/x/y.py has its own tests/x/test_y.py."""

from __future__ import annotations

from pathlib import Path

from tests.architecture import source

TESTS = source.ROOT / "tests"

# file -> why it has no test of its own. This list only shrinks.
EXEMPT: dict[str, str] = {
    "stage/director/events.py": "data only; test_performing.py hears every one of them",
    "stage/director/records.py": "names handed up, no code",
}


def test_file_of(path: Path) -> Path:
    """Return where the test of a file belongs."""
    relative = path.relative_to(source.STAGE)
    return TESTS / relative.with_name(f"test_{relative.stem.strip('_')}.py")


test_file_of.__test__ = False  # type: ignore[attr-defined]


def test_every_file_has_its_test() -> None:
    wanted = [path for path in source.files() if path.name != "__init__.py"]
    missing = [
        f"{source.name_of(path)} -> {source.name_of(test_file_of(path))}"
        for path in wanted
        if source.name_of(path) not in EXEMPT and not test_file_of(path).exists()
    ]
    assert not missing, "these have no test of their own:\n" + "\n".join(missing)


def test_exemptions_are_still_needed() -> None:
    stale = [
        name
        for name in EXEMPT
        if not (source.ROOT / name).exists() or test_file_of(source.ROOT / name).exists()
    ]
    assert not stale
    assert all(EXEMPT.values())
