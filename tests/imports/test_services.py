"""What a file leaves open is asked; what was looked at is what happens, once; and in good time."""

import io
from datetime import date, timedelta
from time import monotonic

import pytest
from django.core.management import CommandError, call_command

from qipathway.core.clock.services import travel_to
from qipathway.core.lib.states import DomainError
from qipathway.core.sheets import read_sheet
from qipathway.core.timeline.models import Event
from qipathway.imports.kinds import KINDS
from qipathway.imports.models import ColumnMap, Import, Upload
from qipathway.imports.reads import desk_of, preview
from qipathway.imports.services import (
    Overtaken,
    answer_question,
    bring_in,
    import_file,
    sweep,
    upload_file,
)
from residents.models import Block, Resident, Rotation
from residents.states import RotationKind
from tests.factories.curriculum import BookingFactory, HomeworkFactory
from tests.imports.conftest import DATA, FILES, said, sample
from tests.imports.test_bad_files import ANN, BLOCKS, PEOPLE, ROSTER
from tests.project.test_urls import digest

OPEN_DAYS = ROSTER + ANN.replace("2026-07-01", "03/04/2026")
NOBODY = PEOPLE + "A B,a@example.org,coach\n"


@pytest.fixture
def upload(here):
    def send(content, by=here.director):
        return upload_file("file.csv", content.encode(), program=here.program, by=by)

    return send


@pytest.mark.parametrize("kind", FILES)
def test_a_file_is_recognised_by_its_header(here, kind):
    found = upload_file("x.csv", sample(kind), program=here.program, by=here.director)
    assert found.kind == kind


@pytest.mark.parametrize(
    ("header", "words"),
    [
        (ROSTER.replace("E-mail,", ""), "The column “E-mail” is missing."),
        (ROSTER.strip() + ",E-MAIL\n", "a column that holds the same is there already"),
        (BLOCKS.replace(",End date", ""), "The column “End date” is missing."),
    ],
)
def test_a_file_that_lacks_one_column_is_recognised_so_that_it_can_be_named(
    upload, monday, header, words
):
    seen = preview(upload(header + "a,b,c,d,e,f,g\n"), at=monday)
    assert words in str(seen.plan.errors[0])


def test_a_file_that_could_be_one_or_another_is_not_guessed(upload):
    assert upload("Name,Other\na,b\n").kind == ""


def test_a_file_of_a_kind_that_is_not_one_s_own_is_not_recognised(here, upload):
    assert upload(NOBODY, by=here.kpo_lead).kind == ""


def test_a_day_that_can_be_read_two_ways_is_asked_about(here, upload, monday):
    found = upload(OPEN_DAYS)
    [question] = preview(found, at=monday).plan.open_questions
    assert question.text == "Is 03/04/2026 March 4 or April 3?"
    before = digest()
    with pytest.raises(DomainError, match="1 open question"):
        import_file(found, seen="", by=here.director, at=monday)
    assert digest() == before
    answers = {"days": {"days": "day_first"}}
    found = answer_question(found, kind="roster", answers=answers, by=here.director)
    plan = preview(found, at=monday).plan
    import_file(found, seen=plan.digest, by=here.director, at=monday)
    assert str(Resident.objects.get(staff_id="R1").starts_on) == "2026-04-03"


def test_what_a_column_holds_is_said_once_for_the_program(here, upload, world, monday):
    strange = NOBODY.replace("E-mail", "Contact")
    first = upload(strange)
    answers = {"columns": {"Contact": "email"}}
    first = answer_question(first, kind="people", answers=answers, by=here.director)
    assert preview(first, at=monday).plan.is_ready
    assert upload(strange.replace("Contact", "CONTACT")).kind == "people"
    far = world.there
    there = upload_file("x.csv", strange.encode(), program=far.program, by=far.director)
    assert there.kind == ""
    answer_question(first, kind="people", answers={"columns": {"X": "password"}}, by=here.director)
    assert ColumnMap.objects.count() == 1


def test_a_rotation_whose_name_does_not_say_what_it_is_is_asked_about(here, send):
    send("roster", ROSTER + ANN)
    lines = BLOCKS + "R1,Consults,2027-07-01,2027-07-28\n"
    plan = send("blocks", lines)
    assert [question.text for question in plan.open_questions] == ["What is “Consults”?"]
    assert not Rotation.objects.filter(name="Consults").exists()
    send("blocks", lines, answers={"rotations": {"Consults": "inpatient"}})
    assert Rotation.objects.get(name="Consults").kind == RotationKind.INPATIENT


