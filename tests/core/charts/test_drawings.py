"""Drawings: named for who cannot see them, escaped, without style, each with its numbers."""

import xml.etree.ElementTree as ET
from datetime import date, timedelta
from itertools import pairwise

import pytest

from qipathway.core import charts

HOSTILE = "</title><script>alert(1)</script>"
POINTS = [charts.Point(f"Week {n}", value) for n, value in enumerate([171, 162, 180, 158, 236], 1)]


def run(**more):
    return charts.run_chart(POINTS, 171, title="Minutes to bed", unit="min", **more)


def curve(**more):
    curves = [
        charts.Curve("You", ((0, 0), (6, 4))),
        charts.Curve("Expected", ((0, 0), (24, 8)), "expected"),
    ]
    return charts.progress_curve(
        curves,
        title="Classes",
        description="Four of eight.",
        x_ticks=[(0, "Jul"), (12, "Jul")],
        **more,
    )


def year(**more):
    first = date(2026, 11, 30)
    days = {first + timedelta(n): ("free", "class") if n < 3 else ("", "") for n in range(33)}
    names = [charts.Named(date(2026, 12, 7), date(2026, 12, 20), "Elective: Cardiology")]
    said = {"title": "December", "description": "Three days.", "today": first, "uid": "year"}
    return charts.year_calendar(days, more.pop("names", names), **{**said, **more})


def strip(name="Elective: Cardiology", **more):
    days = (date(2026, 7, 1), date(2027, 6, 30))
    pieces = [
        charts.Piece(date(2026, 6, 3), date(2026, 12, 31), "free", name),
        charts.Piece(date(2026, 8, 5), date(2026, 8, 7), "leave", "Vacation"),
    ]
    said = {"title": "A year", "days": days, "today": date(2026, 12, 28), "uid": "strip"}
    return charts.year_strip(pieces, [date(2026, 8, 4)], **{**said, **more})


LANES = [
    charts.Lane("First 4 classes", 0, 12, "late", "3 of 4, late since Jul 1", (4, 7, 11)),
    charts.Lane("All classes", 0, 24, "open", "3 of 10, by Jul 1"),
]
AXIS = charts.Axis(
    bands=(charts.Band(0, 12, "First year"), charts.Band(12, 36, "Later")),
    gaps=(charts.Gap(13, 14, "Leave in August"),),
    ticks=((0, "1"), (12, "13")),
    now=17,
)


def plan(lanes=LANES, axis=AXIS):
    return charts.plan_chart(lanes, axis, title="Plan", description="One of two is late.")


DRAWN = {
    "strip": strip(),
    "months": charts.year_months((date(2026, 7, 1), date(2027, 6, 30)), uid="months"),
    "year": year(),
    "run": run(),
    "plan": plan(),
    "curve": curve(now=8),
    "sparkline": charts.sparkline([1, 3, 2], 2, title="Three weeks"),
    "ring": charts.ring(6, 8, "6 of 8 classes complete"),
    "bar": charts.stage_bar(2, 9, "Stage 3 of 9"),
}


def pictures(drawn):
    return list(ET.fromstring(f"<div>{drawn}</div>"))


@pytest.mark.parametrize("drawn", DRAWN.values(), ids=DRAWN)
def test_every_drawing_is_well_formed_named_and_without_style(drawn):
    for picture in pictures(drawn):
        assert picture.get("role") == "img"
        assert picture.get("aria-label") or picture.find("title").text
        assert all("style" not in part.attrib for part in picture.iter())
        assert picture.get("viewBox").startswith("0 0 ")


@pytest.mark.parametrize("name", ["run", "curve", "year", "strip", "plan"])
def test_charts_with_axes_come_at_two_widths_with_ids_of_their_own(name):
    drawn = DRAWN[name]
    assert [p.get("viewBox").split()[2] for p in pictures(drawn)] == ["860", "358"]
    ids = [part.get("id") for part in ET.fromstring(f"<div>{drawn}</div>").iter() if part.get("id")]
    assert len(ids) == len(set(ids)) == 4


