"""A Jinja2 environment for templates out of model files, which are hostile until proven otherwise.

The library's sandbox forbids reaching Python's insides but sets no limits, so every way to
make something large out of something small is bounded here; time is bounded by the caller.
"""

import json
import re
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError, TemplateRuntimeError
from jinja2.ext import Extension, loopcontrols
from jinja2.parser import Parser
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

MOST = 1_000_000  # characters or items of any one value
MOST_BITS = 4096
_FORBIDDEN_FILTERS = ("random", "pprint", "urlize", "filesizeformat", "xmlattr", "center", "format",
                      "wordwrap", "groupby", "truncate")  # fmt: skip
_FORBIDDEN_METHODS = {"format", "format_map", "center", "ljust", "rjust", "zfill", "expandtabs",
                      "translate", "maketrans", "to_bytes"}  # fmt: skip


def _large() -> SecurityError:
    return SecurityError("the template makes a value that is far too large")


def _size(value: Any) -> int:
    if isinstance(value, str | bytes | list | tuple | dict):
        return len(value)
    return 1


def _bounded(value: Any) -> Any:
    if _size(value) > MOST or (isinstance(value, int) and value.bit_length() > MOST_BITS):
        raise _large()
    return value


def _check_product(left: Any, right: Any) -> None:
    """Refuse a repetition or a product that would be too large, before it is made."""
    for one, other in ((left, right), (right, left)):
        many = isinstance(other, int) and isinstance(one, str | bytes | list | tuple)
        if many and len(one) * max(other, 0) > MOST:
            raise _large()
    whole = isinstance(left, int) and isinstance(right, int)
    if whole and left.bit_length() + right.bit_length() > MOST_BITS:
        raise _large()


def _check_power(left: Any, right: Any) -> None:
    plain = isinstance(left, int | float) and isinstance(right, int | float)
    if not plain or abs(right) > 64:
        raise _large()


def _check_format(form: Any) -> None:
    """Refuse widths of three digits and more, or given apart."""
    if isinstance(form, bytes) or (isinstance(form, str) and re.search(r"\d{3}|\*", form)):
        raise _large()


def _check_replacement(text: Any, old: Any, new: Any) -> None:
    most = len(text) + 1 if not old else len(text) // len(old)
    if most * len(new) + len(text) > MOST:
        raise _large()


def _check_join(between: Any, items: Any) -> list[Any]:
    listed = list(items) if isinstance(items, Iterable) else []
    if sum(_size(each) for each in listed) + len(between) * len(listed) > MOST:
        raise _large()
    return listed


_CHECKS: dict[str, Callable[[Any, Any], None]] = {
    "*": _check_product,
    "**": _check_power,
    "%": lambda left, _: _check_format(left),
}


class _Generator(CodeGenerator):
    """Sends `~` through the environment, which bounds it."""

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 -- Jinja's name
        self.write("environment.joined((")
        for each in node.nodes:
            self.visit(each, frame)
            self.write(", ")
        self.write("))")


class _Generation(Extension):
    """`{% generation %}` marks the model's own words for training; here it only holds them."""

    tags = {"generation"}  # noqa: RUF012 -- as the library declares it

    def parse(self, parser: Parser) -> nodes.Node | list[nodes.Node]:
        """Return what stands inside."""
        next(parser.stream)
        return list(parser.parse_statements(("name:endgeneration",), drop_needle=True))


class CappedEnvironment(ImmutableSandboxedEnvironment):
    """The sandbox with bounds on every value. Raises SecurityError beyond them."""

    intercepted_binops = frozenset(["*", "**", "+", "%", "//", "-", "/"])
    code_generator_class = _Generator

    def __init__(self) -> None:
        """Set up as the makers of templates expect it: trimmed blocks, loop controls, tojson."""
        super().__init__(
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=[loopcontrols, _Generation],
            cache_size=0,
        )
        self.concat = self._concat  # type: ignore[method-assign]  # bounded
        for name in _FORBIDDEN_FILTERS:
            self.filters.pop(name, None)
        for name in ("indent", "replace", "join", "batch", "slice", "tojson", "string"):
            self.filters[name] = _CAPPED.get(name) or _capped(self.filters[name])
        self.globals.pop("lipsum", None)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Compute an operator within bounds."""
        check = _CHECKS.get(operator)
        if check is not None:
            check(left, right)
        return _bounded(super().call_binop(context, operator, left, right))

    def joined(self, parts: tuple[Any, ...]) -> str:
        """`a ~ b`, bounded."""
        return self._concat(str(part) for part in parts)

    @staticmethod
    def _concat(parts: Iterable[str]) -> str:
        kept: list[str] = []
        total = 0
        for part in parts:
            total += len(part)
            if total > MOST:
                raise _large()
            kept.append(part)
        return "".join(kept)

    def call(self, context: Context, function: Any, *args: Any, **kwargs: Any) -> Any:
        """Call a function within bounds; methods of text that can explode are refused."""
        owner, name = getattr(function, "__self__", None), getattr(function, "__name__", "")
        if isinstance(owner, str | bytes | int):
            if name in _FORBIDDEN_METHODS:
                raise SecurityError(f"the template calls {name}, which Stage does not allow")
            if name == "replace" and len(args) >= 2:
                _check_replacement(owner, args[0], args[1])
            elif name == "join" and args:
                args = (_check_join(owner, args[0]),)
        return _bounded(super().call(context, function, *args, **kwargs))


def _capped(filter_: Callable[..., Any]) -> Callable[..., Any]:
    def call(*args: Any, **kwargs: Any) -> Any:
        if any(isinstance(each, int) and each > 10_000 for each in (*args, *kwargs.values())):
            raise _large()
        return _bounded(filter_(*args, **kwargs))

    if hasattr(filter_, "jinja_pass_arg"):
        call.jinja_pass_arg = filter_.jinja_pass_arg  # type: ignore[attr-defined]
    return call


def _replace(text: Any, old: str, new: str, count: int | None = None) -> str:
    _check_replacement(str(text), old, new)
    return str(text).replace(old, new, -1 if count is None else count)


def _join(items: Any, between: str = "", attribute: str | None = None) -> str:
    if attribute is not None:
        items = [each.get(attribute, "") if isinstance(each, dict) else "" for each in items]
    return between.join(str(each) for each in _check_join(between, items))


def _tojson(value: Any, ensure_ascii: bool = False, indent: int | None = None,
            separators: tuple[str, str] | None = None, sort_keys: bool = False) -> str:  # fmt: skip
    if indent is not None and not 0 <= int(indent) <= 16:
        raise _large()
    made = json.dumps(
        value, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys
    )
    return str(_bounded(made))


_CAPPED: dict[str, Callable[..., Any]] = {"replace": _replace, "join": _join, "tojson": _tojson}


def frozen_clock(date: str) -> Callable[[str], str]:
    """Make `strftime_now`, which always tells the play's own date (YYYY-MM-DD), at noon."""
    try:
        day = datetime.strptime(date, "%Y-%m-%d").replace(hour=12)
    except ValueError:
        day = datetime(2026, 1, 1, 12)

    def strftime_now(form: str) -> str:
        if len(form) > 200 or re.search(r"%[^a-zA-Z%]*\d", form):
            raise _large()
        return day.strftime(form)

    return strftime_now


def raise_exception(message: Any) -> None:
    """What templates call to refuse messages."""
    raise TemplateRuntimeError(str(message)[:300])
