"""The seven sample files go in, in any order that their references allow, and once only."""

import csv
import io

import pytest
from django.core.management import call_command
from openpyxl import Workbook

from curriculum.models import Completion, Course, Session
from qipathway.core.timeline.models import Event
from qipathway.imports.models import Import
from residents.models import Block, ClinicPattern, Membership, Resident, RoleGrant
from residents.states import Role, RotationKind
from tests.imports.conftest import DATA, FILES, said, sample
from tests.project.test_urls import digest

SIZES = {
    "people": 21,
    "roster": 13,
    "clinic": 24,
    "blocks": 384,
    "classes": 11,
    "sessions": 300,
    "completions": 60,
}
ORDERS = [
    "people roster clinic blocks classes sessions completions",
    "classes people sessions roster completions blocks clinic",
    "roster blocks classes completions people clinic sessions",
]


def test_each_sample_goes_in_by_its_command_alone_and_a_second_time_changes_nothing(here):
    words = {"program": here.program.slug}

    def bring_in_all():
        said = {}
        for kind, file in FILES.items():
            out = io.StringIO()
            call_command(f"import_{kind}", str(DATA / f"{file}.csv"), stdout=out, **words)
            said[kind] = out.getvalue().splitlines()[-1].partition(":")[0]
        return said

    assert bring_in_all() == {kind: f"{size} changes" for kind, size in SIZES.items()}
    before = digest()
    assert bring_in_all() == dict.fromkeys(FILES, "0 changes")
    assert digest() == before
    assert set(Completion.objects.values_list("signed_by", "source")) == {(None, "learning_system")}


@pytest.mark.parametrize("order", ORDERS)
def test_the_seven_files_go_in_and_a_second_time_change_nothing(send, order):
    found = {kind: send(kind, sample(kind)) for kind in order.split()}
    assert {kind: said(plan) for kind, plan in found.items() if plan.errors} == {}
    assert {kind: len(plan.changes) for kind, plan in found.items()} == SIZES
    before = digest()
    again = {kind: send(kind, sample(kind)) for kind in (*order.split(), *FILES)}
    assert {kind: (plan.errors, len(plan.changes)) for kind, plan in again.items()} == {
        kind: ([], 0) for kind in FILES
    }
    assert digest() == before
    assert Import.objects.count() == Event.objects.filter(action="imports.import_file").count() == 7


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("clinic", "line 2: Staff ID"),
        ("blocks", "is not in the roster. Bring in the roster first, or correct the ID"),
        ("sessions", "is not in the class catalogue. Bring in the catalogue first"),
        ("completions", "is not in the roster"),
    ],
)
def test_a_file_before_those_that_it_refers_to_says_which_comes_first(send, kind, words):
    before = digest()
    plan = send(kind, sample(kind))
    assert any(words.split(":")[-1].strip() in str(problem) for problem in plan.errors)
    assert digest() == before


@pytest.mark.requirement(6)
@pytest.mark.requirement(55)
def test_a_preliminary_resident_enters_without_a_place_and_the_reason_is_shown(send):
    plan = send("roster", sample("roster"))
    assert plan.notes[-1] == (
        "Line 14: Kit Sorensen is entered without a place on the pathway: the pathway is open to "
        "the categorical and primary-care tracks only."
    )
    kit = Resident.objects.get(staff_id="R2305")
    assert not Membership.objects.filter(resident=kit).exists()
    assert not kit.person.has_usable_password()


def test_vacation_lies_over_blocks_and_names_its_kind(send, here):
    send("roster", sample("roster"))
    send("blocks", sample("blocks"))
    vacation = Block.objects.filter(program=here.program, rotation__name="Vacation")
    assert {(block.overrides, block.rotation.kind) for block in vacation} == {
        (True, RotationKind.LEAVE)
    }
    assert vacation.count() == 72


def test_people_get_the_roles_of_the_file_from_today_on(send, here, today):
    send("people", sample("people"))
    lead = RoleGrant.objects.filter(person__email="sade.abiodun@example.org")
    assert sorted(lead.values_list("role", "since")) == [
        (Role.COACH, today),
        (Role.KPO_LEAD, today),
    ]
    assert here.program.leaders.filter(is_quality_leader=True).count() == 2


@pytest.mark.requirement(9)
def test_the_catalogue_comes_with_strands_prerequisites_and_homework(send, here):
    send("classes", sample("classes"))
    last = Course.objects.get(program=here.program, code="VL10")
    assert (last.strands, last.format, last.position) == (["leadership"], "full_day", 10)
    assert sorted(last.prerequisites.values_list("code", flat=True)) == ["VL06", "VL09"]
    assert last.homework_brief.startswith("Write the charter")


def rows(kind):
    return list(csv.reader(io.StringIO(sample(kind).decode("utf-8-sig"))))


def written(table, separator=","):
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(table)
    return text.getvalue()


def workbook(table):
    book, file = Workbook(), io.BytesIO()
    for row in table:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


SHAPES = {
    "UTF-16": lambda table: written(table).encode("utf-16"),
    "semicolons": lambda table: written(table, ";").encode(),
    "tabs": lambda table: written(table, "\t").encode("utf-8-sig"),
    "shouting, backwards": lambda table: written(
        [[cell.upper() for cell in table[0]][::-1], *(row[::-1] for row in table[1:])]
    ),
    "an unknown column": lambda table: written([[*row, "x"] for row in table]),
    "rows in another order": lambda table: written([table[0], *table[:0:-1]]),
    "Excel": workbook,
}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_same_file_in_another_shape_says_the_same(send, shape):
    for kind in FILES:
        send(kind, sample(kind))
    for kind in FILES:
        plan = send(kind, SHAPES[shape](rows(kind)))
        assert (kind, said(plan), plan.changes) == (kind, [], [])


def test_everything_stays_in_the_program_that_it_was_brought_into(world, send):
    there = world.there.program
    before = {
        model: model.objects.filter(program=there).count()
        for model in (Resident, Block, ClinicPattern, Course, Session, Completion, RoleGrant)
    }
    for kind in FILES:
        send(kind, sample(kind))
    assert {m: m.objects.filter(program=there).count() for m in before} == before