def test_a_run_chart_says_its_centre_its_range_and_every_point():
    wide = pictures(run())[0]
    assert wide.find("desc").text == "5 values from Week 1 to Week 5, 158 to 236 min. Median 171."
    said = [mark.find("title").text for mark in wide.iter("circle")]
    assert said[:2] == ["Week 1: 171 min", "Week 2: 162 min"]
    assert len(said) == 5


def test_points_that_stand_out_differ_in_shape_and_are_named():
    points = [*POINTS[:4], charts.Point("Week 5", 236, "out", "record system down")]
    wide = pictures(charts.run_chart(points, 171, title="x"))[0]
    assert wide.find("path").get("class") == "q-chart-point is-out"
    assert wide.find("path/title").text == "Week 5: 236, record system down"
    assert "record system down" in [text.text for text in wide.iter("text")]


def test_lines_and_events_are_labelled():
    drawn = run(
        lines=[charts.Line(150, "Goal 150", "goal"), charts.Line(180, "", "limit", last=2)],
        events=[charts.Event(3, "Kaizen event")],
    )
    words = [text.text for text in pictures(drawn)[0].iter("text")]
    assert {"Goal 150", "Median 171", "Kaizen event"} <= set(words)
    assert "q-chart-limit" in drawn


def test_labels_of_lines_that_lie_together_do_not_overlap():
    drawn = run(lines=[charts.Line(171.5, "Mean", "centre"), charts.Line(172, "Goal", "goal")])
    tops = sorted(
        float(text.get("y"))
        for text in pictures(drawn)[0].iter("text")
        if text.text in {"Mean", "Goal", "Median 171"}
    )
    assert [b - a >= 13.9 for a, b in pairwise(tops)] == [True, True]


def test_a_plan_says_each_lane_and_gap_and_draws_what_is_overdue_up_to_today():
    for picture in pictures(plan()):
        said = [title.text for title in picture.iter("title")]
        assert said == [
            "Plan",
            "Leave in August",
            "First 4 classes: 3 of 4, late since Jul 1",
            "All classes: 3 of 10, by Jul 1",
        ]
        [overdue] = [line for line in picture.iter("line") if "overdue" in line.get("class")]
        [now] = [line for line in picture.iter("line") if "event" in line.get("class")]
        assert overdue.get("x2") == now.get("x1")
        assert len(list(picture.iter("circle"))) == 3
        texts = {text.text for text in picture.iter("text")}
        assert texts >= {"First year", "Later", "Today", "All classes", "3 of 10, by Jul 1", "13"}


def test_what_lies_outside_of_a_plan_is_drawn_at_its_edge():
    lane = charts.Lane("Long ago", -30, 90, "done", "done", (-20, 80))
    for picture in pictures(plan([lane])):
        edges = [float(mark.get("cx")) for mark in picture.iter("circle")]
        [bar] = [r for r in picture.iter("rect") if "q-plan-span" in r.get("class")]
        assert edges[0] == float(bar.get("x"))
        assert edges[1] == float(bar.get("x")) + float(bar.get("width"))


def test_text_from_people_is_escaped_in_every_drawing():
    points = [charts.Point(HOSTILE, 1, "out", HOSTILE), charts.Point(HOSTILE, 2)]
    drawn = [
        charts.run_chart(
            points,
            1,
            title=HOSTILE,
            unit=HOSTILE,
            lines=[charts.Line(1, HOSTILE)],
            events=[charts.Event(1, HOSTILE)],
        ),
        charts.sparkline([1, 2], title=HOSTILE),
        charts.ring(1, 2, HOSTILE, HOSTILE),
        charts.stage_bar(1, 2, HOSTILE),
        year(names=[charts.Named(date(2026, 12, 1), date(2026, 12, 31), HOSTILE)], title=HOSTILE),
        charts.year_key([("free", HOSTILE)]),
        strip(name=HOSTILE, title=HOSTILE),
        plan([charts.Lane(HOSTILE, 0, 1, "open", HOSTILE)]),
    ]
    assert [each for each in drawn if "<script>" in each] == []


