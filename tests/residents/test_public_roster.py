"""The public roster: by consent only, nothing but what was let show, and gone at once."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from PIL import Image

from qipathway.core.lib.states import DomainError
from residents.models import RosterConsent
from residents.reads import public_roster
from residents.services import (
    RosterLine,
    give_roster_consent,
    prepare_roster_consent,
    withdraw_roster_consent,
)
from residents.states import MembershipState, Track
from tests.browser import Browser
from tests.factories.residents import RosterConsentFactory

pytestmark = pytest.mark.requirement(57)

NOON = datetime(2026, 11, 23, 20, tzinfo=UTC)
ZALGO = "A" + "\u0300\u0301\u0302\u0303\u0316\u0317" * 20 + "da"
OVERRIDE = "\u202eecilA\u202c"
ARABIC = "ليلى حداد"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def url(name, *rest):
    return reverse(f"residents:{name}", args=["cascade", *rest])


def photo(name="ines_R2201_face.jpg"):
    """A picture with words hidden in it."""
    exif = Image.Exif()
    exif[271] = "HIDDEN camera"
    written = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(written, "JPEG", exif=exif, comment=b"HIDDEN place")
    return SimpleUploadedFile(name, written.getvalue(), "image/jpeg")


def shown(client):
    response = client.get(url("roster"))
    assert response.status_code == 200
    return response.text


def names(program, today):
    groups = public_roster(program, today)
    return [
        (group.title, group.note, [person.name for person in group.people])
        for group in (*groups.residents, *groups.graduates)
    ]


@pytest.fixture
def resident(world):
    return world.here.resident


@pytest.fixture
def given(resident, monday):
    """The resident's consent, with a photo, given by the service."""
    line = RosterLine("Ines D.", "Shorter waits", photo())
    prepared = prepare_roster_consent(resident, by=resident.person, line=line)
    return give_roster_consent(prepared, by=resident.person, at=monday)


def test_who_consented_is_listed_by_class_year_and_graduates_after_them(world, today):
    here = world.here
    late = here.member("late", starts_on=today.replace(year=2024, month=7, day=1))
    graduate = here.member("graduate", starts_on=today.replace(year=2022, month=7, day=1))
    graduate.memberships.update(state=MembershipState.COMPLETED)
    left = here.member("left")
    left.memberships.update(state=MembershipState.WITHDRAWN)
    for resident, name in ((here.resident, "Bo"), (late, "Cy"), (graduate, "Di"), (left, "Gone")):
        RosterConsentFactory(resident=resident, shown_name=name)
    RosterConsentFactory(resident=world.there.resident, shown_name="Elsewhere")
    RosterConsentFactory(resident=here.other, shown_name="Draft", prepared=True)
    assert names(here.program, today) == [
        ("Class of 2027", "Third year", ["Cy"]),
        ("Class of 2028", "Second year", ["Bo"]),
        ("Class of 2025", "", ["Di"]),
    ]


def test_nobody_is_listed_who_has_not_consented(world, client):
    page = shown(client)
    assert "Nobody is listed yet" in page
    assert world.here.resident.person.name not in page


def test_the_page_says_nothing_of_a_resident_but_what_they_let_it(world, resident, client):
    person = resident.person
    person.family_name = "Canaryname"
    person.save()
    resident.staff_id, resident.track = "CANARY77", Track.PRIMARY_CARE
    resident.career_interest, resident.specialty = "subspecialist", "Canarology"
    resident.interests = "canary songs"
    resident.save()
    line = RosterLine("Ines D.", "Shorter waits", photo("canary_CANARY77.jpg"))
    consent = prepare_roster_consent(resident, by=person, line=line)
    give_roster_consent(consent, by=person, at=NOON)
    page = shown(client)
    assert "Ines D." in page
    assert "Shorter waits" in page
    lowered = page.lower()
    told = ("canar", "@", "primary care", "subspecialist", "coach", str(resident.uid), "elective")
    assert [word for word in told if word in lowered] == []


def test_the_photo_is_drawn_anew_and_shows_neither_its_place_nor_its_name(given, client):
    answer = client.get(url("roster-photo", given.uid))
    content = answer.getvalue()
    assert answer.status_code == 200
    assert b"HIDDEN" not in content
    assert answer["Content-Disposition"] == 'inline; filename="photo.jpg"'
    assert answer["Cache-Control"] == "private, no-store"


def test_who_withdraws_is_gone_with_the_next_request_photo_and_all(given, resident, client):
    assert "Ines D." in shown(client)
    browser = Browser()
    browser.force_login(resident.person)
    answer = browser.post(url("roster-consent-withdraw"), follow=True)
    undo = url("roster-consent-give", given.uid)
    assert f'<form method="post" action="{undo}" data-undo>' in answer.text
    assert "Ines D." not in shown(client)
    assert client.get(url("roster-photo", given.uid)).status_code == 404
    browser.post(undo)
    assert "Ines D." in shown(client)
    assert client.get(url("roster-photo", given.uid)).status_code == 404, "a new one is shown"
    assert [c.is_current for c in resident.roster_consents.all()] == [True, False]


