from __future__ import annotations

import sys
from importlib import import_module

import pytest

from stage.kit.without import without


def test_a_module_is_not_found_until_it_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "this", raising=False)
    with without("this"), pytest.raises(ImportError):
        import_module("this")
    assert "this" not in sys.modules
    assert import_module("colorsys")
    with without("colorsys"):
        assert import_module("colorsys") is sys.modules["colorsys"]
