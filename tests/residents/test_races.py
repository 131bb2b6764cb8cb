"""Two coaches, or two places, for one resident at the same moment, on the real database."""

from datetime import date

import pytest
from django.db import DatabaseError

from qipathway.core.accounts.models import User
from qipathway.core.clock.services import now
from qipathway.core.lib.dates import Half
from qipathway.core.notices.models import Notice
from qipathway.core.timeline.models import Event
from residents.models import (
    HalfDayHold,
    Leave,
    Membership,
    PathwayVersion,
    Program,
    RoleGrant,
    YearOverride,
)
from residents.services import (
    RosterLine,
    accept_invitation,
    appoint_operator,
    assign_coach,
    change_rotation,
    change_track,
    change_version,
    complete_member,
    create_cohort,
    create_program,
    create_version,
    end_grant,
    end_leave,
    enrol,
    give_roster_consent,
    grant_role,
    hold_half_days,
    invite_director,
    move_member,
    move_start,
    prepare_roster_consent,
    record_leave,
    record_year,
    reinstate_member,
    release_half_days,
    restore_half_days,
    restore_rotation,
    revoke_invitation,
    save_program,
    set_block,
    set_clinic,
    show_invitation,
    swap_blocks,
    undo_blocks,
    withdraw_leave,
    withdraw_member,
    withdraw_roster_consent,
    withdraw_year,
)
from residents.states import LeaveReason, MembershipState, Role, RotationKind, Track, YearReason
from tests.factories.accounts import UserFactory
from tests.factories.residents import (
    CohortFactory,
    PathwayVersionFactory,
    ResidentFactory,
    RoleGrantFactory,
    RosterConsentFactory,
)
from tests.together import done, forget_everything, together, told


@pytest.fixture
def db(django_db_setup, django_db_blocker):
    """The real database: every thread sees what is written; afterwards it is taken away."""
    with django_db_blocker.unblock():
        yield
        forget_everything()


@pytest.fixture
def operator(db):
    return RoleGrantFactory(role=Role.OPERATOR, program=None).person


@pytest.mark.requirement(47)
def test_of_six_coaches_named_at_once_one_is_in_and_five_are_told(world, today):
    resident = world.here.member("newcomer")
    people = UserFactory.create_batch(6)
    results = together(
        *(
            lambda person=person: grant_role(
                person,
                role=Role.COACH,
                program=world.here.program,
                resident=resident,
                since=today,
                by=world.here.kpo_lead,
            )
            for person in people
        )
    )
    [granted] = done(results)
    words = f"{resident.person.name} already has a KPO coach at that time: {granted.person.name}."
    assert told(results) == [words] * 5
    assert list(RoleGrant.objects.filter(resident=resident)) == [granted]
    assert Event.objects.filter(action="residents.grant_role").count() == 1


def test_the_database_refuses_a_second_coach_even_to_who_goes_around_the_service(world):
    resident = world.here.member("newcomer")
    people = UserFactory.create_batch(2)

    def insert(person, since):
        try:
            return RoleGrantFactory(
                person=person,
                program=world.here.program,
                role=Role.COACH,
                resident=resident,
                since=since,
            )
        except DatabaseError as error:
            return error

    together(
        lambda: insert(people[0], date(2026, 1, 1)),
        lambda: insert(people[1], date(2026, 6, 1)),
    )
    assert RoleGrant.objects.filter(resident=resident).count() == 1


def test_the_same_role_recorded_six_times_at_once_is_held_once(world, today):
    chief = UserFactory(given_name="Ines", family_name="Duarte")
    deed = {"role": Role.CHIEF, "program": world.here.program, "since": today}
    results = together(
        *(lambda: grant_role(chief, by=world.here.director, **deed) for _ in range(6))
    )
    assert told(results) == ["Ines Duarte already holds the role chief resident at that time."] * 5
    assert list(RoleGrant.objects.filter(person=chief)) == done(results)


