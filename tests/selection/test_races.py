"""Many press at the same moment, on the real database: it happens once, and all are told."""

from datetime import timedelta

import pytest

from qipathway.core.files.models import StoredFile
from qipathway.core.files.services import keep
from qipathway.core.notices.models import Mail, Notice
from qipathway.core.timeline.models import Event
from residents.selection.models import Application, Round
from residents.selection.reminders import INVITED
from residents.selection.services import (
    change_round,
    close_round,
    defer_application,
    invite_residents,
    open_intake,
    open_round,
    remove_cv,
    reopen_application,
    save_application,
    start_application,
    submit_application,
    withdraw_application,
)
from residents.selection.services.applications import Overtaken, erase_applications
from residents.selection.states import ApplicationState
from tests.factories.residents import CohortFactory
from tests.selection.evidence import curriculum_vitae
from tests.together import behind, done, forget_everything, together, told

WORDS = {"passion": "Waits.", "initiative": "Counted.", "independence": "Kept."}


@pytest.fixture
def db(django_db_setup, django_db_blocker):
    """The real database: every thread sees what is written; afterwards it is taken away."""
    with django_db_blocker.unblock():
        yield
        forget_everything()


@pytest.fixture
def draft(apply_to, at):
    made = apply_to(written=True)
    made.cv = keep(curriculum_vitae(), by=made.resident.person, scope=made.program_id)
    made.save()
    return made


def by(application):
    return application.resident.person


def events(name):
    return Event.objects.filter(action=f"selection.{name}").count()


def state_of(application):
    return Application.objects.get(pk=application.pk).state


@pytest.mark.requirement(56)
def test_of_two_who_invite_at_once_each_resident_gets_one_letter(here, round_, newcomer, at):
    for name in ("Aino", "Bo", "Chidi"):
        newcomer(name)
    both = together(*(lambda: invite_residents(round_, by=here.director, at=at) for _ in range(2)))
    assert sorted(len(made) for made in both) == [0, 3]
    assert Application.objects.count() == Notice.objects.filter(kind=INVITED).count() == 3
    assert Mail.objects.filter(kind=INVITED).count() == events("invite_residents") == 3


def test_of_two_who_open_a_round_for_one_intake_the_second_is_told(here, at):
    cohort = CohortFactory(program=here.program, version=here.cohort.version, name="Class of 2030")
    window = {"opens_at": at, "closes_at": at + timedelta(days=9), "seats": 4, "welcome": ""}
    results = together(
        *(
            lambda: open_round(here.program, cohort=cohort, by=here.director, **window)
            for _ in range(2)
        )
    )
    assert told(results) == ["Not opened: there is a round for Class of 2030 already."]
    assert Round.objects.count() == events("open_round") == 1


def test_of_two_who_open_an_intake_by_one_name_the_second_is_told(here, at):
    intake = {"name": "Class of 2030", "starts_on": at.date(), "by": here.director}
    results = together(*(lambda: open_intake(here.program, **intake) for _ in range(2)))
    assert told(results) == ["There is a cohort called Class of 2030 already."]


def test_who_hands_in_while_the_window_closes_is_in_before_or_told(here, draft, at):
    results = together(
        lambda: submit_application(draft, by=by(draft), at=at),
        lambda: close_round(draft.round, by=here.director, at=at),
    )
    refused = told(results)
    assert (state_of(draft), refused) in [
        (ApplicationState.SUBMITTED, []),
        (ApplicationState.STARTED, ["Not handed in: the window closed on Monday, Nov 23, 07:40."]),
    ]


def test_who_waits_behind_the_closing_of_a_window_is_too_late(here, draft, at):
    late = behind(
        lambda: close_round(draft.round, by=here.director, at=at),
        lambda: submit_application(draft, by=by(draft), at=at),
    )
    assert str(late) == "Not handed in: the window closed on Monday, Nov 23, 07:40."
    assert state_of(draft) == ApplicationState.STARTED


def test_who_waits_behind_a_moved_window_gets_in_by_the_new_one(here, draft, at):
    late = at + timedelta(days=30)
    window = {"opens_at": draft.round.opens_at, "closes_at": late, "seats": 4, "welcome": ""}
    after = behind(
        lambda: change_round(draft.round, by=here.director, at=at, **window),
        lambda: submit_application(draft, by=by(draft), at=late - timedelta(days=1)),
    )
    assert after.state == ApplicationState.SUBMITTED


def test_a_window_is_closed_once(here, round_, at):
    results = together(*(lambda: close_round(round_, by=here.director, at=at) for _ in range(2)))
    assert told(results) == ["Nothing was changed: the window is not open."]
    assert events("close_round") == 1


def test_handing_in_twice_at_once_hands_in_once(draft, at):
    results = together(*(lambda: submit_application(draft, by=by(draft), at=at) for _ in range(2)))
    assert len(done(results)) == len(told(results)) == events("submit_application") == 1


def test_of_two_devices_that_save_at_once_the_second_keeps_its_words_on_its_page(draft, at):
    deeds = [
        lambda text=text: save_application(
            draft, by=by(draft), at=at, words={**WORDS, "passion": text}, version=draft.version
        )
        for text in ("On the phone.", "At the desk.")
    ]
    results = together(*deeds)
    overtaken = [each for each in results if isinstance(each, Overtaken)]
    assert len(done(results)) == len(overtaken) == 1
    assert overtaken[0].current.passion == done(results)[0].passion


ONCE = {
    "defer_application": lambda one, at: defer_application(one, by=by(one), at=at),
    "reopen_application": lambda one, at: reopen_application(one, by=by(one), at=at),
    "withdraw_application": lambda one, at: withdraw_application(one, by=by(one), at=at),
    "start_application": lambda one, at: start_application(one, by=by(one), at=at),
}


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("defer_application", {"written": True}),
        ("reopen_application", {"submitted": True}),
        ("withdraw_application", {"submitted": True}),
        ("start_application", {"state": ApplicationState.NOT_NOW}),
    ],
)
def test_what_is_pressed_twice_at_once_happens_once(apply_to, at, name, fields):
    one = apply_to(**fields)
    results = together(*(lambda: ONCE[name](one, at) for _ in range(2)))
    assert len(told(results)) == events(name) == 1


def test_a_cv_that_two_take_out_at_once_is_gone_once(draft, at):
    both = together(*(lambda: remove_cv(draft, by=by(draft), at=at) for _ in range(2)))
    assert [each.cv for each in both] == [None, None]
    assert not StoredFile.objects.exists()


def test_what_expired_is_erased_by_one_of_two_workers(apply_to, at):
    one = apply_to(submitted=True)
    withdraw_application(one, by=by(one), at=at - timedelta(days=366))
    assert sorted(together(erase_applications, erase_applications)) == [0, 1]
