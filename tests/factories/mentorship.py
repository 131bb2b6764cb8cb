"""Check-ins and what belongs to them; a resident and a coach are always given by the test."""

from datetime import date, time, timedelta

import factory

from mentorship.models import CheckIn, CoachNote, Commitment, Update
from mentorship.states import CheckInState, CommitmentState, Mood, NoteLevel
from qipathway.core.lib.dates import at_local


class CheckInFactory(factory.django.DjangoModelFactory):
    """Planned for the morning of a fixed Thursday."""

    class Meta:
        model = CheckIn

    class Params:
        held = factory.Trait(
            state=CheckInState.HELD,
            mood=Mood.MOVING,
            learned="Forty of the 168 minutes are waiting for the pharmacy.",
            held_at=factory.SelfAttribute("starts_at"),
        )
        cancelled = factory.Trait(state=CheckInState.CANCELLED)

    program = factory.SelfAttribute("resident.program")
    day = date(2026, 12, 3)
    clock = time(10)
    zone = factory.SelfAttribute("program.zone")
    starts_at = factory.LazyAttribute(lambda row: at_local(row.day, row.clock, row.zone))
    medium = "by video"


class CommitmentFactory(factory.django.DjangoModelFactory):
    """Open, and due two weeks after the check-in in which it was made."""

    class Meta:
        model = Commitment

    class Params:
        done = factory.Trait(state=CommitmentState.DONE, done_on=factory.SelfAttribute("due_on"))

    program = factory.SelfAttribute("made_in.program")
    resident = factory.SelfAttribute("made_in.resident")
    text = factory.Sequence(lambda n: f"Shadow discharge {n} end to end")
    due_on = factory.LazyAttribute(lambda row: row.made_in.day + timedelta(days=14))


class CoachNoteFactory(factory.django.DjangoModelFactory):
    """Given, and its author's alone."""

    class Meta:
        model = CoachNote

    class Params:
        drafted = factory.Trait(given_at=None)

    program = factory.SelfAttribute("check_in.program")
    author = factory.SelfAttribute("check_in.coach")
    level = NoteLevel.MINE
    body = "Ask for the sponsor next time."
    given_at = factory.SelfAttribute("check_in.starts_at")


class UpdateFactory(factory.django.DjangoModelFactory):
    """Written the day before the planned check-in, and not answered."""

    class Meta:
        model = Update

    program = factory.SelfAttribute("resident.program")
    text = "Transport cannot spare anyone on day two."
    at = at_local(date(2026, 12, 2), time(18), "America/Los_Angeles")