def test_of_six_who_end_the_same_role_at_once_one_ends_it(world, today):
    coach = RoleGrant.objects.get(person=world.here.coach)
    results = together(
        *(lambda: end_grant(coach, on=today, by=world.here.director) for _ in range(6))
    )
    assert told(results) == ["This role already ends on Nov 23."] * 5
    coach.refresh_from_db()
    assert coach.until == today
    assert Event.objects.filter(action="residents.end_grant").count() == 1


@pytest.mark.requirement(47)
def test_a_resident_handed_over_to_six_at_once_has_one_coach_in_the_end(world, today):
    people = UserFactory.create_batch(6)
    results = together(
        *(
            lambda person=person: assign_coach(
                world.here.resident, person=person, on=today, by=world.here.kpo_lead, at=now()
            )
            for person in people
        )
    )
    assert told(results) == []
    [coach] = RoleGrant.objects.active().filter(role=Role.COACH, resident=world.here.resident)
    assert coach.person in people
    assert Notice.objects.standing().filter(recipient=world.here.resident.person).count() == 1


@pytest.mark.requirement(47)
def test_the_same_coach_assigned_twice_at_once_is_assigned_once(world, today):
    person = UserFactory()
    results = together(
        *(
            lambda: assign_coach(
                world.here.resident, person=person, on=today, by=world.here.kpo_lead, at=now()
            )
            for _ in range(2)
        )
    )
    name = world.here.resident.person.name
    assert told(results) == [f"{person.name} already coaches {name}."]
    assert Event.objects.filter(action="residents.assign_coach").count() == 1


def test_of_two_who_enrol_the_same_resident_at_once_one_is_told(world, today):
    newcomer = ResidentFactory(program=world.here.program)
    second = CohortFactory(program=world.here.program, version=world.here.cohort.version)
    results = together(
        *(
            lambda cohort=cohort: enrol(newcomer, cohort=cohort, on=today, by=world.here.director)
            for cohort in (world.here.cohort, second)
        )
    )
    assert told(results) == [f"{newcomer.person.name} already has a place on the pathway."]
    assert Membership.objects.filter(resident=newcomer).count() == 1
    assert Event.objects.filter(action="residents.enrol").count() == 1


def test_of_two_programs_of_one_address_one_is_made(operator):
    results = together(
        *(
            lambda: create_program("Cascade", slug="cascade", by=operator, at=now())
            for _ in range(4)
        )
    )
    [made] = done(results)
    assert told(results) == ["The address “cascade” is taken by another program."] * 3
    assert list(Program.objects.all()) == [made]
    assert PathwayVersion.objects.count() == 1


def test_of_two_cohorts_of_one_name_one_is_opened(world, today):
    here = world.here
    results = together(
        *(
            lambda: create_cohort(
                here.program,
                name="2026 intake",
                starts_on=today,
                version=here.cohort.version,
                by=here.director,
            )
            for _ in range(4)
        )
    )
    assert len(done(results)) == 1
    assert told(results) == ["There is a cohort called 2026 intake already."] * 3


def test_settings_saved_twice_at_once_are_saved_one_after_the_other(world):
    here = world.here
    results = together(
        *(
            lambda name=name: save_program(
                here.program, by=here.director, at=now(), values={"name": name}
            )
            for name in ("North", "South")
        )
    )
    assert len(done(results)) == 2
    assert Program.objects.get(pk=here.program.pk).name in {"North", "South"}
    assert Event.objects.filter(action="residents.save_program").count() == 2


@pytest.mark.requirement(1)
def test_of_four_versions_for_one_day_one_is_made(world):
    here = world.here
    said = {"name": "2027–28", "effective_from": date(2027, 7, 1)}
    results = together(
        *(lambda: create_version(here.program, values=said, by=here.director) for _ in range(4))
    )
    [made] = done(results)
    assert told(results) == ["Another version takes effect on Jul 1, 2027 already."] * 3
    assert list(here.program.versions.filter(effective_from=date(2027, 7, 1))) == [made]


