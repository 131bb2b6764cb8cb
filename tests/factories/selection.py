from datetime import UTC, datetime

from factory import LazyAttribute, SelfAttribute, SubFactory, Trait
from factory.django import DjangoModelFactory

from residents.selection.models import Application, Rating, Round
from residents.selection.states import ApplicationState

from .accounts import UserFactory
from .residents import CohortFactory, PathwayVersionFactory, ProgramFactory, ResidentFactory

OPENS = datetime(2026, 11, 16, 8, tzinfo=UTC)
CLOSES = datetime(2026, 12, 12, 7, 59, tzinfo=UTC)


def version_of(cohort):
    return cohort.program.versions.first() or PathwayVersionFactory(program=cohort.program)


class RoundFactory(DjangoModelFactory):
    """A round whose window is open on the Monday of the tests, until Friday, December 11, 23:59."""

    class Meta:
        model = Round

    program = SubFactory(ProgramFactory)
    cohort = SubFactory(
        CohortFactory,
        program=SelfAttribute("..program"),
        version=LazyAttribute(version_of),
    )
    opens_at = OPENS
    closes_at = CLOSES


class ApplicationFactory(DjangoModelFactory):
    """An invitation without an answer; ``written`` has its statements, ``submitted`` is sent."""

    class Meta:
        model = Application

    class Params:
        written = Trait(
            state=ApplicationState.STARTED,
            passion="Patients wait for beds that are clean.",
            initiative="I counted the waits for a week.",
            independence="I kept the list when the nurse manager changed.",
            version=2,
        )
        submitted = Trait(
            written=True,
            state=ApplicationState.SUBMITTED,
            submitted_at=datetime(2026, 11, 20, 18, tzinfo=UTC),
        )

    round = SubFactory(RoundFactory)
    program = LazyAttribute(lambda made: made.round.program)
    resident = SubFactory(ResidentFactory, program=SelfAttribute("..program"))


class RatingFactory(DjangoModelFactory):
    """Asked to judge, and nothing judged yet; ``judged`` is in."""

    class Meta:
        model = Rating

    class Params:
        judged = Trait(
            passion=4,
            initiative=3,
            independence=5,
            submitted_at=datetime(2026, 11, 22, 18, tzinfo=UTC),
        )

    application = SubFactory(ApplicationFactory, submitted=True)
    program = LazyAttribute(lambda made: made.application.program)
    reviewer = SubFactory(UserFactory)
