"""What a project is about, agreed with its sponsor, and whether it is research."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from residents.models import Leader, Program, same_program

from ..querysets import CharterQuerySet
from ..screening import NAMES, result
from ..states import IrbOutcome, ScreenResult
from .project import Project

AREA = 120
PROCESS = 160


class Charter(models.Model):
    """The agreement on one process: where it starts and ends, who owns it, why it matters.

    May be saved however little of it is written; the gate says what is missing. ``version``
    counts saves, so that two tabs cannot silently overwrite each other and a sponsor signs what
    they read. ``draft`` holds words that were typed and not yet saved; nobody but their author
    reads it. ``ready_at`` is when only the signature was left to get, and ``revision`` counts how
    often that was so: each time the sponsor is asked once.
    """

    project = models.OneToOneField(Project, models.PROTECT, related_name="charter")
    program = models.ForeignKey(Program, models.PROTECT, related_name="+")
    area = models.CharField(max_length=AREA, blank=True)
    process = models.CharField(max_length=PROCESS, blank=True)
    first_step = models.CharField(max_length=200, blank=True)
    last_step = models.CharField(max_length=200, blank=True)
    process_owner = models.ForeignKey(
        Leader, models.PROTECT, null=True, blank=True, related_name="charters"
    )
    why_it_matters = models.TextField(max_length=2000, blank=True)
    aim = models.TextField(max_length=1000, blank=True)
    measure = models.CharField(max_length=300, blank=True)
    draft = models.JSONField(default=dict, blank=True)
    drafted_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    revision = models.PositiveIntegerField(default=0)
    written_at = models.DateTimeField(null=True, blank=True)
    ready_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_at = models.DateTimeField(null=True, blank=True)

    objects = CharterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_at=None, signed_by=None)
                | Q(signed_at__isnull=False, signed_by__isnull=False),
                name="a_signature_has_a_person_and_a_time",
            ),
            models.CheckConstraint(
                condition=Q(signed_at=None)
                | (
                    ~Q(area="")
                    & ~Q(process="")
                    & ~Q(first_step="")
                    & ~Q(last_step="")
                    & ~Q(why_it_matters="")
                    & Q(process_owner__isnull=False)
                ),
                name="a_signed_charter_is_complete",
            ),
        ]
        triggers = [same_program("project", "process_owner")]

    def __str__(self) -> str:
        return f"Charter of {self.project}"

    @property
    def is_signed(self) -> bool:
        return self.signed_at is not None


class Screen(models.Model):
    """The dated self-screen: quality improvement or research? A question not answered is null.

    ``screened_on`` is the day on which the last answer was given or changed. Where the answers
    say "ask the IRB", what it decided is entered with its date.
    """

    project = models.OneToOneField(Project, models.PROTECT, related_name="screen")
    program = models.ForeignKey(Program, models.PROTECT, related_name="+")
    experimental = models.BooleanField(null=True, blank=True)
    funded = models.BooleanField(null=True, blank=True)
    multi_site = models.BooleanField(null=True, blank=True)
    generalizes = models.BooleanField(null=True, blank=True)
    improves_locally = models.BooleanField(null=True, blank=True)
    happens_anyway = models.BooleanField(null=True, blank=True)
    screened_on = models.DateField(null=True, blank=True)
    irb_outcome = models.CharField(max_length=16, choices=IrbOutcome, blank=True)
    irb_decided_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(screened_on=None) | Q(**{f"{name}__isnull": False for name in NAMES}),
                name="a_dated_screen_is_fully_answered",
            ),
            models.CheckConstraint(
                condition=Q(irb_outcome="", irb_decided_on=None)
                | (~Q(irb_outcome="") & Q(irb_decided_on__isnull=False)),
                name="an_irb_outcome_has_a_date",
            ),
        ]
        triggers = [same_program("project")]

    def __str__(self) -> str:
        return f"Self-screen of {self.project}"

    @property
    def answers(self) -> dict[str, bool | None]:
        """The six answers by the name of their question."""
        return {name: getattr(self, name) for name in NAMES}

    @property
    def result(self) -> ScreenResult:
        return result(self.answers)

    @property
    def asks_irb(self) -> bool:
        """The answers leave the decision to the IRB."""
        return self.result == ScreenResult.ASK_IRB
