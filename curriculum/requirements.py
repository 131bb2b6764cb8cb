"""The keys under which classes, homework and practice are credited or waived. Pure."""

from uuid import UUID

from residents.requirements import UNSETTLED, Settled, Settlements

STAND_UPS = "stand-ups"
REPORT_OUTS = "report-outs"
PSA_MEETINGS = "psa-meetings"
FLOW_TOURS = "flow-tours"
QUALITY_LEADERS = "quality-leaders"
SBP_EVENTS = "sbp-events"
LEADER_MEETINGS = "leader-meetings"
PHYSICIAN_LEADERS = "physician-leaders"
OTHER_LEADERS = "other-leaders"
EVENTS = "improvement-events"
CONTRIBUTIONS = "contributions"
CLASS, HOMEWORK = "class-", "homework-"
"""What the key of one class, and of its homework, begins with; the class's uid follows."""


def class_key(course: UUID) -> str:
    return f"{CLASS}{course}"


def homework_key(course: UUID) -> str:
    return f"{HOMEWORK}{course}"


def is_waived(course: UUID, settled: Settlements) -> bool:
    """Whether the whole class is waived, its homework with it."""
    return settled.get(class_key(course), UNSETTLED).waived > 0


def waived_classes(settled: Settlements) -> list[str]:
    """Return the uids of the classes that are waived."""
    return [
        key.removeprefix(CLASS)
        for key, how in settled.items()
        if key.startswith(CLASS) and how.waived
    ]


def credited_too(wider: str, narrower: str, settled: Settlements) -> tuple[Settled, int]:
    """Return what is settled of a requirement of which another is a part, and the part's share.

    What was done counts for both, so a credit of the part is a credit of the whole. A waiver says
    that nothing was done, so it is of the part alone.
    """
    own, part = settled.get(wider, UNSETTLED), settled.get(narrower, UNSETTLED)
    return Settled(own.credited + part.credited, own.waived), part.credited
