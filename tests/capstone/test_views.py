"""The pages and deeds of a capstone, as each person meets them."""

import uuid
from datetime import UTC, datetime
from html import unescape

import pytest
from django.urls import reverse

from capstone.models import Charter, Project, Screen
from capstone.services import keep_draft, write_charter
from capstone.states import Stage
from qipathway.core.clock.services import travel_to
from residents.models import Resident
from tests.browser import Browser
from tests.factories.capstone import (
    IMPROVEMENT,
    IdeaFactory,
    ProjectFactory,
    ReadyProjectFactory,
)

from .evidence import everything, written_fields

YES_NO = {name: "yes" if answer else "no" for name, answer in IMPROVEMENT.items()}


@pytest.fixture
def login(client):
    def do(person):
        user = person.person if isinstance(person, Resident) else person
        client.force_login(user)
        return client

    return do


def url(name, project):
    return reverse(f"capstone:{name}", args=[project.program.slug, project.uid])


def said(response):
    return [str(message) for message in response.context["messages"]]


def text(response):
    return unescape(response.content.decode())


def posted(owner, version, **changes):
    fields = written_fields(owner) | {"process_owner": owner.pk, "version": version}
    return fields | changes


def test_before_it_opens_a_resident_is_told_when(login, here):
    travel_to(datetime(2026, 3, 30, 18, tzinfo=UTC))
    page = login(here.resident).get(reverse("capstone:own", args=["cascade"]))
    assert "It opens on Apr 1, 2026." in text(page)
    assert reverse("capstone:project-open", args=["cascade"]) not in text(page)


def test_once_it_opens_there_is_one_action_and_it_opens_the_capstone(login, here):
    client = login(here.resident)
    page = client.get(reverse("capstone:own", args=["cascade"]))
    assert "Open my capstone" in text(page)
    answer = client.post(
        reverse("capstone:project-open", args=["cascade"]),
        {"title": "Late discharges"},
        follow=True,
    )
    project = Project.objects.get()
    assert answer.redirect_chain == [(project.get_absolute_url(), 302)]
    assert project.title == "Late discharges"
    assert said(answer) == ["Your capstone is open. The first thing is to choose one process."]


def test_opening_a_second_one_is_refused_in_words_and_leads_to_the_first(login, project, here):
    answer = login(here.resident).post(
        reverse("capstone:project-open", args=["cascade"]), follow=True
    )
    assert said(answer) == ["You already have an open capstone, so no second one was opened."]
    assert answer.redirect_chain[-1] == (project.get_absolute_url(), 302)


def test_one_s_own_capstone_is_one_address(login, project, here):
    answer = login(here.resident).get(reverse("capstone:own", args=["cascade"]))
    assert (answer.status_code, answer.url) == (302, project.get_absolute_url())


@pytest.mark.parametrize("role", ["director", "coach", "sponsor"])
def test_only_a_resident_has_a_capstone_of_their_own(login, here, role):
    client = login(getattr(here, role))
    assert client.get(reverse("capstone:own", args=["cascade"])).status_code == 403
    assert client.post(reverse("capstone:project-open", args=["cascade"])).status_code == 403
    assert not Project.objects.exists()


def test_choosing_a_process_leads_to_the_charter(login, here):
    project = IdeaFactory(resident=here.resident)
    answer = login(here.resident).post(
        url("process-choose", project), {"area": "7 East", "process": "Bed request"}
    )
    assert (answer.status_code, answer.url) == (302, url("charter", project))
    assert Project.objects.get().state == Stage.CHARTER


def test_a_process_without_a_name_is_asked_for_in_place(login, here):
    project = IdeaFactory(resident=here.resident)
    before = everything()
    answer = login(here.resident).post(url("process-choose", project), {"area": "7 East"})
    assert answer.status_code == 422
    assert 'value="7 East"' in text(answer)
    assert everything() == before


