"""Rounds of selection, applications for a place on the pathway, and what reviewers think."""

import uuid
from datetime import datetime

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from qipathway.core.clock.services import NowDefault
from qipathway.core.files.models import StoredFile

from ..models import Cohort, Membership, Program, Resident, same_program
from .querysets import ApplicationQuerySet, RatingQuerySet, RoundQuerySet
from .states import JUDGED, TAKE_BACK, UNSENT, ApplicationState, Decision

STATEMENT_LENGTH = 3_000
LOWEST, HIGHEST = 1, 5


def score(criterion: str) -> "models.PositiveSmallIntegerField[int | None, int | None]":
    """Return the field of one criterion of the rubric: 1 to 5, empty until it was judged."""
    return models.PositiveSmallIntegerField(
        criterion,
        null=True,
        blank=True,
        validators=[MinValueValidator(LOWEST), MaxValueValidator(HIGHEST)],
    )


class Round(models.Model):
    """One selection for one intake: from when to when people apply, and for how many seats.

    The window may lie before or after the start of residency. ``released_at`` is when decisions
    were last released together; for ten minutes they can be taken back, and are shown to nobody.
    ``revision`` counts the windows that were announced, so that a letter about an older one stays.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey(Program, models.PROTECT, related_name="rounds")
    cohort = models.OneToOneField(Cohort, models.PROTECT, related_name="round")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    seats = models.PositiveSmallIntegerField(default=4)
    welcome = models.TextField(max_length=2_000, blank=True)
    revision = models.PositiveIntegerField(default=1)
    released_at = models.DateTimeField(null=True, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="round_closes_after_it_opens"
            ),
            models.CheckConstraint(condition=Q(seats__gt=0), name="round_has_seats"),
        ]
        triggers = [same_program("cohort")]

    def __str__(self) -> str:
        return f"Selection for {self.cohort}"

    def get_absolute_url(self) -> str:
        return reverse("selection:round", args=[self.program.slug, self.uid])

    @property
    def ranking_url(self) -> str:
        return reverse("selection:ranking", args=[self.program.slug, self.uid])

    def is_open(self, at: datetime) -> bool:
        """Tell whether people can write and hand in at an instant."""
        return self.opens_at <= at < self.closes_at


class Application(models.Model):
    """One resident's way through one round, from the invitation to the place.

    ``decision`` and ``reason`` are what the director means to say; nothing of it is true before
    the release moves the state. ``version`` counts saves, so that two devices cannot silently
    overwrite each other. ``answer_by`` is the last day of an offer. On ``expires_on`` the words,
    the CV and the ratings are erased; the row stays, so that the count of a round stays true.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey(Program, models.PROTECT)
    round = models.ForeignKey(Round, models.PROTECT, related_name="applications")
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="applications")
    state = models.CharField(
        max_length=12, choices=ApplicationState, default=ApplicationState.INVITED
    )
    passion = models.TextField("passion for QI", max_length=STATEMENT_LENGTH, blank=True)
    initiative = models.TextField(max_length=STATEMENT_LENGTH, blank=True)
    independence = models.TextField(max_length=STATEMENT_LENGTH, blank=True)
    cv = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="CV"
    )
    version = models.PositiveIntegerField(default=1)
    invited_at = models.DateTimeField(db_default=NowDefault(), editable=False)
    saved_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    place_in_line = models.PositiveSmallIntegerField(null=True, blank=True)
    judged_at = models.DateTimeField(null=True, blank=True)
    answer_by = models.DateField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    membership = models.OneToOneField(
        Membership, models.PROTECT, null=True, blank=True, related_name="application"
    )

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["program", "round", "state"], name="application_board"),
            models.Index(
                fields=["expires_on"],
                condition=Q(erased_at=None, expires_on__isnull=False),
                name="application_expires",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "resident"], name="one_application_per_resident_and_round"
            ),
            models.UniqueConstraint(
                fields=["round", "place_in_line"],
                condition=Q(state=ApplicationState.WAIT_LISTED),
                name="one_place_in_line_each",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ApplicationState.values), name="application_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[*JUDGED, ApplicationState.ENROLLED])
                | Q(judged_at__isnull=False),
                name="judged_application_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state=ApplicationState.ENROLLED, membership__isnull=False)
                | ~Q(state=ApplicationState.ENROLLED) & Q(membership=None),
                name="enrolled_application_has_its_place",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[*UNSENT, ApplicationState.WITHDRAWN])
                | Q(submitted_at__isnull=False),
                name="sent_application_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None)
                | Q(passion="", initiative="", independence="", reason="", cv=None),
                name="erased_application_holds_nothing",
            ),
            models.CheckConstraint(
                condition=Q(decision="") | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="decision_has_its_author_and_time",
            ),
        ]
        triggers = [same_program("round", "resident", "membership", cv="scope_id")]

    def __str__(self) -> str:
        return f"{self.resident}, {self.round}"

    def get_absolute_url(self) -> str:
        return reverse("selection:application", args=[self.program.slug, self.uid])

    @property
    def has_decision(self) -> bool:
        """Whether the director has decided, and on what was handed in last."""
        fresh = self.decided_at and self.submitted_at and self.decided_at >= self.submitted_at
        return bool(self.decision and fresh)

    @property
    def stamp(self) -> str:
        """Return when the decision was set, so that a page can say which one it shows."""
        return self.decided_at.isoformat() if self.decided_at else ""

    def is_told(self, at: datetime) -> bool:
        """Tell whether what was decided can no longer be taken back, so that all may know."""
        return self.judged_at is not None and self.judged_at + TAKE_BACK <= at


