from datetime import timedelta

import pytest
from django.db import transaction

from qipathway.core.clock.services import now
from qipathway.core.notices.kinds import UnknownKind
from qipathway.core.notices.models import Mail, Notice
from qipathway.core.notices.services import (
    message_id,
    owe,
    owe_each,
    owe_now,
    withdraw_notices,
)
from qipathway.core.notices.states import MailState, Reason
from tests.core.notices.probe.kinds import HARMLESS, PERSONAL
from tests.together import together

HOUR = timedelta(hours=1)


@pytest.fixture
def hour(db):
    at = now()
    return {"scope": 7, "due": at, "expires": at + HOUR}


def test_owe_writes_one_notice_and_one_mail_that_hold_ids_and_times_only(person, hour):
    to, about = person(), person("Ines")
    notice = owe(HARMLESS, to, about, rule="24h", **hour)
    assert notice.key == f"v1|7|{to.pk}|{HARMLESS}|{about.pk}|0|24h|mail"
    mail = Mail.objects.get()
    assert notice.mail == mail
    assert (mail.recipient, mail.kind, mail.ambiguous) == (to, HARMLESS, "resend")
    assert (mail.not_before, mail.next_attempt_at, mail.expires_at) == (
        hour["due"],
        hour["due"],
        hour["expires"],
    )
    assert mail.message_id == message_id(notice.key)
    assert mail.message_id.endswith("@example.org>")
    assert (mail.state, mail.attempt) == (MailState.PENDING, 0)


def test_owing_the_same_again_writes_nothing(person, hour):
    to, about = person(), person("Ines")
    owe(HARMLESS, to, about, **hour)
    later = {**hour, "due": hour["due"] + HOUR, "expires": hour["due"] + 2 * HOUR}
    assert owe(HARMLESS, to, about, **later) is None
    assert (Notice.objects.count(), Mail.objects.count()) == (1, 1)
    assert Mail.objects.get().not_before == hour["due"]


def test_another_kind_person_object_revision_rule_or_scope_is_owed_of_its_own(person, hour):
    to, about = person(), person("Ines")
    moved = person("Ines")
    moved.pk, moved.revision = about.pk, 1
    owe(HARMLESS, to, about, **hour)
    assert owe(PERSONAL, to, about, **hour)
    assert owe(HARMLESS, person(), about, **hour)
    assert owe(HARMLESS, to, person("Ines"), **hour)
    assert owe(HARMLESS, to, moved, **hour).revision == 1
    assert owe(HARMLESS, to, about, rule="day-before", **hour)
    assert owe(HARMLESS, to, about, **{**hour, "scope": 8})
    assert len(set(Mail.objects.values_list("message_id", flat=True))) == 7


def test_owe_refuses_a_kind_that_nobody_registered_and_writes_nothing(person, hour):
    with pytest.raises(UnknownKind, match=r"probe\.forgotten"):
        owe("probe.forgotten", person(), person("Ines"), **hour)
    assert Notice.objects.count() == 0


def test_owe_refuses_a_notice_that_expires_before_it_is_due(person, hour):
    with pytest.raises(ValueError, match="due before it expires"):
        owe(HARMLESS, person(), person("Ines"), **{**hour, "expires": hour["due"]})


def test_owe_now_is_due_at_once_and_lasts_a_week(person):
    notice = owe_now(HARMLESS, person(), person("Ines"), scope=1, at=now())
    assert notice.due_at <= now()
    assert notice.expires_at == notice.due_at + timedelta(days=7)


@pytest.mark.parametrize("people", [1, 3])
def test_owe_each_costs_the_same_for_one_and_for_three(
    people, person, hour, django_assert_num_queries
):
    everybody = [person() for _ in range(people)]
    about = person("Ines")
    with django_assert_num_queries(6):  # four statements in a savepoint
        assert len(owe_each(HARMLESS, everybody, about, **hour)) == people
    assert Mail.objects.count() == people


def test_owe_each_owes_only_those_who_had_not_been_owed(person, hour):
    first, second, about = person(), person(), person("Ines")
    owe(HARMLESS, first, about, **hour)
    assert [n.recipient for n in owe_each(HARMLESS, [first, second], about, **hour)] == [second]


def test_what_is_owed_goes_with_the_transaction_that_owed_it(person, hour):
    to, about = person(), person("Ines")

    @transaction.atomic
    def owe_and_fail():
        owe(HARMLESS, to, about, **hour)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        owe_and_fail()
    assert (Notice.objects.count(), Mail.objects.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_two_threads_that_owe_the_same_make_one(person, hour):
    to, about = person(), person("Ines")

    def owe_once():
        with transaction.atomic():
            return owe(HARMLESS, to, about, **hour)

    made = together(owe_once, owe_once)
    assert sorted(notice is None for notice in made) == [False, True]
    assert (Notice.objects.count(), Mail.objects.count()) == (1, 1)


def test_withdrawing_cancels_what_waits_and_nothing_else(person, hour, owed, fresh):
    about, to = person("Ines"), person()
    waiting = owe(HARMLESS, to, about, **hour).mail
    other_kind = owe(PERSONAL, to, about, **hour).mail
    other_thing = owed()
    gone = owe(HARMLESS, person(), about, **hour).mail
    Mail.objects.filter(pk=gone.pk).update(state=MailState.SENT, sent_at=now())
    assert withdraw_notices(about, kinds=[HARMLESS]) == 1
    waiting = fresh(waiting)
    assert (waiting.state, waiting.closed_reason) == (MailState.CANCELLED, Reason.WITHDRAWN)
    assert fresh(other_kind).state == fresh(other_thing).state == MailState.PENDING
    assert fresh(gone).state == MailState.SENT
    assert withdraw_notices(about, kinds=[HARMLESS]) == 0


def test_withdrawing_from_one_person_leaves_the_others_theirs(person, hour, fresh):
    about, one, other = person("Ines"), person(), person()
    mine, theirs = (notice.mail for notice in owe_each(HARMLESS, [one, other], about, **hour))
    withdraw_notices(about, kinds=[HARMLESS], to=one)
    assert fresh(mine).state == MailState.CANCELLED
    assert fresh(theirs).state == MailState.PENDING


def test_a_digest_goes_on_with_what_is_left_in_it(person, hour, fresh):
    about, other, to = person("Ines"), person("Tobias"), person()
    digest = owe(HARMLESS, to, about, **hour).mail
    second = owe(HARMLESS, to, other, **hour)
    Notice.objects.filter(pk=second.pk).update(mail=digest)
    withdraw_notices(about, kinds=[HARMLESS])
    assert fresh(digest).state == MailState.PENDING
    withdraw_notices(other, kinds=[HARMLESS])
    assert fresh(digest).state == MailState.CANCELLED
