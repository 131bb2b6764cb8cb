from datetime import UTC, date, datetime, time, timedelta

from factory import LazyAttribute, SelfAttribute, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from curriculum.models import (
    Activity,
    Booking,
    Completion,
    Contribution,
    Course,
    Homework,
    Session,
    StandUp,
)
from curriculum.states import (
    ActivityKind,
    BookingState,
    CompletionSource,
    ContributionKind,
    HomeworkState,
)
from qipathway.core.lib.dates import at_local

from .accounts import UserFactory
from .residents import ProgramFactory, ResidentFactory

ZONE = "America/Los_Angeles"


class CourseFactory(DjangoModelFactory):
    class Meta:
        model = Course

    program = SubFactory(ProgramFactory)
    code = Sequence(lambda n: f"VL{n:02}")
    title = Sequence(lambda n: f"Class number {n}")
    short_title = Sequence(lambda n: f"Class {n}")
    strands = ["qi"]
    homework_brief = "Walk one process and mark the waste."
    position = Sequence(lambda n: n)


class SessionFactory(DjangoModelFactory):
    """Thursday, December 3, 2026, in the afternoon."""

    class Meta:
        model = Session

    program = SubFactory(ProgramFactory)
    course = SubFactory(CourseFactory, program=SelfAttribute("..program"))
    day = date(2026, 12, 3)
    starts = time(13)
    ends = time(17)
    zone = ZONE
    starts_at = LazyAttribute(lambda o: at_local(o.day, o.starts, o.zone))
    ends_at = LazyAttribute(lambda o: at_local(o.day, o.ends, o.zone))
    place = "Lindeman 201"
    instructor = SubFactory(UserFactory)
    capacity = 12
    held_seats = 2


class BookingFactory(DjangoModelFactory):
    class Meta:
        model = Booking

    program = SelfAttribute("session.program")
    session = SubFactory(SessionFactory)
    resident = SubFactory(ResidentFactory, program=SelfAttribute("..session.program"))
    course = SelfAttribute("session.course")
    during = LazyAttribute(lambda o: (o.session.starts_at, o.session.ends_at))
    state = BookingState.BOOKED
    attended_at = LazyAttribute(
        lambda o: o.session.ends_at if o.state == BookingState.ATTENDED else None
    )


class HomeworkFactory(DjangoModelFactory):
    """A draft of a class attended on November 12; ``submitted`` and ``accepted`` as traits."""

    class Meta:
        model = Homework

    class Params:
        submitted = False
        accepted = False

    program = SelfAttribute("booking.program")
    booking = SubFactory(
        BookingFactory,
        state=BookingState.ATTENDED,
        session=SubFactory(SessionFactory, day=date(2026, 11, 12)),
    )
    resident = SelfAttribute("booking.resident")
    course = SelfAttribute("booking.course")
    due_on = date(2026, 12, 10)
    body = "Eleven of fourteen steps were waiting."
    state = LazyAttribute(
        lambda o: (
            HomeworkState.ACCEPTED
            if o.accepted
            else HomeworkState.SUBMITTED
            if o.submitted
            else HomeworkState.DRAFT
        )
    )
    submitted_at = LazyAttribute(
        lambda o: datetime(2026, 11, 18, 20, tzinfo=UTC) if o.submitted or o.accepted else None
    )
    accepted_at = LazyAttribute(
        lambda o: datetime(2026, 11, 20, 20, tzinfo=UTC) if o.accepted else None
    )


class StandUpFactory(DjangoModelFactory):
    class Meta:
        model = StandUp

    program = SubFactory(ProgramFactory)
    day = date(2026, 11, 24)
    starts = time(8)
    zone = ZONE
    starts_at = LazyAttribute(lambda o: at_local(o.day, o.starts, o.zone))
    place = "7 East huddle wall"


class CompletionFactory(DjangoModelFactory):
    """Done before this system on July 3, 2025, homework accepted, signed in November 2026."""

    class Meta:
        model = Completion

    program = SelfAttribute("resident.program")
    resident = SubFactory(ResidentFactory)
    course = SubFactory(CourseFactory, program=SelfAttribute("..program"))
    done_on = date(2025, 7, 3)
    source = CompletionSource.BEFORE
    evidence = "Certificate of the course"
    homework_accepted = True
    signed_by = SubFactory(UserFactory)
    signed_at = datetime(2026, 11, 20, 20, tzinfo=UTC)


class ActivityFactory(DjangoModelFactory):
    """A stand-up on Tuesday, November 17, 2026."""

    class Meta:
        model = Activity

    program = SelfAttribute("resident.program")
    resident = SubFactory(ResidentFactory)
    kind = ActivityKind.STAND_UP
    day = date(2026, 11, 17)
    week = LazyAttribute(lambda o: o.day - timedelta(days=o.day.weekday()))
    logged_at = datetime(2026, 11, 17, 20, tzinfo=UTC)


class ContributionFactory(DjangoModelFactory):
    """Taught on November 10, 2026, and waiting to be confirmed; ``confirmed`` as a trait."""

    class Meta:
        model = Contribution

    class Params:
        confirmed = Trait(
            confirmed_by=SubFactory(UserFactory),
            confirmed_at=datetime(2026, 11, 12, 20, tzinfo=UTC),
        )

    program = SelfAttribute("resident.program")
    resident = SubFactory(ResidentFactory)
    kind = ContributionKind.TAUGHT
    day = date(2026, 11, 10)
    what = Sequence(lambda n: f"Noon conference {n}")
    logged_at = datetime(2026, 11, 10, 20, tzinfo=UTC)
