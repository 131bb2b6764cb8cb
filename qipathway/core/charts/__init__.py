"""Drawings as SVG, made on the server: pure functions of typed values, blind to what they show.

Classes carry every colour, so a chart follows light, dark and forced colours; geometry is in
attributes, so a strict content policy passes. Text is never smaller than 12 px: each chart with an
axis is drawn at two widths, and the style sheet shows the one that fits.
"""

from .curve import Curve, progress_curve
from .figure import Table, as_table
from .key import chart_key
from .plan import Axis, Band, Gap, Lane, plan_chart
from .ring import ring
from .run import Event, Line, Point, run_chart
from .sparkline import sparkline
from .stages import Step, stage_bar, steps
from .strip import Piece, year_months, year_strip
from .year import Named, year_calendar, year_key

__all__ = [
    "Axis",
    "Band",
    "Curve",
    "Event",
    "Gap",
    "Lane",
    "Line",
    "Named",
    "Piece",
    "Point",
    "Step",
    "Table",
    "as_table",
    "chart_key",
    "plan_chart",
    "progress_curve",
    "ring",
    "run_chart",
    "sparkline",
    "stage_bar",
    "steps",
    "year_calendar",
    "year_key",
    "year_months",
    "year_strip",
]
