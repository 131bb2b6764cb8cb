"""A second intake of the first-years: eight of ten applied, and two readers are in the middle."""

from datetime import date, datetime, time, timedelta
from functools import partial

from django.core.files.uploadedfile import SimpleUploadedFile

from qipathway.core.accounts.models import User
from residents.models import Resident
from residents.selection.models import Application, Rating, Round
from residents.selection.services import (
    assign_reviewers,
    declare_conflict,
    defer_application,
    invite_residents,
    name_reviewer,
    open_intake,
    open_round,
    save_application,
    submit_application,
    submit_rating,
)

from ..cast import Cast
from ..diary import Diary
from ..paper import one_page
from ..scene import at as local
from ..scene import stable
from .applicants import APPLICANTS, Applicant, Scores

CHIEF, LEAD = "Saoirse Flanagan", "Sade Abiodun"
STARTED = date(2026, 7, 1)
OPENS, CLOSES, BEGINS = date(2026, 11, 9), date(2026, 12, 11), date(2027, 2, 1)
WROTE, ASKED = date(2026, 11, 17), date(2026, 12, 14)
READ = {CHIEF: date(2026, 12, 16), LEAD: date(2026, 12, 18)}
MORNING, EVENING, LAST_MINUTE = time(9, 20), time(20, 15), time(23, 59)
SEATS = 3
WELCOME = (
    "Three places begin in February. Write as you speak; one thing that you saw and could not "
    "leave says more than a list."
)


def plan_selection(cast: Cast, diary: Diary) -> None:
    """Let the round open, people write, and both readers get halfway."""
    diary.on(OPENS, MORNING, partial(_open, cast))
    for number, who in enumerate(APPLICANTS):
        if who.is_sent or who.not_now:
            day = WROTE + timedelta(days=2 * number)
            diary.on(day, EVENING, partial(_answer, who=who))
    diary.on(ASKED, MORNING, partial(_share_out, cast))
    for name, day in READ.items():
        diary.on(day, EVENING, partial(_read, reader=cast.people[name], is_chief=name == CHIEF))


def _open(cast: Cast, at: datetime) -> None:
    by = cast.director
    for who in APPLICANTS:
        _arrive(cast, who)
    for name in READ:
        name_reviewer(cast.program, person=cast.people[name], on=OPENS, by=by)
    intake = open_intake(cast.program, name="Class of 2029, winter intake", starts_on=BEGINS, by=by)
    round_ = open_round(
        cast.program,
        cohort=intake,
        opens_at=at,
        closes_at=local(CLOSES, LAST_MINUTE),
        seats=SEATS,
        welcome=WELCOME,
        by=by,
    )
    invite_residents(round_, by=by, at=at)


def _arrive(cast: Cast, who: Applicant) -> None:
    """Let somebody be a resident of the program, who started with the others in July."""
    email = f"{who.given}.{who.family}@residents.example.org".lower()
    person = User(given_name=who.given, family_name=who.family, email=email)
    person.uid = stable("person", email)
    person.set_unusable_password()
    person.save()
    Resident.objects.create(
        uid=stable("resident", who.staff_id),
        program=cast.program,
        person=person,
        staff_id=who.staff_id,
        track=who.track,
        matched_here=True,
        starts_on=STARTED,
    )


def _answer(at: datetime, *, who: Applicant) -> None:
    application = Application.objects.get(resident__staff_id=who.staff_id)
    by = application.resident.person
    if who.not_now:
        defer_application(application, by=by, at=at)
        return
    words = {name: getattr(who, name) for name in ("passion", "initiative", "independence")}
    words |= {"career_interest": who.interest, "specialty": ""}
    saved = save_application(
        application, by=by, at=at, words=words, version=application.version, cv=_cv(who)
    )
    submit_application(saved, by=by, at=at)


def _cv(who: Applicant) -> SimpleUploadedFile:
    name = f"{who.given} {who.family}"
    lines = (name, "", "Resident, internal medicine, since July 2026", "A person of the demo.")
    return SimpleUploadedFile(f"CV {name}.pdf", one_page(lines), "application/pdf")


def _share_out(cast: Cast, at: datetime) -> None:
    round_ = Round.objects.get(cohort__starts_on=BEGINS, program=cast.program)
    both = [cast.people[name].pk for name in READ]
    chosen = {application.pk: both for application in round_.applications.all()}
    assign_reviewers(round_, chosen=chosen, by=cast.director, at=at)


def _read(at: datetime, *, reader: User, is_chief: bool) -> None:
    """Let a reader hand in what they have read, and step back from whom they live with."""
    mine = Rating.objects.filter(reviewer=reader)
    for who in APPLICANTS:
        rating = mine.filter(application__resident__staff_id=who.staff_id)
        scores = who.chief if is_chief else who.lead
        if scores:
            _rate(rating.get(), scores, who.remark if is_chief else "", at)
        elif is_chief and who.too_close:
            declare_conflict(rating.get(), reason=who.too_close, by=reader, at=at)


def _rate(rating: Rating, scores: Scores, comment: str, at: datetime) -> None:
    said = dict(zip(("passion", "initiative", "independence"), scores, strict=True))
    submit_rating(rating, scores=said, comment=comment, by=rating.reviewer, at=at)