@pytest.mark.requirement(1)
def test_a_version_is_changed_or_a_cohort_is_held_to_it_and_never_changed_after(world):
    here = world.here
    version = PathwayVersionFactory(program=here.program, effective_from=date(2027, 7, 1))
    said = {"name": "2027–28", "effective_from": version.effective_from, "held_seats": 5}
    results = together(
        lambda: change_version(version, values=said, by=here.director),
        lambda: create_cohort(
            here.program,
            name="2027 intake",
            starts_on=date(2027, 7, 1),
            version=version,
            by=here.director,
        ),
    )
    words = "A cohort is held to this version by now; nothing was changed."
    version.refresh_from_db()
    assert (told(results), version.held_seats) in ([([], 5), ([words], 2)])
    assert here.program.cohorts.get(name="2027 intake").version == version


def invited(operator):
    program = create_program("Fresh", slug="fresh", by=operator, at=now())
    said = {"email": "new@example.org", "given_name": "Noor", "family_name": "Haddad"}
    return program, invite_director(program, by=operator, at=now(), **said)


@pytest.mark.requirement(1)
def test_an_invitation_pressed_four_times_at_once_is_accepted_once(operator):
    program, invitation = invited(operator)
    token = show_invitation(invitation, by=operator)
    results = together(*(lambda: accept_invitation(token, at=now()) for _ in range(4)))
    assert len(done(results)) == 1
    assert len(told(results)) == 3
    assert [grant.role for grant in program.grants.all()] == [Role.DIRECTOR]


def test_an_invitation_is_accepted_or_taken_back_and_never_both(operator):
    program, invitation = invited(operator)
    token = show_invitation(invitation, by=operator)
    results = together(
        lambda: accept_invitation(token, at=now()),
        lambda: revoke_invitation(invitation, by=operator),
    )
    assert len(done(results)) == 1
    invitation.refresh_from_db()
    assert program.grants.exists() == (invitation.state == "accepted")


def test_one_person_invited_by_two_at_once_has_one_open_invitation(operator):
    program = create_program("Fresh", slug="fresh", by=operator, at=now())
    said = {"email": "new@example.org", "given_name": "Noor", "family_name": "Haddad"}
    together(*(lambda: invite_director(program, by=operator, at=now(), **said) for _ in range(4)))
    assert User.objects.filter(email="new@example.org").count() == 1
    assert program.invitations.filter(state="pending").count() == 1


def test_somebody_appointed_twice_at_once_is_an_operator_once(db):
    person = UserFactory()
    results = together(*(lambda: appoint_operator(person, at=now()) for _ in range(4)))
    assert len(done(results)) == 1
    assert person.grants.count() == 1


@pytest.mark.requirement(57)
def test_of_two_who_prepare_at_once_both_are_kept_in_one_line(world):
    resident = world.here.resident
    deed = {"by": resident.person}
    results = together(
        lambda: prepare_roster_consent(resident, line=RosterLine("Ines D."), **deed),
        lambda: prepare_roster_consent(resident, line=RosterLine("Ines Duarte"), **deed),
    )
    assert told(results) == []
    assert resident.roster_consents.count() == 1


@pytest.mark.requirement(57)
def test_a_consent_given_six_times_at_once_is_given_once(world, monday):
    consent = RosterConsentFactory(resident=world.here.resident, prepared=True)
    deed = {"by": world.here.resident.person, "at": monday}
    results = together(*(lambda: give_roster_consent(consent, **deed) for _ in range(6)))
    assert told(results) == ["This is shown already."] * 5
    assert world.here.resident.roster_consents.current().count() == 1
    assert Event.objects.filter(action="residents.give_roster_consent").count() == 1