def test_the_resident_s_page_says_what_is_missing_and_offers_the_next_thing(login, project, here):
    page = login(here.resident).get(project.get_absolute_url())
    assert "The charter needs five more things. The next is its first and last step." in text(page)
    assert f'href="{url("charter", project)}#div_id_first_step"' in text(page)
    assert url("charter-sign", project) not in text(page)


def test_the_sponsor_s_page_of_a_complete_charter_offers_the_signature(login, ready, here):
    page = login(here.sponsor).get(ready.get_absolute_url())
    assert "The charter is complete and waits for you to sign it." in text(page)
    assert f'action="{url("charter-sign", ready)}"' in text(page)
    assert 'name="version" value="2"' in text(page)
    assert f'href="{url("charter", ready)}' not in text(page)


def test_the_sponsor_s_page_of_an_unfinished_charter_offers_no_signature(login, project, here):
    page = login(here.sponsor).get(project.get_absolute_url())
    assert url("charter-sign", project) not in text(page)


@pytest.mark.parametrize("role", ["director", "coach", "kpo_lead"])
def test_who_only_looks_is_offered_nothing_to_do(login, ready, here, role):
    page = login(getattr(here, role)).get(ready.get_absolute_url())
    name = here.sponsor.name
    assert f"Capstone of {here.resident.person.name}" in text(page)
    assert f"waits for {name} to sign it." in text(page)
    assert f"{name} was asked for a signature on Nov 9." in text(page)
    for deed in ("charter", "screen", "charter-sign"):
        assert url(deed, ready) not in text(page)


def test_the_capstone_of_a_peer_does_not_exist(login, here):
    project = ProjectFactory(resident=here.other)
    client = login(here.resident)
    for name in ("project", "charter", "screen"):
        assert client.get(url(name, project)).status_code == 404


def test_a_project_is_found_under_its_own_program_only(login, project, here):
    wrong = reverse("capstone:project", args=["elsewhere", project.uid])
    assert login(here.director).get(wrong).status_code == 404
    missing = reverse("capstone:project", args=["cascade", uuid.uuid4()])
    assert login(here.director).get(missing).status_code == 404


DEEDS = {
    "process-choose": {"area": "ICU", "process": "Handoff"},
    "charter-write": {"version": 1, "aim": "Mine now"},
    "draft-keep": {"version": 1, "aim": "Mine now"},
    "draft-drop": {},
    "project-screen": YES_NO,
    "charter-sign": {"version": 2},
}


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("role", ["director", "coordinator", "kpo_lead", "coach"])
def test_who_may_see_a_project_may_not_therefore_change_it(login, ready, here, role, deed):
    before = everything()
    answer = login(getattr(here, role)).post(url(deed, ready), DEEDS[deed])
    assert answer.status_code == 403
    assert everything() == before


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("role", ["instructor", "chief", "other", "other_coach"])
def test_who_may_not_see_a_project_learns_nothing_of_it(login, ready, here, role, deed):
    before = everything()
    answer = login(getattr(here, role)).post(url(deed, ready), DEEDS[deed])
    assert answer.status_code == 404
    assert everything() == before


def test_a_sponsor_cannot_write_and_a_resident_cannot_sign(login, ready, here):
    before = everything()
    written = login(here.sponsor).post(url("charter-write", ready), DEEDS["charter-write"])
    signed = login(here.resident).post(url("charter-sign", ready), DEEDS["charter-sign"])
    assert (written.status_code, signed.status_code) == (403, 403)
    assert everything() == before


def test_saving_the_charter_says_what_is_still_missing(login, project, here, owner):
    answer = login(here.resident).post(url("charter-write", project), posted(owner, 1), follow=True)
    assert answer.redirect_chain == [(project.get_absolute_url(), 302)]
    name = here.sponsor.name
    assert said(answer) == [
        f"Saved. The charter needs two more things: the self-screen and {name}'s signature."
    ]


def test_extra_fields_change_nothing(login, project, here, owner):
    data = posted(owner, 1, signed_by=here.sponsor.pk, signed_at="2026-11-01", revision=9, state=8)
    login(here.resident).post(url("charter-write", project), data)
    charter = Charter.objects.get()
    assert (charter.signed_by, charter.signed_at, charter.revision) == (None, None, 0)
    assert (charter.version, charter.project.state) == (2, Stage.CHARTER)


