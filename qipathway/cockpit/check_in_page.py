"""What the page of one check-in shows: facts of the apps joined for one viewer, read when asked."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.urls import reverse

import capstone.reads
import curriculum.reads
import mentorship.reads
from capstone.reads import CapstoneCard
from curriculum.models import Homework
from curriculum.reads import ClassProgress
from mentorship.models import CheckIn, CoachNote, Update
from mentorship.picks import Pick, fitting_day, picks
from mentorship.questions import suggested_question
from mentorship.reads import Agenda
from mentorship.states import CheckInState, Mood
from qipathway.core.accounts.models import User
from qipathway.core.lib.dates import DAY
from qipathway.core.timeline.models import Event
from residents.models import PathwayVersion, Resident
from residents.reads import schedule_of, version_for
from residents.schedule import Schedule

from . import check_in_words as words
from .decisions import year_name

LINES = 5
AHEAD = 120
BACK = 7


@dataclass(frozen=True)
class Page:
    """One check-in as one viewer sees it on one day."""

    check_in: CheckIn
    viewer: User
    today: date

    @property
    def resident(self) -> Resident:
        return self.check_in.resident

    @property
    def is_own(self) -> bool:
        return self.viewer.pk == self.resident.person_id

    @cached_property
    def is_coach(self) -> bool:
        return self.viewer.has_perm("mentorship.record_check_in", self.check_in)

    @property
    def is_planned(self) -> bool:
        return self.check_in.state == CheckInState.SCHEDULED

    @property
    def is_held(self) -> bool:
        return self.check_in.state == CheckInState.HELD

    @property
    def is_writable(self) -> bool:
        """Whether the viewer is the coach of a check-in that is still to be recorded."""
        return self.is_planned and self.is_coach

    @cached_property
    def agenda(self) -> Agenda:
        return mentorship.reads.agenda(self.check_in, viewer=self.viewer)

    @cached_property
    def progress(self) -> ClassProgress:
        return curriculum.reads.class_progress(self.resident, self.today)

    @cached_property
    def project(self) -> CapstoneCard | None:
        return capstone.reads.card_for(self.resident, self.today)

    @cached_property
    def schedule(self) -> Schedule:
        return schedule_of(self.resident, self.today - BACK * DAY, self.today + AHEAD * DAY)

    @cached_property
    def since(self) -> list[words.Row]:
        """What happened since the last check-in, beside what was promised and written there."""
        events = Event.objects.about(self.resident.person).filter(scope_id=self.check_in.program_id)
        if self.agenda.last:
            events = events.filter(at__gt=self.agenda.last.held_at)
        rows = events.exclude(action__startswith="mentorship.").for_story().newest_first()
        return words.story_rows(list(rows[:LINES]), self.check_in.zone)

    @cached_property
    def to_review(self) -> list[Homework]:
        """The resident's homework that waits for the viewer's answer."""
        waiting = Homework.objects.for_review_by(self.viewer).filter(resident=self.resident)
        return list(waiting.for_page())

    @cached_property
    def caseload(self) -> list[words.Row]:
        """The viewer's mentees, the longest gap first."""
        found = mentorship.reads.mentees(self.viewer, self.check_in.program, self.today)
        return [words.case(mentee, self.today, current=self.resident) for mentee in found]

    @property
    def picks(self) -> tuple[Pick, ...]:
        return picks(self.schedule, self.today)

    @cached_property
    def suggested(self) -> date:
        """A day that fits, as soon as the pathway would otherwise call the gap too long."""
        version = version_for(self.resident) or PathwayVersion()
        days = version.check_in_days(self.resident.pgy(self.today))
        return fitting_day(self.schedule, self.today + days * DAY)

    @property
    def title(self) -> str:
        return words.title(self.check_in, self.viewer)

    @property
    def sub(self) -> str:
        parts = [year_name(self.resident.pgy(self.today))]
        if self.project:
            parts.append(f"Capstone: {self.project.title}")
        return " · ".join(parts)

    @property
    def lead(self) -> str:
        """The first sentence for who reads: who met or meets whom, when and how."""
        return words.lead(self.check_in, self.viewer, self.today)

    @property
    def draft_words(self) -> str:
        return words.draft_words(self.check_in, self.viewer)

    @property
    def update_title(self) -> str:
        return f"Tell {self.check_in.coach.given_name} first"

    @property
    def learned_readers(self) -> str:
        return words.learned_readers(self.check_in, self.viewer)

    @property
    def may_tick(self) -> bool:
        return self.is_own or self.is_coach

    @property
    def to_review_words(self) -> str:
        return f"{len(self.to_review)} waiting"

    @property
    def question(self) -> str:
        name = self.resident.person.given_name
        known = words.situation(name, self.agenda, self.progress, self.project, self.today)
        return suggested_question(known)

    @property
    def promises(self) -> list[words.Row]:
        """What was promised and is open, or done since the last check-in."""
        return words.promise_rows(self.agenda.promised, self.today)

    @cached_property
    def made(self) -> list[words.Row]:
        """What was promised in this check-in."""
        rows = self.check_in.commitments.soonest_first()
        return words.promise_rows(tuple(rows), self.today)

    @property
    def written(self) -> list[words.Row]:
        """What the resident wrote since the last check-in."""
        return self._rows_of(self.agenda.words)

    @cached_property
    def answered(self) -> list[words.Row]:
        """What the resident had written before this check-in."""
        return self._rows_of(tuple(self.check_in.answered_updates.order_by("at")))

    def _rows_of(self, updates: tuple[Update, ...]) -> list[words.Row]:
        who = "You" if self.is_own else self.resident.person.given_name
        return words.written_rows(updates, who=who, today=self.today, zone=self.check_in.zone)

    @property
    def notes(self) -> list[words.Row]:
        """The notes of this check-in that the viewer may read."""
        notes = self.agenda.notes.get(self.check_in.pk, ())
        return words.note_rows(notes, self.check_in, self.viewer)

    @property
    def note(self) -> CoachNote | None:
        """The viewer's own note in this check-in, drafted or given."""
        return self._own_note(self.check_in)

    @property
    def last_note(self) -> CoachNote | None:
        """The viewer's own note of the last check-in."""
        return self._own_note(self.agenda.last) if self.agenda.last else None

    def _own_note(self, check_in: CheckIn) -> CoachNote | None:
        notes = self.agenda.notes.get(check_in.pk, ())
        return next((note for note in notes if note.author_id == self.viewer.pk), None)

    @property
    def facts(self) -> list[words.Row]:
        held = [each.held_on for each in (self.check_in, *self.agenda.history) if each.held_on]
        last = max(held, default=None)
        return words.facts(self.resident, last, self.progress, self.project, self.today)

    @property
    def history(self) -> list[words.Row]:
        return words.history_rows(self.agenda.history)

    @cached_property
    def following(self) -> CheckIn | None:
        """The check-in that is planned next."""
        planned = CheckIn.objects.scheduled().filter(resident=self.resident)
        return planned.select_related("program").exclude(pk=self.check_in.pk).first()

    @property
    def mood_tone(self) -> str:
        return words.TONES[Mood(self.check_in.mood)]

    @property
    def trail(self) -> list[words.Row]:
        """Where this page hangs, for its viewer."""
        slug = self.check_in.program.slug
        here: words.Row = {"label": self.title}
        if self.is_own:
            return [{"label": "Home", "url": reverse("cockpit:today", args=[slug])}, here]
        record: words.Row = {
            "label": self.resident.person.name,
            "url": self.resident.get_absolute_url(),
        }
        name, label = ("wall", "Mentees") if self.is_coach else ("board", "Board")
        return [{"label": label, "url": reverse(f"cockpit:{name}", args=[slug])}, record, here]
