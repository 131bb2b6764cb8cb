from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from factory import (
    LazyAttribute,
    RelatedFactory,
    SelfAttribute,
    Sequence,
    SubFactory,
    Trait,
    post_generation,
)
from factory.django import DjangoModelFactory

from capstone.models import Charter, Measure, Point, Project, Screen, StageEntry
from capstone.screening import QUESTIONS
from capstone.states import STAGES, Stage, number

from .residents import LeaderFactory, ResidentFactory

OPENED = date(2026, 4, 20)
CHOSEN = date(2026, 9, 14)
ASKED = {"ready_at": datetime(2026, 11, 9, 18, tzinfo=UTC), "revision": 1}
IMPROVEMENT = {question.name: question.expected for question in QUESTIONS}


class CharterFactory(DjangoModelFactory):
    """A process and its area, and nothing else yet."""

    class Meta:
        model = Charter

    class Params:
        written = Trait(
            first_step="The discharge order is signed",
            last_step="The patient leaves the unit",
            why_it_matters="Patients with an order at ten go home after lunch.",
            process_owner=SubFactory(LeaderFactory, program=SelfAttribute("..program")),
            version=2,
            written_at=datetime(2026, 11, 9, 18, tzinfo=UTC),
        )

    program = SelfAttribute("project.program")
    area = "7 East"
    process = "Discharge order to departure"


class ScreenFactory(DjangoModelFactory):
    """Six questions that nobody has answered."""

    class Meta:
        model = Screen

    class Params:
        improvement = Trait(**IMPROVEMENT, screened_on=date(2026, 11, 3))
        ask_irb = Trait(**{**IMPROVEMENT, "multi_site": True}, screened_on=date(2026, 11, 3))

    program = SelfAttribute("project.program")


class ProjectFactory(DjangoModelFactory):
    """A second-year's capstone in the charter stage: a process is chosen, the rest is open."""

    class Meta:
        model = Project
        skip_postgeneration_save = True

    resident = SubFactory(ResidentFactory)
    program = LazyAttribute(lambda project: project.resident.program)
    title = "Discharge order to departure, 7 East"
    state = Stage.CHARTER
    opened_on = OPENED
    charter = RelatedFactory(CharterFactory, "project")
    screen = RelatedFactory(ScreenFactory, "project")

    @post_generation
    def entries(project, create, extracted):  # noqa: N805 - the object made, not the factory
        """Enter every stage up to the project's own, the last one still running."""
        days = (OPENED, CHOSEN, date(2026, 11, 16))
        for stage in STAGES[: number(project.state) + 1]:
            place = number(stage)
            StageEntry.objects.create(
                project=project,
                program=project.program,
                stage=stage,
                entered_on=days[min(place, 2)],
                left_on=days[min(place + 1, 2)] if stage != project.state else None,
            )


class IdeaFactory(ProjectFactory):
    """A capstone just opened: no process yet."""

    title = "Discharges leave too late"
    state = Stage.IDEA
    charter = RelatedFactory(CharterFactory, "project", area="", process="")


class ReadyProjectFactory(ProjectFactory):
    """All but the signature is there, and the sponsor was asked."""

    charter = RelatedFactory(CharterFactory, "project", written=True, **ASKED)
    screen = RelatedFactory(ScreenFactory, "project", improvement=True)


class SignedProjectFactory(ReadyProjectFactory):
    """In the current state, signed by ``charter__signed_by``, which has to be given."""

    state = Stage.CURRENT_STATE
    charter = RelatedFactory(
        CharterFactory,
        "project",
        written=True,
        signed_at=datetime(2026, 11, 16, 18, tzinfo=UTC),
        **ASKED,
    )


class MeasureFactory(DjangoModelFactory):
    """A time in hours that should fall, not measured yet."""

    class Meta:
        model = Measure

    project = SubFactory(ProjectFactory)
    program = SelfAttribute("project.program")
    name = Sequence(lambda number: f"Bed request to bed {number}" if number else "To bed")
    unit = "hours"


class PointFactory(DjangoModelFactory):
    """A value of the baseline, each a week after the one before."""

    class Meta:
        model = Point

    measure = SubFactory(MeasureFactory)
    program = SelfAttribute("measure.program")
    day = Sequence(lambda number: date(2026, 1, 5) + timedelta(weeks=number % 40))
    value = Decimal(9)
