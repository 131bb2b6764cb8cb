"""What two loads of the demo are compared by: every fact, and no key that a load deals out."""

from hashlib import sha256

from capstone.models import Charter, Measure, Point, PriorWork, Project, Screen, StageEntry
from curriculum.models import (
    Activity,
    Booking,
    Course,
    Homework,
    Review,
    Session,
    StandUp,
)
from mentorship.models import CheckIn, CoachNote, Commitment, Update
from qipathway.core.accounts.models import User
from qipathway.core.notices.models import Mail, Notice
from qipathway.core.timeline.models import Event
from qipathway.imports.models import Import
from residents.models import Block, ClinicPattern, Leader, Membership, Resident, RoleGrant
from residents.selection.models import Application, Rating, Round

FACTS = {
    User: ("uid", "email", "given_name", "family_name", "date_joined"),
    RoleGrant: ("uid", "person__email", "role", "resident__staff_id", "since", "until"),
    Leader: ("person__email", "title", "is_physician", "is_quality_leader", "owns_processes"),
    Resident: ("uid", "staff_id", "track", "starts_on", "career_interest", "interests"),
    Round: ("uid", "cohort__name", "opens_at", "closes_at", "seats"),
    Application: ("uid", "resident__staff_id", "state", "passion", "submitted_at", "cv__sha256"),
    Rating: ("uid", "reviewer__email", "passion", "comment", "conflict", "submitted_at"),
    Membership: ("resident__staff_id", "cohort__name", "state", "joined_on"),
    Block: ("resident__staff_id", "rotation__name", "rotation__kind", "start", "end", "overrides"),
    ClinicPattern: ("resident__staff_id", "weekday", "half", "kinds"),
    Course: ("uid", "code", "title", "short_title", "strands", "position"),
    Session: ("uid", "course__code", "starts_at", "ends_at", "place", "instructor__email"),
    Booking: ("uid", "session__uid", "state", "override_note", "attended_at"),
    Homework: ("uid", "state", "due_on", "area", "body", "submitted_at", "accepted_at"),
    Review: ("homework__uid", "reviewer__email", "at", "answer", "comment"),
    Activity: (
        "uid",
        "resident__staff_id",
        "kind",
        "day",
        "place",
        "stand_up__uid",
        "role",
        "note",
    ),
    StandUp: ("uid", "starts_at", "place"),
    CheckIn: ("uid", "coach__email", "starts_at", "state", "mood", "learned", "held_at"),
    Commitment: ("uid", "made_in__uid", "text", "due_on", "state", "done_on"),
    CoachNote: ("check_in__uid", "author__email", "level", "body", "given_at"),
    Update: ("uid", "text", "at"),
    Project: ("uid", "title", "state", "opened_on"),
    StageEntry: ("project__uid", "stage", "entered_on", "left_on", "before_system"),
    PriorWork: ("project__uid", "stage", "evidence", "signed_by__email", "signed_at"),
    Measure: ("uid", "name", "unit", "goal", "target", "few_points"),
    Point: ("uid", "day", "value", "phase", "note"),
    Charter: ("project__uid", "area", "process", "process_owner__title", "ready_at", "signed_at"),
    Screen: ("project__uid", "improves_locally", "screened_on"),
    Import: ("uid", "name", "kind", "by__email", "lines", "new", "unchanged"),
    Event: ("at", "actor__email", "action", "about__email", "data"),
    Notice: ("recipient__email", "kind", "due_at", "expires_at", "withdrawn_at"),
    Mail: ("recipient__email", "kind", "state", "not_before", "closed_reason"),
}


def digests():
    """Return a digest of the facts of each table."""
    return {
        model._meta.label: digest_of(model._default_manager.values_list(*fields))
        for model, fields in FACTS.items()
    }


def digest_of(rows):
    lines = sorted(repr([without_key(value) for value in row]) for row in rows)
    assert lines
    return sha256("\n".join(lines).encode()).hexdigest()


def without_key(value):
    """Return an event's data without the key of the person it names; another fact tells who."""
    if isinstance(value, dict):
        return {name: said for name, said in value.items() if name != "person"}
    return value
