"""A row is of one program, and so is all that it points to: the database sees to it."""

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from curriculum.models import Booking
from qipathway.core.files.models import StoredFile
from qipathway.core.lib.scopes import SameScope
from residents.models import Program, RoleGrant
from tests.factories.accounts import UserFactory
from tests.factories.curriculum import BookingFactory, CompletionFactory, SessionFactory
from tests.factories.residents import RoleGrantFactory

ROOMS = {"qipathway", "residents", "curriculum", "mentorship", "capstone"}
OURS = [model for model in apps.get_models() if model.__module__.partition(".")[0] in ROOMS]


def is_key(field):
    return field.many_to_one or field.one_to_one


def is_scoped(model):
    return model is StoredFile or any(f.related_model is Program for f in keys(model))


def keys(model):
    return [field for field in model._meta.fields if is_key(field)]


SCOPED = [model for model in OURS if is_scoped(model)]


@pytest.mark.parametrize("model", SCOPED, ids=lambda model: model._meta.label)
def test_every_table_with_a_program_keeps_it_and_shares_it_with_all_its_parents(model):
    [trigger] = [t for t in model._meta.triggers if isinstance(t, SameScope)]
    assert trigger.scope == ("scope_id" if model is StoredFile else "program")
    assert set(trigger.parents) == {f.name for f in keys(model) if f.related_model in SCOPED}


@pytest.mark.django_db
def test_the_promises_are_in_the_database_and_on():
    there = [
        trigger.get_installation_status(model)
        for model in SCOPED
        for trigger in model._meta.triggers
        if isinstance(trigger, SameScope)
    ]
    assert there == [("INSTALLED", True)] * len(SCOPED)


@pytest.fixture
def booking(world):
    here = world.here
    session = SessionFactory(program=here.program)
    return BookingFactory(session=session, resident=here.resident)


def refused(promise):
    return pytest.raises(IntegrityError, match=f'"{promise}"')


def test_a_seat_cannot_be_made_of_rows_of_two_programs(world, booking):
    here, there = world.here, world.there
    elsewhere = SessionFactory(program=there.program)
    fields = {"resident": here.other, "during": (elsewhere.starts_at, elsewhere.ends_at)}
    with refused("booking_is_of_the_program_of_its_session"), transaction.atomic():
        Booking.objects.create(
            program=here.program, session=elsewhere, course=booking.course, **fields
        )
    with refused("booking_is_of_the_program_of_its_resident"), transaction.atomic():
        Booking.objects.create(
            program=there.program, session=elsewhere, course=elsewhere.course, **fields
        )
    with refused("booking_is_of_the_program_of_its_course"), transaction.atomic():
        Booking.objects.bulk_create(
            [
                Booking(
                    program=here.program,
                    session=booking.session,
                    course=elsewhere.course,
                    **fields,
                )
            ]
        )
    assert Booking.objects.get() == booking


@pytest.mark.parametrize(
    ("promise", "change"),
    [
        ("booking_stays_in_its_program", lambda there: {"program": there.program}),
        ("booking_is_of_the_program_of_its_resident", lambda there: {"resident": there.resident}),
        (
            "booking_is_of_the_program_of_its_session",
            lambda there: {"session": SessionFactory(program=there.program)},
        ),
    ],
)
def test_a_row_cannot_be_taken_to_another_program_later(world, booking, promise, change):
    with refused(promise), transaction.atomic():
        Booking.objects.filter(pk=booking.pk).update(**change(world.there))
    Booking.objects.filter(pk=booking.pk).update(program=booking.program, session=booking.session)


def test_a_parent_cannot_leave_its_children_behind(world, booking):
    with refused("resident_stays_in_its_program"), transaction.atomic():
        world.here.resident.program = world.there.program
        world.here.resident.save()


def test_a_parent_that_calls_its_program_otherwise_is_compared_too(world):
    done = CompletionFactory(resident=world.here.resident)
    files = [
        StoredFile.objects.create(
            name="a.pdf",
            size=1,
            sha256="0" * 64,
            media_type="application/pdf",
            uploaded_by=world.here.director,
            scope_id=hospital.program.pk,
        )
        for hospital in (world.here, world.there)
    ]
    done.file = files[1]
    with refused("completion_is_of_the_program_of_its_file"), transaction.atomic():
        done.save()
    done.file = files[0]
    done.save()
    with refused("storedfile_stays_in_its_scope_id"), transaction.atomic():
        StoredFile.objects.filter(pk=files[0].pk).update(scope_id=world.there.program.pk)


def test_who_is_of_no_program_has_no_resident_of_one(world):
    operator = RoleGrantFactory(person=UserFactory(), role="operator", program=None)
    with refused("rolegrant_is_of_the_program_of_its_resident"), transaction.atomic():
        RoleGrant.objects.filter(pk=operator.pk).update(resident=world.here.resident)
    RoleGrant.objects.filter(pk=operator.pk).update(resident=None)