@pytest.mark.requirement(57)
def test_giving_and_withdrawing_at_once_leave_one_line_or_none_and_say_so(world, monday):
    resident = world.here.resident
    shown = RosterConsentFactory(resident=resident)
    prepared = RosterConsentFactory(resident=resident, prepared=True)
    deed = {"by": resident.person, "at": monday}
    results = together(
        lambda: give_roster_consent(prepared, **deed),
        lambda: withdraw_roster_consent(resident, **deed),
    )
    assert told(results) == []
    shown.refresh_from_db()
    prepared.refresh_from_db()
    assert shown.withdrawn_at == monday
    assert prepared.given_at == monday
    ended = results[1]
    assert prepared.is_current == (ended == shown), "the withdrawal ends what it found"


def test_of_four_who_record_leave_at_once_one_does_and_it_is_taken_back_once(world, today):
    here = world.here

    def record(last):
        return record_leave(
            here.resident,
            first=today,
            last=last,
            extends=True,
            reason=LeaveReason.ABSENCE,
            by=here.coordinator,
        )

    results = together(*(lambda last=last: record(last) for last in (today, None, today, None)))
    [leave] = done(results)
    assert len(told(results)) == 3
    assert list(Leave.objects.all()) == [leave]
    at = now()
    results = together(*[lambda: end_leave(leave, last=date(2027, 1, 3), by=here.coordinator)] * 3)
    assert told(results) == ["This leave already ends on Jan 3, 2027."] * 2
    results = together(*[lambda: withdraw_leave(leave, by=here.coordinator, at=at)] * 3)
    assert told(results) == ["This was already taken back."] * 2
    assert Event.objects.filter(action="residents.withdraw_leave").count() == 1


def test_of_four_who_set_a_year_at_once_one_does_and_it_is_taken_back_once(world, today):
    here = world.here
    said = {"first": today, "reason": YearReason.REPEAT, "by": here.coordinator}
    results = together(
        *(lambda pgy=pgy: record_year(here.resident, pgy=pgy, **said) for pgy in (1, 2, 3, 4))
    )
    [year] = done(results)
    words = f"{here.resident.person.given_name} is PGY-{year.pgy} from Nov 23, 2026 already."
    assert told(results) == [words] * 3
    assert list(YearOverride.objects.all()) == [year]
    at = now()
    results = together(*[lambda: withdraw_year(year, by=here.director, at=at)] * 3)
    assert told(results) == ["This was already taken back."] * 2
    assert Event.objects.filter(action="residents.withdraw_year").count() == 1


@pytest.mark.requirement(8)
def test_a_half_day_held_by_four_at_once_is_held_once_and_released_and_restored_once(world, monday):
    here = world.here

    def hold(reason):
        day = date(2026, 12, 3)
        said = {"halves": [Half.AM], "reason": reason, "by": here.chief}
        return hold_half_days(here.resident, first=day, last=day, **said)

    reasons = ("a wedding", "an examination", "a wedding", "an examination")
    results = together(*(lambda reason=reason: hold(reason) for reason in reasons))
    [held] = done(results)
    kept = held.holds[0]
    words = f"Not held: that half day is kept for {kept.reason}."
    assert told(results) == [words] * 3
    results = together(*[lambda: release_half_days(kept, by=here.chief, at=monday)] * 3)
    assert told(results) == ["These half days were released already."] * 2
    results = together(*[lambda: restore_half_days(kept, by=here.chief)] * 3)
    assert told(results) == ["These half days are held."] * 2
    assert HalfDayHold.objects.standing().count() == 1
    assert Event.objects.filter(action="residents.restore_half_days").count() == 1


@pytest.mark.requirement(8)
def test_a_rotation_changed_by_three_at_once_is_changed_once_and_taken_back_once(world):
    here = world.here
    kind = RotationKind.INPATIENT
    results = together(*[lambda: change_rotation(here.elective, kind=kind, by=here.director)] * 3)
    assert told(results) == ["Elective: Cardiology is Inpatient already."] * 2
    results = together(*[lambda: restore_rotation(here.elective, by=here.director)] * 3)
    assert told(results) == ["There is nothing to take back."] * 2
    here.elective.refresh_from_db()
    assert (here.elective.kind, here.elective.kind_before) == ("elective", "")