@pytest.mark.parametrize("values", [[5], [5, 5], [0], [-1, 1]])
def test_few_or_equal_values_are_still_drawn(values):
    points = [charts.Point(str(n), value) for n, value in enumerate(values)]
    assert len(pictures(charts.run_chart(points, values[0], title="x"))) == 2
    assert pictures(charts.sparkline(values, values[0], title="x"))


def test_without_values_nothing_is_drawn():
    assert charts.run_chart([], None, title="x") == ""
    assert charts.sparkline([], title="x") == ""
    assert plan([]) == ""
    assert charts.progress_curve([], title="x", description="", x_ticks=[]) == ""


@pytest.mark.parametrize(
    ("done", "total", "dashes"), [(6, 8, "75 100"), (0, 8, None), (9, 8, "100 100"), (0, 0, None)]
)
def test_a_ring_is_filled_by_its_share_and_never_beyond(done, total, dashes):
    picture = pictures(charts.ring(done, total, "x"))[0]
    values = [c.get("stroke-dasharray") for c in picture.iter("circle")][1:]
    assert values == ([dashes] if dashes else [])


@pytest.mark.parametrize(
    ("current", "states"),
    [(-1, "todo todo todo"), (1, "done now todo"), (3, "done done done")],
)
def test_stages_before_the_current_one_are_done(current, states):
    assert [s.state for s in charts.steps(("a", "b", "c"), current)] == states.split()
    bar = pictures(charts.stage_bar(current, 3, "x"))[0]
    assert [r.get("class") for r in bar.iter("rect")] == [f"is-{s}" for s in states.split()]


def test_a_bar_beside_the_stages_name_is_hidden_from_who_listens():
    assert 'aria-hidden="true"' in charts.stage_bar(1, 3)


def test_a_table_holds_the_numbers_as_words():
    table = charts.as_table(
        "Weekly minutes", ("Week", "Minutes"), [("Mar 30", 171.0), ("Apr 6", None)]
    )
    assert table.rows == (("Mar 30", "171"), ("Apr 6", ""))


def test_half_days_of_a_kind_are_one_shape_with_a_mark_where_the_colour_is_not_enough():
    wide = pictures(year())[0]
    shapes = {p.get("class"): p.get("d").count("M") for p in wide.iter("path")}
    assert shapes == {
        "q-chart-half is-free": 3,
        "q-chart-half is-class": 3,
        "q-chart-mark is-class": 3,
    }


def test_a_year_frames_today_and_names_months_mondays_and_where_somebody_is():
    wide, narrow = pictures(year())
    said = [text.text for text in wide.iter("text")]
    assert {"Dec", "Jan", "7", "28", "Elective: Cardiology"} <= set(said)
    assert "Elective: Cardiol…" in [text.text for text in narrow.iter("text")]
    assert len(wide.findall("rect")) == 1
    assert not list(pictures(year(today=date(2027, 6, 1)))[0].iter("rect"))


def test_a_strip_says_its_pieces_cuts_them_to_the_year_and_names_what_has_room():
    wide = pictures(strip())[0]
    assert wide.find("desc").text == "Elective: Cardiology from Jun 3; Vacation from Aug 5"
    bars = {r.get("class"): r.attrib for r in wide.iter("rect")}
    assert bars["q-chart-piece is-free"].get("x") == "0"
    assert [text.text for text in wide.iter("text")] == ["Elective: Cardiology"]
    assert len(list(wide.iter("circle"))) == 1
    assert "q-chart-now" in strip()
    assert "q-chart-now" not in strip(today=date(2027, 7, 1))
