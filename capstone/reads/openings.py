"""When a capstone opens, from when on not having begun is late, and when stages are expected."""

from dataclasses import dataclass
from datetime import date, timedelta

from residents.models import Membership, PathwayVersion, Resident
from residents.reads import membership_of, version_for

from ..states import Stage, number


@dataclass(frozen=True, slots=True)
class Expected:
    """A stage and the first day of the month by which it should have been reached."""

    stage: Stage
    by: date


@dataclass(frozen=True, slots=True)
class Opening:
    """The days on which the pathway's version looks at a resident's capstone.

    ``expected`` holds the stages after the charter; ``patience`` is for how long one of them may
    be late before the project is behind.
    """

    opens_on: date
    late_from: date
    today: date
    expected: tuple[Expected, ...] = ()
    patience: timedelta = timedelta()

    @property
    def is_open(self) -> bool:
        return self.today >= self.opens_on

    def is_late(self, state: str | None) -> bool:
        """Tell whether a process should have been chosen by now and was not."""
        begun = state is not None and number(state) >= number(Stage.CHARTER)
        return self.today >= self.late_from and not begun

    def behind(self, state: str) -> Expected | None:
        """Return the first stage that should long have been reached and was not."""
        late = (
            each
            for each in self.expected
            if number(state) < number(each.stage) and self.today >= each.by + self.patience
        )
        return None if self.is_late(state) else next(late, None)


def opening(member: Membership, today: date) -> Opening:
    """Work out the days from the months of the version, which leave moves, from the start on.

    Nothing is late before who joined is settled.
    """

    def by(month: int) -> date:
        return max(training.month_begins(month, today), settled_on)

    training, version = member.resident.training, member.cohort.version
    settled_on = member.settled_on(today)
    months = {
        Stage.CURRENT_STATE: version.current_state_month,
        Stage.EVENT_HELD: version.event_held_month,
        Stage.REMEASURED: version.remeasured_month,
        Stage.PRESENTED: version.presented_month,
    }
    return Opening(
        opens_on=training.month_begins(version.capstone_opens_month, today),
        late_from=by(version.capstone_late_month),
        today=today,
        expected=tuple(Expected(stage, by(month)) for stage, month in months.items()),
        patience=timedelta(days=version.behind_days),
    )


def opening_for(resident: Resident, today: date) -> Opening | None:
    """Read when the capstone of a resident opens; ``None`` for who is not on the pathway."""
    member = membership_of(resident)
    return opening(member, today) if member else None


def baseline_needed(resident: Resident) -> int:
    """Read how many baseline points the resident's version of the pathway asks for."""
    version = version_for(resident) or PathwayVersion()
    return version.baseline_points
