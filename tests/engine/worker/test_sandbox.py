from __future__ import annotations

import pytest
from jinja2.exceptions import SecurityError, TemplateRuntimeError, UndefinedError

from stage.engine.worker.sandbox import CappedEnvironment, frozen_clock, raise_exception


def rendered(source: str, **values: object) -> str:
    return CappedEnvironment().from_string(source).render(**values)


@pytest.mark.parametrize(
    "source",
    [
        "{{ 'a' * 10000000000 }}",
        "{{ [1] * 10000000000 }}",
        "{{ 10 ** 100000000 }}",
        "{{ 2 ** 'x' }}",
        "{% set ns = namespace(x='a' * 999) %}{% for i in range(60) %}"
        "{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
        "{% set ns = namespace(x='a' * 999) %}{% for i in range(60) %}"
        "{% set ns.x = ns.x + ns.x %}{% endfor %}",
        "{% set ns = namespace(x=9) %}{% for i in range(60) %}"
        "{% set ns.x = ns.x * ns.x %}{% endfor %}",
        "{% set ns = namespace(x='a' * 999) %}{% for i in range(60) %}"
        "{% set ns.x = ns.x | replace('a', ns.x) %}{% endfor %}",
        "{% set ns = namespace(x='a' * 999) %}{% for i in range(60) %}"
        "{% set ns.x = ns.x.replace('a', ns.x) %}{% endfor %}",
        "{% set ns = namespace(x='a' * 999) %}{% for i in range(60) %}"
        "{% set ns.x = ns.x.join(['b'] * 99) %}{% endfor %}",
        "{% set ns = namespace(x='a' * 999) %}{% for i in range(60) %}"
        "{% set ns.x = (['b'] * 99) | join(ns.x) %}{% endfor %}",
        "{% set ns = namespace(x='a' * 999) %}{% for i in range(60) %}"
        "{% set x %}{{ ns.x }}{{ ns.x }}{% endset %}{% set ns.x = x %}{% endfor %}",
        "{{ '%1000000000d' % 1 }}",
        "{{ '%*d' % (1000000000, 1) }}",
        "{{ 'a'.ljust(1000000000) }}",
        "{{ '{:>1000000000}'.format(1) }}",
        "{{ 'a' | indent(1000000000) }}",
        "{{ [1] | tojson(indent=100000) }}",
        "{{ range(1000000000) | list }}",
        "{{ strftime_now('%1000000000d') }}",
    ],
)
def test_what_grows_without_bound_is_refused(source: str) -> None:
    with pytest.raises((SecurityError, OverflowError)):
        rendered(source, strftime_now=frozen_clock("2026-01-02"))


@pytest.mark.parametrize("source", ["{{ ''.__class__.__mro__ }}", "{{ x.append(1) }}"])
def test_pythons_insides_and_our_lists_are_out_of_reach(source: str) -> None:
    with pytest.raises(SecurityError):
        CappedEnvironment().from_string("{% set y = " + source[2:-2] + " %}{{ y }}").render(x=[1])


def test_templates_find_what_their_makers_expect() -> None:
    assert rendered("{% generation %}a{% endgeneration %}") == "a"
    assert (
        rendered("{% for i in [1,2,3] %}{% if i == 2 %}{% break %}{% endif %}{{ i }}{% endfor %}")
        == "1"
    )
    assert rendered("{{ {'b': 'é<', 'a': 1} | tojson }}") == '{"b": "é<", "a": 1}'
    assert rendered("{{ ['a', 'b'] | join(', ') }}{{ 'aXb' | replace('X', '-') }}") == "a, ba-b"
    assert rendered("  {% if true %}\n  x\n  {% endif %}\n") == "  x\n"
    assert rendered("{{ 'a' ~ 1 ~ none }}") == "a1None"
    assert rendered("{{ '%s-%s' % ('a', 2) }}{{ 'a,b'.split(',')[1] }}") == "a-2b"
    assert rendered("{{ missing is defined }}") == "False"


def test_the_clock_tells_the_plays_date() -> None:
    assert frozen_clock("2026-01-02")("%d %b %Y") == "02 Jan 2026"
    assert frozen_clock("nonsense")("%Y")


def test_a_template_can_refuse() -> None:
    with pytest.raises(TemplateRuntimeError, match="alternate"):
        raise_exception("roles must alternate")
    with pytest.raises(UndefinedError):
        rendered("{{ nothing.at.all }}")