@pytest.mark.requirement(18)
def test_homework_is_due_by_the_new_schedule_of_whoever_s_blocks_moved(here, send):
    seats = [
        BookingFactory(
            resident=resident,
            session__program=here.program,
            session__day=date(2026, 12, 3),
            state="attended",
        )
        for resident in (here.resident, here.other)
    ]
    own, another = (HomeworkFactory(booking=seat, due_on=date(2026, 12, 31)) for seat in seats)
    staff = here.resident.staff_id
    send("blocks", BLOCKS + f"{staff},Elective: Renal,2027-01-11,2027-02-07\n")
    own.refresh_from_db()
    another.refresh_from_db()
    assert (own.due_on, another.due_on) == (date(2027, 2, 7), date(2026, 12, 31))
    told = Event.objects.filter(action="curriculum.rebase_due_dates")
    assert told.get().actor == here.director


def test_a_new_schedule_replaces_the_days_that_it_speaks_of_and_no_others(here, send):
    send("roster", ROSTER + ANN)
    old = "R1,ICU,2027-07-01,2027-07-28\nR1,Wards,2027-07-29,2027-08-25\n"
    away = "R1,Vacation,2027-08-02,2027-08-08\n"
    send("blocks", BLOCKS + old + away)
    plan = send(
        "blocks", BLOCKS + "R1,Nights,2027-07-01,2027-07-14\nR1,ICU,2027-07-15,2027-07-28\n"
    )
    assert plan.counts == {"new": 1, "changed": 1, "removed": 0, "unchanged": 0}
    plan = send(
        "blocks", BLOCKS + "R1,Wards,2027-07-29,2027-08-25\nR1,Vacation,2027-08-09,2027-08-15\n"
    )
    [moved] = plan.changes
    assert (moved.title, moved.fields) == (
        "Ann Moe, Vacation",
        (("Days", "Aug 2, 2027 to Aug 8, 2027", "Aug 9, 2027 to Aug 15, 2027"),),
    )
    names = Block.objects.filter(resident__staff_id="R1").values_list("rotation__name", flat=True)
    assert sorted(names) == ["ICU", "Nights", "Vacation", "Wards"]


def test_what_has_changed_since_it_was_looked_at_does_not_happen(here, upload, send, monday):
    found = upload(NOBODY)
    seen = preview(found, at=monday).plan.digest
    send("people", NOBODY.replace("coach", "sponsor"))
    before = digest()
    with pytest.raises(Overtaken):
        import_file(found, seen=seen, by=here.director, at=monday)
    assert digest() == before


def test_a_file_that_waits_is_gone_after_a_day_and_when_it_came_in(here, upload, monday):
    found = upload(NOBODY)
    seen = preview(found, at=monday).plan.digest
    assert import_file(found, seen=seen, by=here.director, at=monday).uid == found.uid
    assert not Upload.objects.exists()
    upload(NOBODY)
    assert sweep() == 0
    travel_to(monday + timedelta(hours=25))
    assert sweep() == 1


def test_a_command_says_what_it_did_and_exits_with_an_error_otherwise(here, tmp_path):
    out, err = io.StringIO(), io.StringIO()
    path = str(DATA / "people.csv")
    for _ in range(2):
        call_command("import_people", path, program=here.program.slug, stdout=out)
    assert "21 changes: 21 new, 0 changed, 0 removed, 0 unchanged." in out.getvalue()
    assert out.getvalue().endswith("0 changes: all 21 are here already.\n")
    bad = tmp_path / "bad.csv"
    bad.write_text(ROSTER + ANN.replace("yes", "maybe"))
    before = digest()
    with pytest.raises(CommandError, match="Nothing was brought in: 1 error"):
        call_command("import_roster", str(bad), stderr=err)
    assert err.getvalue() == ("error: line 2, Matched here: “maybe” is neither yes nor no\n")
    for words in ({"file": str(tmp_path)}, {"file": str(bad), "program": "none"}):
        with pytest.raises(CommandError):
            call_command("import_roster", words.pop("file"), **words)
    assert digest() == before


def test_ten_thousand_lines_with_three_bad_ones_are_judged_in_twenty_seconds(here, send):
    lines = [f"P{n} Q,p{n}@example.org,instructor; leader: manager {n}\n" for n in range(10_000)]
    for n in (17, 4000, 9999):
        lines[n] = lines[n].replace("instructor", "wizard")
    before, started = digest(), monotonic()
    plan = send("people", PEOPLE + "".join(lines))
    assert monotonic() - started < 20
    assert [problem.line for problem in plan.errors] == [19, 4002, 10_001]
    assert digest() == before


def test_ten_thousand_good_lines_come_in_within_a_minute(here, monday):
    lines = "".join(f"P{n} Q,p{n}@example.org,instructor\n" for n in range(10_000))
    desk, sheet = (
        desk_of(here.program, here.director, at=monday),
        read_sheet((PEOPLE + lines).encode()),
    )
    started = monotonic()
    plan, done = bring_in(KINDS["people"], sheet, desk, name="people.csv")
    assert monotonic() - started < 60
    assert (plan.counts["new"], Import.objects.get()) == (10_000, done)
    assert said(plan) == []
