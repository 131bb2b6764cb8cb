"""The sponsor is asked for a signature once, each time the charter becomes complete."""

from datetime import timedelta

from django.db.models import Exists

from capstone.models import Charter
from capstone.reminders import CHARTER_READY, live_charters
from capstone.services import ask_sponsor, screen_project, sign_charter, write_charter
from qipathway.core.notices.kinds import get_kind
from qipathway.core.notices.models import Notice
from residents.states import Role
from tests.factories.capstone import IMPROVEMENT, ProjectFactory
from tests.factories.residents import RoleGrantFactory

from .evidence import everything, written_fields

ASK = IMPROVEMENT | {"funded": True}


def write(project, owner, at, **changes):
    charter = Charter.objects.get(project=project)
    fields = written_fields(owner) | changes
    return write_charter(
        project, by=project.resident.person, at=at, fields=fields, version=charter.version
    )


def screen(project, at, answers):
    return screen_project(project, by=project.resident.person, at=at, answers=answers)


def complete(project, owner, at):
    write(project, owner, at)
    screen(project, at, IMPROVEMENT)


def live():
    """The notices that would go out now, as (person, revision)."""
    standing = Notice.objects.filter(withdrawn_at=None)
    return [
        (notice.recipient, notice.revision)
        for notice in standing
        if live_charters_of(notice).exists()
    ]


def live_charters_of(notice):
    charters = Charter.objects.awaiting_signature_of(notice.recipient)
    return charters.filter(pk=notice.object_id, revision=notice.revision)


def test_the_sponsor_is_asked_when_only_the_signature_is_missing(project, owner, here, at):
    write(project, owner, at)
    assert not Notice.objects.exists()
    screen(project, at, IMPROVEMENT)
    notice = Notice.objects.get()
    assert (notice.kind, notice.recipient, notice.due_at) == (CHARTER_READY, here.sponsor, at)
    assert notice.expires_at == at + timedelta(days=14)
    assert Charter.objects.get().ready_at == at


def test_whichever_part_comes_last_asks(project, owner, at):
    screen(project, at, IMPROVEMENT)
    assert not Notice.objects.exists()
    write(project, owner, at)
    assert Notice.objects.count() == 1


def test_a_better_word_in_a_complete_charter_does_not_ask_again(project, owner, at):
    complete(project, owner, at)
    write(project, owner, at + timedelta(hours=1), aim="Twice as fast")
    assert Notice.objects.count() == 1
    assert Charter.objects.get().ready_at == at


def test_when_the_gate_closes_again_the_notice_is_withdrawn(project, owner, at):
    complete(project, owner, at)
    screen(project, at, ASK)
    assert Charter.objects.get().ready_at is None
    assert Notice.objects.get().withdrawn_at is not None
    assert live() == []


def test_complete_again_is_a_new_revision_and_asks_once_more(project, owner, here, at):
    complete(project, owner, at)
    screen(project, at, ASK)
    screen(project, at, IMPROVEMENT)
    assert list(Notice.objects.order_by("pk").values_list("revision", flat=True)) == [1, 2]
    assert live() == [(here.sponsor, 2)]


def test_nobody_is_asked_while_nobody_sponsors_the_resident(here, owner, at):
    project = ProjectFactory(resident=here.other)
    complete(project, owner, at)
    assert not Notice.objects.exists()
    assert Charter.objects.get().ready_at is None


def test_a_sponsor_who_agrees_last_can_be_asked_then(here, owner, at):
    project = ProjectFactory(resident=here.other)
    complete(project, owner, at)
    tie = RoleGrantFactory(program=here.program, role=Role.SPONSOR, resident=here.other)
    ask_sponsor(project, at=at)
    assert live() == [(tie.person, 1)]


def test_saving_the_same_words_asks_a_sponsor_who_was_tied_late(here, owner, at):
    project = ProjectFactory(resident=here.other)
    complete(project, owner, at)
    tie = RoleGrantFactory(program=here.program, role=Role.SPONSOR, resident=here.other)
    for _ in range(2):
        write(project, owner, at)
    assert live() == [(tie.person, 1)]
    assert Notice.objects.count() == 1
    assert Charter.objects.get().version == 2


def test_asking_again_asks_nobody_twice(project, owner, at):
    complete(project, owner, at)
    before = everything()
    ask_sponsor(project, at=at + timedelta(days=1))
    assert everything() == before


def test_a_new_sponsor_is_asked_and_the_former_one_no_longer(project, owner, here, at, today):
    complete(project, owner, at)
    here.sponsor.grants.update(until=today - timedelta(days=1))
    tie = RoleGrantFactory(
        program=here.program, role=Role.SPONSOR, resident=here.resident, since=today
    )
    ask_sponsor(project, at=at)
    assert live() == [(tie.person, 1)]


def test_nothing_is_said_any_more_once_the_charter_is_signed(project, owner, here, at):
    complete(project, owner, at)
    version = Charter.objects.get().version
    sign_charter(project, by=here.sponsor, at=at, version=version)
    assert live() == []


def test_nobody_is_asked_to_sign_for_who_has_left_the_pathway(project, owner, here, at):
    complete(project, owner, at)
    assert live() == [(here.sponsor, 1)]
    here.resident.memberships.update(state="withdrawn")
    assert live() == []


def test_the_letter_names_the_resident_and_leads_to_the_project(project, owner, here, at):
    complete(project, owner, at)
    message = get_kind(CHARTER_READY).render([Notice.objects.get()], here.sponsor)
    name = here.resident.person.name
    assert message.subject == f"{name}'s capstone charter waits for your signature"
    assert message.text.startswith(f"Hello {here.sponsor.given_name},")
    assert project.get_absolute_url() in message.text


def test_the_letter_holds_no_free_text_of_the_resident(project, owner, here, at):
    complete(project, owner, at)
    message = get_kind(CHARTER_READY).render([Notice.objects.get()], here.sponsor)
    words = [word for word in written_fields(owner).values() if isinstance(word, str) and word]
    assert [word for word in words if word in message.subject + message.text] == []


def test_the_kind_is_asked_with_outer_references_only(project, owner, at):
    complete(project, owner, at)
    assert Notice.objects.filter(Exists(live_charters())).count() == 1
