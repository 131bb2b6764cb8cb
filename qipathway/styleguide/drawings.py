"""Every chart in every state."""

from collections.abc import Callable
from datetime import date

from django.utils.safestring import SafeString

from qipathway.core.charts import (
    Axis,
    Band,
    Curve,
    Event,
    Gap,
    Lane,
    Line,
    Named,
    Piece,
    Point,
    chart_key,
    plan_chart,
    progress_curve,
    ring,
    run_chart,
    sparkline,
    stage_bar,
    year_calendar,
    year_key,
    year_months,
    year_strip,
)
from qipathway.core.lib.dates import DAY

WEEKS = (171.0, 162.0, 180.0, 158.0, 236.0, 149.0, 141.0, 138.0, 144.0, 131.0, 127.0, 124.0)
SIGNS = (("", "A week"), ("shift", "A shift"), ("centre", "Median"), ("goal", "Goal"))


def _points(**kinds: str) -> list[Point]:
    return [
        Point(f"Week {n}", value, kinds.get(f"w{n}", ""), "record system down" if n == 5 else "")
        for n, value in enumerate(WEEKS, 1)
    ]


def _run() -> SafeString:
    return run_chart(_points(), 144, title="Minutes to bed", unit="min", uid="sample-run")


def _control() -> SafeString:
    lines = [
        Line(212, "Upper limit", "limit"),
        Line(146, "Mean", "centre"),
        Line(80, "Lower limit", "limit"),
        Line(120, "Goal", "goal"),
    ]
    events = [Event(5, "Two-day event")]
    points = _points(w5="out")
    said = {"title": "Minutes to bed, with limits", "unit": "min", "uid": "sample-control"}
    return run_chart(points, None, lines=lines, events=events, **said)


def _curve() -> SafeString:
    actual = Curve("You", ((0, 0), (6, 3), (16, 5)))
    expected = Curve("Expected", ((0, 0), (12, 4), (24, 8)), "expected")
    return progress_curve(
        [actual, expected],
        title="Classes",
        description="Five of eight, where six were expected.",
        x_ticks=[(0, "Jul"), (12, "Jul"), (24, "Jul")],
        now=16,
        uid="sample-curve",
    )


KINDS = ("free", "class", "clash", "clinic", "hold", "leave", "quiet", "busy")


def _year() -> SafeString:
    first, last = date(2026, 7, 1), date(2026, 9, 30)
    days = {}
    for offset in range((last - first).days + 1):
        day = first + offset * DAY
        kind = KINDS[offset // 7 % len(KINDS)]
        days[day] = ("", "") if day.weekday() > 4 else (kind, "free")
    names = [Named(first, date(2026, 7, 28), "Elective"), Named(date(2026, 7, 29), last, "Wards A")]
    said = {"title": "A quarter", "description": "Every kind of half day, week by week."}
    return year_calendar(days, names, today=date(2026, 8, 12), uid="sample-year", **said)


QUARTER = (date(2026, 7, 1), date(2026, 9, 30))


def _strip() -> SafeString:
    pieces = [
        Piece(date(2026, 7, 1), date(2026, 7, 28), "free", "Cardiology"),
        Piece(date(2026, 7, 29), date(2026, 8, 25), "busy", "Wards A"),
        Piece(date(2026, 8, 26), date(2026, 9, 30), "quiet", "ICU"),
        Piece(date(2026, 8, 5), date(2026, 8, 14), "leave", "Vacation"),
    ]
    dots, now = [date(2026, 7, 9)], date(2026, 8, 20)
    return year_strip(pieces, dots, days=QUARTER, today=now, title="A quarter", uid="sample-strip")


def _plan() -> SafeString:
    lanes = [
        Lane("A coach is named", 0, 3, "done", "done Aug 4", (1.2,)),
        Lane("First 4 classes", 0, 12, "late", "3 of 4, late since Jul 1", (4, 7, 11)),
        Lane("All 10 classes", 0, 24, "open", "3 of 10, by Jul 1, 2027", (4, 7, 11)),
        Lane("Results presented", 28, 34, "ahead", "from Nov 1, 2027"),
        Lane("First meetings", 0, 3, "plain", "by Sep 29, on paper"),
    ]
    years = ("First year", "Second year", "Third year")
    axis = Axis(
        bands=tuple(Band(12 * n, 12 * n + 12, year) for n, year in enumerate(years)),
        gaps=(Gap(14, 15, "Leave from Sep 1, 2026 to Sep 30, 2026"),),
        ticks=tuple((month - 1, str(month)) for month in range(1, 37, 3)),
        now=16.5,
    )
    return plan_chart(lanes, axis, title="Plan", description="One of five is late.", uid="sample")


CHARTS: dict[str, tuple[tuple[str, Callable[[], SafeString]], ...]] = {
    "run_chart": (("a run chart", _run), ("a control chart", _control)),
    "progress_curve": (("behind what is expected", _curve),),
    "plan_chart": (("every state of a lane", _plan),),
    "sparkline": (("a few weeks", lambda: sparkline(WEEKS, 144, title="Twelve weeks")),),
    "ring": (
        ("empty", lambda: ring(0, 8, "0 of 8 classes", "0 of 8")),
        ("part", lambda: ring(6, 8, "6 of 8 classes", "6 of 8")),
        ("full", lambda: ring(8, 8, "8 of 8 classes", "8 of 8")),
    ),
    "stage_bar": (
        ("not begun", lambda: stage_bar(-1, 9, "Not begun")),
        ("in the middle", lambda: stage_bar(3, 9, "Stage 4 of 9")),
        ("all done", lambda: stage_bar(9, 9, "All nine stages")),
    ),
    "chart_key": (
        (
            "its signs",
            lambda: chart_key(SIGNS),
        ),
    ),
    "year_calendar": (("a quarter of a year", _year),),
    "year_strip": (("a quarter of a year", _strip),),
    "year_months": (("its head", lambda: year_months(QUARTER, uid="sample-months")),),
    "year_key": (("its signs", lambda: year_key([(kind, kind.title()) for kind in KINDS])),),
}
"""By the name of the function that draws; a new one without a state here fails a test."""