def test_a_clinic_half_day_set_by_four_at_once_is_set_once(world):
    here = world.here
    said = {"weekday": 3, "half": Half.AM, "kinds": [RotationKind.ELECTIVE], "by": here.chief}
    results = together(*[lambda: set_clinic(here.resident, **said)] * 4)
    assert told(results) == ["The pattern is like that already."] * 3
    assert here.resident.clinics.count() == 1


@pytest.mark.requirement(17)
def test_a_swap_pressed_twice_at_once_is_two_swaps_or_one_and_no_block_is_lost(world, monday):
    here = world.here
    here.other.blocks.update(rotation=here.rotation(RotationKind.INPATIENT, "Wards A"))
    days = {"first": date(2026, 11, 16), "last": date(2026, 12, 13), "by": here.chief}
    results = together(
        lambda: swap_blocks(here.resident, other=here.other, **days),
        lambda: swap_blocks(here.other, other=here.resident, **days),
    )
    assert told(results) == []
    assert here.resident.blocks.get().rotation.name == "Elective: Cardiology", "there and back"
    results = together(*[lambda: undo_blocks(results[0], by=here.chief, at=monday)] * 3)
    assert len(done(results)) <= 1
    assert here.other.blocks.count() == 1


def test_a_block_set_by_two_at_once_leaves_one_after_the_other(world):
    here = world.here
    names = ("ICU", "Nights")
    kinds = [here.rotation(RotationKind.ICU, name) for name in names]
    days = {"first": date(2026, 11, 23), "last": date(2026, 11, 29), "by": here.chief}
    results = together(
        *(lambda kind=kind: set_block(here.resident, rotation=kind, **days) for kind in kinds)
    )
    assert told(results) == []
    assert here.resident.blocks.get(start=days["first"]).rotation.name in names
    assert here.resident.blocks.count() == 3


@pytest.mark.requirement(4)
def test_a_place_that_four_complete_or_withdraw_at_once_ends_once_and_is_put_back_once(world):
    here, at = world.here, now()
    member = here.resident.memberships.get()
    deed = {"by": here.director, "at": at}
    results = together(
        lambda: complete_member(member, **deed),
        lambda: withdraw_member(member, **deed),
        lambda: complete_member(member, **deed),
        lambda: withdraw_member(member, **deed),
    )
    [ended] = done(results)
    assert len(told(results)) == 3
    assert here.resident.memberships.get().state == ended.state
    results = together(*[lambda: reinstate_member(member, by=here.director)] * 3)
    assert len(told(results)) == 2
    assert here.resident.memberships.get().state == MembershipState.ACTIVE
    told_of = Event.objects.about(here.resident.person).order_by("pk")
    assert [event.action for event in told_of] == [
        f"residents.{'complete' if ended.state == 'completed' else 'withdraw'}_member",
        "residents.reinstate_member",
    ]


def test_of_four_who_move_somebody_at_once_one_moves_them(world, today):
    here = world.here
    member = here.resident.memberships.get()
    other = CohortFactory(program=here.program)
    results = together(*[lambda: move_member(member, cohort=other, by=here.director)] * 4)
    assert (
        told(results)
        == [f"Nothing was changed for {here.resident.person.name}: is in {other.name} already."] * 3
    )
    later = date(2025, 8, 1)
    deed = {"by": here.director, "at": now()}
    results = together(*[lambda: move_start(here.resident, starts_on=later, **deed)] * 3)
    assert len(told(results)) == 2
    track = Track.PRIMARY_CARE
    results = together(*[lambda: change_track(here.resident, track=track, **deed)] * 3)
    assert len(told(results)) == 2
    assert Event.objects.about(here.resident.person).count() == 3