def test_a_suspicious_text_is_shown_again_with_its_question(login, project, here, owner):
    before = everything()
    words = "The patient with MRN 12345678 waited."
    data = posted(owner, 1, why_it_matters=words)
    answer = login(here.resident).post(url("charter-write", project), data)
    assert answer.status_code == 422
    assert words in text(answer)
    assert 'name="no_patient"' in text(answer)
    assert everything() == before


def test_a_second_tab_is_shown_both_versions_and_the_next_save_decides(
    login, project, here, owner, at
):
    write_charter(
        project, by=here.resident.person, at=at, fields={"aim": "From the other tab"}, version=1
    )
    before = everything()
    client = login(here.resident)
    answer = client.post(url("charter-write", project), posted(owner, 1, aim="From this tab"))
    assert answer.status_code == 409
    assert "From the other tab" in text(answer)
    assert ">\nFrom this tab</textarea>" in text(answer)
    assert '<input type="hidden" name="version" value="2"' in text(answer)
    assert everything() == before
    client.post(url("charter-write", project), posted(owner, 2, aim="Both together"))
    assert Charter.objects.get().aim == "Both together"


def test_words_sent_after_the_session_ended_are_back_after_signing_in(project, here, owner):
    client = Browser()
    data = posted(owner, 1, aim="Typed in a long night shift")
    answer = client.post(url("charter-write", project), data)
    assert answer.status_code == 302
    assert answer.url == f"/account/sign-in/?next={url('charter', project)}"
    client.force_login(here.resident.person)
    page = client.get(url("charter", project))
    assert "Typed in a long night shift" in text(page)
    assert "You had been signed out." in text(page)
    assert Charter.objects.get().aim == ""
    client.post(url("charter-write", project), data)
    assert Charter.objects.get().aim == "Typed in a long night shift"
    assert "You had been signed out." not in text(client.get(url("charter", project)))


def test_words_of_a_session_that_ended_are_shown_to_nobody_else(project, here, owner):
    client = Browser()
    client.post(url("charter-write", project), posted(owner, 1, aim="Typed in a long night"))
    client.force_login(here.other.person)
    assert client.get(url("charter", project)).status_code == 404


def test_a_draft_is_kept_by_itself_and_waits_in_the_form(login, project, here, owner):
    client = login(here.resident)
    answer = client.post(url("draft-keep", project), posted(owner, 1, aim="Half a sen"))
    assert answer.json() == {"version": 1, "saved": "07:40"}
    page = client.get(url("charter", project))
    assert "Half a sen" in text(page)
    assert "Nov 23, 07:40, are not saved yet." in text(page)
    assert "Half a sen" not in text(client.get(project.get_absolute_url()))


def test_a_draft_is_shown_to_its_writer_only(login, project, here, at):
    keep_draft(project, at=at, fields={"aim": "Half a sen"}, version=1)
    for person in (here.sponsor, here.coach, here.director):
        assert "Half a sen" not in text(login(person).get(project.get_absolute_url()))


def test_a_draft_over_an_older_version_is_refused_and_says_so(login, project, here, owner, at):
    write_charter(project, by=here.resident.person, at=at, fields={"aim": "Newer"}, version=1)
    answer = login(here.resident).post(url("draft-keep", project), posted(owner, 1))
    assert answer.status_code == 409
    assert answer.json() == {"error": "The charter was saved elsewhere, so no draft was kept."}


def test_a_draft_can_be_let_go(login, project, here, at):
    keep_draft(project, at=at, fields={"aim": "Half a sen"}, version=1)
    answer = login(here.resident).post(url("draft-drop", project), follow=True)
    assert answer.redirect_chain == [(url("charter", project), 302)]
    assert "Half a sen" not in text(answer)


