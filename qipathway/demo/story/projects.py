"""The capstones: what they are about and how far they have come."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from capstone.screening import QUESTIONS
from capstone.states import Stage

IMPROVEMENT = {question.name: question.expected for question in QUESTIONS}
HALF_SCREENED = {
    name: answer
    for name, answer in IMPROVEMENT.items()
    if name not in {"improves_locally", "happens_anyway"}
}
EMERGENCY = "Emergency department"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What was done on paper: at which stage the project entered, and when it entered each."""

    on: date
    stage: Stage
    days: Mapping[str, date]
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Capstone:
    """A resident's project, and the days of what happened to it; no day, not happened.

    ``owner`` is the name of a leader; ``charter`` holds the other fields beside area and process.
    """

    idea: str
    opened: date
    area: str = ""
    process: str = ""
    chosen: date | None = None
    entry: Entry | None = None
    owner: str = ""
    charter: Mapping[str, str] = field(default_factory=dict)
    written: date | None = None
    answers: Mapping[str, bool] = field(default_factory=dict)
    screened: date | None = None
    signed: date | None = None


CAPSTONES = {
    "R2101": Capstone(
        idea="Antibiotics hang too late in sepsis",
        opened=date(2025, 5, 12),
        area=EMERGENCY,
        process="Triage to first antibiotic in sepsis",
        chosen=date(2025, 9, 29),
        owner="Anneke de Wit",
        charter={
            "first_step": "The triage nurse suspects sepsis",
            "last_step": "The first antibiotic runs",
            "why_it_matters": "Every hour counts, and the bag is often ready before anybody is "
            "free to hang it. Nurses say they look for it in three places.",
            "aim": "From 98 to 60 minutes for nine of ten patients by June.",
            "measure": "Minutes from triage to the first antibiotic, each week",
        },
        written=date(2026, 6, 15),
        answers=IMPROVEMENT,
        screened=date(2026, 6, 22),
        signed=date(2026, 9, 10),
    ),
    "R2102": Capstone(
        idea="Messages are answered three times",
        opened=date(2026, 10, 12),
        area="Primary care clinic, second floor",
        process="Patient message to answer",
        entry=Entry(
            on=date(2026, 10, 13),
            stage=Stage.IMPLEMENTING,
            days={
                Stage.CHARTER: date(2025, 11, 24),
                Stage.CURRENT_STATE: date(2026, 1, 26),
                Stage.EVENT_READY: date(2026, 6, 15),
                Stage.EVENT_HELD: date(2026, 9, 14),
                Stage.IMPLEMENTING: date(2026, 9, 16),
            },
            evidence="Charter on paper, signed by Beatriz Carvalho in January; wall map and "
            "message counts in the clinic's binder; agenda and report-out of the two days in "
            "September. Seen in the clinic on October 9.",
        ),
        owner="Roisin Keogh",
        charter={
            "first_step": "A patient sends a message",
            "last_step": "The patient reads an answer that settles it",
            "why_it_matters": "People write in the evening and wait until noon of the third day. "
            "The clinic opens each message four times.",
            "aim": "From 51 to 24 hours, and one answer instead of three, by May.",
            "measure": "Hours from message to settling answer, each week",
        },
        written=date(2026, 10, 14),
        answers=IMPROVEMENT,
        screened=date(2026, 10, 14),
    ),
    "R2103": Capstone(
        idea="Patients with heart failure come back",
        opened=date(2025, 4, 21),
        area="7 East, hospital medicine",
        process="Heart failure discharge to first call",
        chosen=date(2025, 8, 25),
        owner="Lupe Santana",
        charter={
            "first_step": "The patient leaves the unit",
            "last_step": "Somebody has spoken with the patient about the new medicines",
            "why_it_matters": "Two of five who come back within a month took the old tablets "
            "beside the new ones. A call in the first week would have told us.",
            "aim": "Nine of ten called within five days by April.",
            "measure": "Share of patients called within five days, each week",
        },
        written=date(2026, 5, 18),
        answers=IMPROVEMENT,
        screened=date(2026, 5, 18),
        signed=date(2026, 8, 20),
    ),
    "R2104": Capstone(
        idea="Referrals lie unread",
        opened=date(2026, 10, 5),
        area="Endoscopy unit",
        process="Referral to first appointment",
        entry=Entry(
            on=date(2026, 10, 6),
            stage=Stage.CLOSED,
            days={
                Stage.CHARTER: date(2025, 8, 4),
                Stage.CURRENT_STATE: date(2025, 9, 8),
                Stage.EVENT_READY: date(2026, 1, 12),
                Stage.EVENT_HELD: date(2026, 2, 9),
                Stage.IMPLEMENTING: date(2026, 2, 11),
                Stage.REMEASURED: date(2026, 5, 18),
                Stage.PRESENTED: date(2026, 6, 15),
                Stage.CLOSED: date(2026, 9, 21),
            },
            evidence="A3 with the signatures of Ingrid Solheim and Howard Finch, minutes of the "
            "event of February 9 and 10, the unit's weekly list of referrals, slides of the "
            "presentation on June 12.",
        ),
        owner="Howard Finch",
        charter={
            "first_step": "A referral arrives in the unit",
            "last_step": "The patient has a date",
            "why_it_matters": "A referral waits eleven days before it is read. Patients call us to "
            "ask whether it arrived, and nobody can say.",
            "aim": "From 13 to 5 days by May.",
            "measure": "Days from referral to a date, each week",
        },
        written=date(2026, 10, 7),
        answers=IMPROVEMENT,
        screened=date(2026, 10, 7),
    ),
    "R2201": Capstone(
        idea="Patients ready at ten go home after lunch",
        opened=date(2026, 6, 8),
        area="7 East, hospital medicine",
        process="Discharge order to departure",
        chosen=date(2026, 10, 30),
    ),
    "R2202": Capstone(
        idea="A visit without a vaccine is a chance missed",
        opened=date(2026, 5, 11),
        area=EMERGENCY,
        process="Flu vaccine offered before patients leave",
        chosen=date(2026, 8, 3),
        owner="Anneke de Wit",
        charter={
            "first_step": "The patient is placed in a room",
            "last_step": "The vaccine is given, or a no is written down",
            "why_it_matters": "Many of our patients see no other doctor. Of 40 without a vaccine "
            "three were offered one, and two of them took it.",
            "aim": "Offered to three of four by the end of the season.",
            "measure": "Share of patients offered a vaccine, each week",
        },
        written=date(2026, 11, 5),
        answers=IMPROVEMENT,
        screened=date(2026, 11, 18),
    ),
    "R2203": Capstone(idea="Infusions start two hours late", opened=date(2026, 5, 27)),
    "R2204": Capstone(
        idea="Monitors that nobody stops",
        opened=date(2026, 5, 20),
        area="7 East, hospital medicine",
        process="Telemetry order to its end",
        chosen=date(2026, 9, 16),
        owner="Roisin Keogh",
        charter={
            "first_step": "Telemetry is ordered",
            "last_step": "The monitor is off and back in its place",
            "why_it_matters": "Nurses answer an alarm every four minutes, and two of three "
            "monitors run longer than anybody meant them to.",
            "aim": "Half as many hours without a reason by June.",
            "measure": "Monitor hours after the order should have ended, each week",
        },
        written=date(2026, 12, 16),
        answers=HALF_SCREENED,
        screened=date(2026, 12, 22),
    ),
}
"""One third-year has finished, one has to measure again, two are behind; two of them entered when
the capstone came to this system. Of the second-years one waits for a sponsor, one is late and
silent without a process.
"""