def test_no_cache_keeps_the_page(given, client):
    answer = client.get(url("roster"))
    assert answer["Cache-Control"] == "no-store"
    assert "noarchive" in answer["X-Robots-Tag"]


def test_a_prepared_line_is_seen_by_its_resident_alone(world, resident, client):
    line = RosterLine("Ines D.", "", photo())
    prepared = prepare_roster_consent(resident, by=resident.person, line=line)
    where = url("roster-photo", prepared.uid)
    assert "Ines D." not in shown(client)
    assert client.get(where).status_code == 404
    for person, status in ((world.here.director, 404), (resident.person, 200)):
        client.force_login(person)
        answer = client.get(where)
        assert len(answer.getvalue()) > 0, "read to its end, which closes the file"
        assert answer.status_code == status


def test_the_resident_looks_at_exactly_what_will_be_shown_and_then_shows_it(resident, client):
    browser = Browser()
    browser.force_login(resident.person)
    sent = {"shown_name": "Ines D.", "words": "Shorter waits", "photo": photo()}
    answer = browser.post(url("roster-consent-prepare"), sent)
    assert answer["Location"] == f"{url('roster-consent')}#preview"
    page = browser.get(url("roster-consent")).text
    assert "anybody on the internet" in page
    prepared = RosterConsent.objects.get()
    preview = page[page.index('<div class="q-roster-person">') :].partition("</div></div>")[0]
    browser.post(url("roster-consent-give", prepared.uid))
    assert preview in shown(client)


def test_a_new_line_takes_the_place_of_the_old_which_stays_in_the_history(given, resident, client):
    line = RosterLine("Ines Duarte", keeps_photo=True)
    changed = prepare_roster_consent(resident, by=resident.person, line=line)
    assert "Ines D." in shown(client)
    give_roster_consent(changed, by=resident.person, at=NOON)
    page = shown(client)
    assert "Ines Duarte" in page
    assert "Ines D." not in page
    assert changed.photo == given.photo
    assert list(resident.roster_consents.values_list("shown_name", flat=True)) == [
        "Ines Duarte",
        "Ines D.",
    ]


def test_what_was_withdrawn_does_not_come_back_over_something_newer(given, resident):
    withdraw_roster_consent(resident, by=resident.person, at=NOON)
    RosterConsentFactory(resident=resident, given_at=NOON)
    with pytest.raises(DomainError, match="something newer"):
        give_roster_consent(given, by=resident.person, at=NOON)


def test_only_residents_and_graduates_of_the_pathway_are_shown(world, resident):
    resident.memberships.update(state=MembershipState.WITHDRAWN)
    prepared = RosterConsentFactory(resident=resident, prepared=True)
    with pytest.raises(DomainError, match="residents and graduates"):
        give_roster_consent(prepared, by=resident.person, at=NOON)
    prepared.refresh_from_db()
    assert prepared.given_at is None


def test_nobody_gives_or_sees_the_consent_of_another(world, given, client):
    client.force_login(world.here.other.person)
    assert client.post(url("roster-consent-give", given.uid)).status_code == 404
    assert "Ines D." not in client.get(url("roster-consent")).text
    client.post(url("roster-consent-withdraw"))
    given.refresh_from_db()
    assert given.is_current


def test_a_file_that_is_no_picture_is_refused_beside_its_field(resident, client):
    client.force_login(resident.person)
    text = SimpleUploadedFile("note.txt", b"words")
    answer = client.post(url("roster-consent-prepare"), {"shown_name": "Ines", "photo": text})
    assert answer.status_code == 422
    assert "A photo is a PNG or JPEG picture." in answer.text
    assert not RosterConsent.objects.exists()


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        (ARABIC, ARABIC),
        (OVERRIDE, "ecilA"),
        ("<b>Bold</b>", "<b>Bold</b>"),
        (ZALGO, "À\u0316\u0317\u0316da"),
    ],
)
def test_odd_names_are_shown_without_turning_or_covering_what_is_around(
    resident, client, monday, raw, kept
):
    prepared = prepare_roster_consent(resident, by=resident.person, line=RosterLine(raw))
    assert prepared.shown_name == kept
    give_roster_consent(prepared, by=resident.person, at=monday)
    escaped = kept.replace("<", "&lt;").replace(">", "&gt;")
    assert f'<p class="q-strong" dir="auto">{escaped}</p>' in shown(client)


def test_a_name_of_nothing_but_hidden_characters_is_refused(resident):
    with pytest.raises(DomainError, match="give the name"):
        prepare_roster_consent(resident, by=resident.person, line=RosterLine("\u202e\u200b"))


def test_the_database_lets_one_consent_of_a_resident_be_current(resident):
    RosterConsentFactory(resident=resident)
    with pytest.raises(IntegrityError, match="one_current_roster"), transaction.atomic():
        RosterConsentFactory(resident=resident)


@pytest.mark.parametrize("count", [1, 3])
def test_the_public_page_takes_five_queries(world, client, django_assert_num_queries, count):
    for number in range(count):
        RosterConsentFactory(resident=world.here.member(f"member{number}"))
    with django_assert_num_queries(5):
        shown(client)


def test_the_page_of_an_unknown_program_is_not_there(client, db):
    assert client.get("/p/nowhere/roster/").status_code == 404