def test_the_sponsor_signs_with_one_button(login, ready, here):
    answer = login(here.sponsor).post(url("charter-sign", ready), {"version": 2}, follow=True)
    name = here.resident.person.given_name
    assert said(answer) == [f"Signed. {name} can go and see the current state now."]
    assert f"Signed by {here.sponsor.name} on Nov 23." in text(answer)
    assert Project.objects.get().state == Stage.CURRENT_STATE


@pytest.mark.parametrize("version", ["1", "", "x", "²", "9" * 10, "9" * 5000])
def test_a_signature_under_other_words_is_refused(login, ready, here, version):
    before = everything()
    answer = login(here.sponsor).post(url("charter-sign", ready), {"version": version}, follow=True)
    assert said(answer) == [
        "Not signed: Resident changed the charter after you opened it. Read it once more; "
        "what you sign is what you see."
    ]
    assert everything() == before


def test_a_signed_charter_leads_its_form_back_to_the_project(login, signed, here):
    client = login(here.resident)
    for name in ("charter", "screen"):
        answer = client.get(url(name, signed))
        assert (answer.status_code, answer.url) == (302, signed.get_absolute_url())
    assert url("charter", signed) not in text(client.get(signed.get_absolute_url()))


def test_writing_a_signed_charter_is_refused_in_words(login, signed, here, owner):
    before = everything()
    answer = login(here.resident).post(url("charter-write", signed), posted(owner, 2), follow=True)
    assert "so it stays as it was signed" in said(answer)[0]
    assert everything() == before


def test_the_screen_says_what_the_answers_add_up_to(login, project, here):
    client = login(here.resident)
    answer = client.post(url("project-screen", project), YES_NO, follow=True)
    assert said(answer) == ["Recorded: this is quality improvement."]
    assert answer.redirect_chain == [(project.get_absolute_url(), 302)]
    assert "Self-screen of Nov 23, 2026." in text(answer)


def test_answers_for_the_irb_stay_on_the_page_that_takes_its_decision(login, project, here):
    client = login(here.resident)
    odd = YES_NO | {"multi_site": "yes"}
    answer = client.post(url("project-screen", project), odd, follow=True)
    assert answer.redirect_chain == [(url("screen", project), 302)]
    assert 'name="irb_decided_on"' in text(answer)
    decided = odd | {"irb_outcome": "not_research", "irb_decided_on": "2026-11-20"}
    answer = client.post(url("project-screen", project), decided, follow=True)
    assert answer.redirect_chain == [(project.get_absolute_url(), 302)]
    assert "Decided by the IRB on Nov 20, 2026." in text(answer)


def test_a_wrong_day_of_the_irb_is_asked_about_in_place(login, here):
    project = ProjectFactory(resident=here.resident, screen__ask_irb=True)
    before = everything()
    wrong = YES_NO | {"irb_outcome": "exempt", "irb_decided_on": "2026-11-24"}
    answer = login(here.resident).post(url("project-screen", project), wrong)
    assert answer.status_code == 422
    assert "This day is in the future." in text(answer)
    assert everything() == before
    assert Screen.objects.get().irb_outcome == ""


HOSTILE = '<script>alert("x")</script>'


def test_what_people_type_is_always_escaped(login, here):
    project = ReadyProjectFactory(
        resident=here.resident, title=HOSTILE, charter__area=HOSTILE, charter__aim=HOSTILE
    )
    client = login(here.resident)
    for name in ("project", "charter", "screen"):
        page = client.get(url(name, project)).content.decode()
        assert HOSTILE not in page
        assert "&lt;script&gt;" in page


@pytest.mark.parametrize("name", ["project", "charter", "screen"])
@pytest.mark.parametrize("extra", [0, 3])
def test_a_page_asks_as_often_with_four_projects_as_with_one(
    login, project, here, owner, django_assert_num_queries, name, extra
):
    for number in range(extra):
        ReadyProjectFactory(resident=here.member(f"more{number}"))
    client = login(here.resident)
    client.get(url(name, project))
    with django_assert_num_queries(QUERIES[name]):
        client.get(url(name, project))


QUERIES = {"project": 12, "charter": 10, "screen": 8}