class Rating(models.Model):
    """What one reviewer thinks of one application; hidden from the other until both are in.

    A reviewer who is too close to the applicant says so in ``conflict`` and scores nothing.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey(Program, models.PROTECT)
    application = models.ForeignKey(Application, models.CASCADE, related_name="ratings")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="ratings_given"
    )
    passion = score("passion for QI")
    initiative = score("initiative")
    independence = score("independence")
    comment = models.TextField(max_length=2_000, blank=True)
    conflict = models.CharField(max_length=200, blank=True)
    assigned_at = models.DateTimeField(db_default=NowDefault(), editable=False)
    submitted_at = models.DateTimeField(null=True, blank=True)

    objects = RatingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["reviewer", "submitted_at"], name="rating_queue")]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "reviewer"], name="one_rating_per_reviewer_and_application"
            ),
            models.CheckConstraint(
                condition=Q(passion=None) | Q(passion__range=(LOWEST, HIGHEST)),
                name="passion_within_the_rubric",
            ),
            models.CheckConstraint(
                condition=Q(initiative=None) | Q(initiative__range=(LOWEST, HIGHEST)),
                name="initiative_within_the_rubric",
            ),
            models.CheckConstraint(
                condition=Q(independence=None) | Q(independence__range=(LOWEST, HIGHEST)),
                name="independence_within_the_rubric",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None)
                | Q(passion__isnull=False, initiative__isnull=False, independence__isnull=False),
                name="rating_in_has_all_scores",
            ),
            models.CheckConstraint(
                condition=Q(conflict="") | Q(submitted_at=None), name="no_score_with_a_conflict"
            ),
        ]
        triggers = [same_program("application")]

    def __str__(self) -> str:
        return f"{self.reviewer} on {self.application}"

    def get_absolute_url(self) -> str:
        return reverse("selection:rating", args=[self.program.slug, self.uid])

    @property
    def is_in(self) -> bool:
        """Whether it was handed in, and on the words as the applicant sent them last."""
        sent = self.application.submitted_at
        return bool(self.submitted_at and sent and self.submitted_at >= sent)

    @property
    def scores(self) -> tuple[int | None, int | None, int | None]:
        """The three scores, in the order of the rubric."""
        return self.passion, self.initiative, self.independence
