"""The frame of the measures: what a goal means, and that a missing figure misses it."""

import pytest

from bench.frame import Run, case, judge, peak_memory, quantile
from bench.table import markdown, text_table


@case("Essai", size="3 lignes", goal="p95 < 50 ms, lost = 0")
def example(run):
    run.measure(lambda: None, times=3)


def measured(**figures):
    run = Run(example)
    example.function(run)
    for name, value in figures.items():
        run.figure(name, value)
    return run


@pytest.mark.parametrize(
    ("goal", "value", "held"),
    [
        ("p95 < 50 ms", 0.0499, True),
        ("p95 < 50 ms", 0.05, False),
        ("peak < 200 MB", 199_999_999, True),
        ("median ≤ 1 s", 1, True),
        ("lost = 0", 0, True),
        ("lost = 0", 1, False),
        ("share of 304 > 90 %", 0.95, True),
        ("lost = 0", None, False),
    ],
)
def test_a_goal_is_a_comparison(goal, value, held):
    assert judge(goal, lambda _name: value) == (goal, value, held)


def test_a_goal_that_cannot_be_judged_is_no_goal():
    with pytest.raises(ValueError, match="as fast as possible"):
        judge("as fast as possible", lambda _name: 1)


def test_a_figure_not_given_misses_the_goal():
    assert measured(lost=0).passed
    assert not measured(lost=2).passed
    assert not measured().passed


def test_nearest_rank():
    assert quantile(list(range(1, 101)), 95) == 95
    assert quantile([7], 99) == 7


def test_memory_is_what_the_call_took():
    assert peak_memory(lambda: bytearray(60_000_000)) > 50_000_000


def test_the_page_has_machine_date_and_verdict():
    run = measured(lost=2)
    run.peer("pair", lambda: None, times=2)
    page = markdown("essai", [run])
    assert "cœurs" in page
    assert "**manqué**" in page
    assert "pair :" in text_table([run])
