"""One check-in as one viewer sees it: what its page says and where it leads. Pure."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from capstone.reads import CapstoneCard
from curriculum.reads import ClassProgress
from mentorship.models import CheckIn, CoachNote, Update
from mentorship.questions import suggested_question
from mentorship.reads import Agenda
from mentorship.states import CheckInState, Mood
from qipathway.core.accounts.models import User
from residents.models import Resident

from . import check_in_words as words
from .words import year_name


@dataclass(frozen=True, slots=True)
class Page:
    """One check-in as one viewer sees it on one day; ``is_coach`` is who may record it."""

    check_in: CheckIn
    viewer: User
    today: date
    is_coach: bool
    agenda: Agenda
    progress: ClassProgress
    project: CapstoneCard | None

    @property
    def resident(self) -> Resident:
        return self.check_in.resident

    @property
    def is_own(self) -> bool:
        return self.viewer.pk == self.resident.person_id

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
    def question(self) -> str:
        name = self.resident.person.given_name
        known = words.situation(name, self.agenda, self.progress, self.project, self.today)
        return suggested_question(known)

    @property
    def promises(self) -> list[words.Row]:
        """What was promised and is open, or done since the last check-in."""
        return words.promise_rows(self.agenda.promised, self.today)

    @property
    def written(self) -> list[words.Row]:
        """What the resident wrote since the last check-in."""
        return self.rows_of(self.agenda.words)

    def rows_of(self, updates: tuple[Update, ...]) -> list[words.Row]:
        """Return the resident's words, each with who wrote it when."""
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
