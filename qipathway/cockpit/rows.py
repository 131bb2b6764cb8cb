"""The rows of the board, joined from a few whole reads: no query and no template per cell."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from itertools import groupby

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from capstone.reads import CapstoneFacts
from capstone.states import STAGES
from curriculum.models import Course
from curriculum.reads import EMPTY
from curriculum.wording import cell_words
from qipathway.core.charts.stages import stage_bar
from qipathway.core.lib.dates import short_day
from qipathway.core.lib.markup import (
    cell,
    flags_cell,
    fresh_cell,
    group_row,
    join,
    person_cell,
    row,
    stage_cell,
)
from qipathway.core.lib.templatetags.ui import days

from .standing import Standing
from .words import gap_tone, leave_words, year_name

PRACTICE = "Systems-Based Practice"
WIDE = ("Capstone stage", "Coach check-in", "Watch")
FLAGS = 2
ZERO = "00000000-0000-0000-0000-000000000000"
LEGEND = (
    {"kind": "done", "text": "", "label": "Attended, homework accepted"},
    {"kind": "before", "text": "", "label": "Done before this system"},
    {"kind": "waived", "text": "", "label": "Credited or waived"},
    {"kind": "open", "text": "", "label": "Attended, homework open"},
    {"kind": "booked", "text": "Dec 3", "label": "Booked"},
    {"kind": "part", "text": "4/6", "label": "SBP over, not all of it done"},
    {"kind": "missed", "text": "", "label": "Missed, not rebooked"},
    {"kind": "empty", "text": "", "label": "Not booked yet"},
)


def board_columns(courses: Sequence[Course]) -> list[dict[str, object]]:
    """Return the heads of the board's columns after the first."""
    narrow: list[dict[str, object]] = [{"label": c.short_title, "wide": False} for c in courses]
    narrow.append({"label": "SBP", "wide": False})
    return narrow + [{"label": label, "wide": True} for label in WIDE]


def board_matrix(
    shown: Sequence[Standing],
    courses: Sequence[Course],
    slug: str,
    *,
    today: date,
    links: Collection[str],
    grouped: bool,
) -> dict[str, object]:
    """Return the board's table, by the names its template uses."""
    return {
        "rows": board_rows(shown, Drawer(courses, slug, today=today, links=links), grouped=grouped),
        "columns": board_columns(courses),
        "cells": len(courses) + 1,
        "legend": LEGEND,
    }


def board_rows(
    shown: Sequence[Standing],
    drawer: "Drawer",
    *,
    grouped: bool,
) -> SafeString:
    """Return all rows as one safe string, under a line per class year when ``grouped``."""
    if not grouped:
        return join(drawer.row(standing) for standing in shown)
    width = len(drawer.courses) + len(WIDE) + 2
    parts: list[SafeString] = []
    for pgy, members in groupby(shown, key=lambda standing: standing.pgy):
        some = list(members)
        noun = "resident" if len(some) == 1 else "residents"
        parts.append(group_row(f"{year_name(pgy)}, {len(some)} {noun}", width))
        parts.extend(drawer.row(standing) for standing in some)
    return join(parts)


class Drawer:
    """Draws rows; works out every address once, for reversing 1,200 of them costs 60 ms.

    ``links`` names what the viewer may open from a row: "homework", "projects".
    """

    def __init__(
        self, courses: Sequence[Course], slug: str, *, today: date, links: Collection[str]
    ) -> None:
        self.courses = courses
        self.links = links
        self.today = today
        self.record_url = reverse("cockpit:record", args=[slug, ZERO])
        self.homework_url = reverse("curriculum:homework", args=[slug, ZERO])
        self.project_url = reverse("capstone:project", args=[slug, ZERO])

    def row(self, standing: Standing) -> SafeString:
        """Return one resident's row."""
        resident = standing.resident
        href = self.record_url.replace(ZERO, str(resident.uid))
        person = resident.person
        cells = [
            person_cell(
                person.name,
                href,
                person.initials,
                sub=f"PGY-{standing.pgy} · {resident.get_track_display()}",
                tint=person.tint,
            ),
            *self._classes(standing, href),
            self._practice(standing, href),
            self._stage(standing.capstone, person.name),
            self._fresh(standing),
            flags_cell(_flags(standing, self.today)),
        ]
        return row(cells, str(resident.uid), calm=standing.is_on_plan)

    def _classes(self, standing: Standing, href: str) -> Iterator[SafeString]:
        for course in self.courses:
            found = standing.classes.cells.get(course.pk, EMPTY)
            label = f"{standing.resident.person.name}, {course.short_title}: {cell_words(found)}"
            text = short_day(found.booked_for) if found.booked_for else ""
            has_page = "homework" in self.links and found.homework_uid
            target = self.homework_url.replace(ZERO, found.homework_uid) if has_page else href
            yield cell(found.sign, target, label, text)

    def _practice(self, standing: Standing, href: str) -> SafeString:
        """Say how much of SBP is done, or in which month it begins."""
        name, sbp = standing.resident.person.name, standing.sbp
        if sbp is None or sbp.rotation.first is None or sbp.rotation.last is None:
            return cell("empty", href, f"{name}, {PRACTICE}: not scheduled yet")
        first, count = sbp.rotation.first, f"{sbp.done}/{len(sbp.lines)}"
        if self.today < first:
            starts = short_day(first, seen=self.today)
            return cell("empty", href, f"{name}, {PRACTICE}: from {starts}", f"{first:%b}")
        done = sbp.words
        if sbp.is_complete:
            sign = "waived" if sbp.settled else "done"
            return cell(sign, href, f"{name}, {PRACTICE}: {done}")
        last = short_day(sbp.rotation.last, seen=self.today)
        if sbp.is_over(self.today):
            return cell("part", href, f"{name}, {PRACTICE}: {done}, ended {last}", count)
        return cell("booked", href, f"{name}, {PRACTICE}: {done}, until {last}", count)

    def _stage(self, project: CapstoneFacts | None, name: str) -> SafeString:
        if project is None or project.number is None or project.uid is None:
            return stage_cell(
                stage_bar(-1, len(STAGES)), "Not opened", project.next_need if project else ""
            )
        href = ""
        if "projects" in self.links:
            href = self.project_url.replace(ZERO, str(project.uid))
        bar = stage_bar(project.reached, len(STAGES))
        return stage_cell(bar, project.label, _turn(project, name), href)

    def _fresh(self, standing: Standing) -> SafeString:
        coach = standing.coach.short_name if standing.coach else "No coach"
        if standing.check_ins.last_held is None and standing.is_checked_in:
            return fresh_cell("Not yet", "neutral", coach)
        tone = gap_tone(standing.gap, standing.limit)
        return fresh_cell(days(standing.gap), tone, coach)


def _turn(project: CapstoneFacts, name: str) -> str:
    """Say for how long the stage has run, whose turn it is if not the resident's own, and whether
    the project entered it from before this system.
    """
    said = [days(project.days_in_stage or 0)] if project.ball else []
    said += [project.ball] if project.ball not in {"", name} else []
    said += ["before this system"] if project.is_prior else []
    return ", ".join(said)


def _flags(standing: Standing, today: date) -> list[tuple[str, str]]:
    """Return who is on leave, the heaviest reasons as chips, and how many more there are."""
    away = standing.resident.away_on(today)
    absent = [("plum", capfirst(leave_words(away, seen=today)))] if away else []
    flags = absent + [(reason.tone, reason.flag) for reason in standing.reasons[:FLAGS]]
    more = len(standing.reasons) - FLAGS
    return [*flags, ("neutral", f"{more} more")] if more > 0 else flags
