"""When a capstone opens, and from when on not having begun is late."""

from dataclasses import dataclass
from datetime import date

from qipathway.core.lib.dates import add_months
from residents.models import PathwayVersion, Resident
from residents.reads import version_for

from ..states import Stage, number


@dataclass(frozen=True, slots=True)
class Opening:
    """The two days on which the pathway's version looks at a resident's capstone."""

    opens_on: date
    late_from: date
    today: date

    @property
    def is_open(self) -> bool:
        return self.today >= self.opens_on

    def is_late(self, state: str | None) -> bool:
        """Tell whether a process should have been chosen by now and was not."""
        begun = state is not None and number(state) >= number(Stage.CHARTER)
        return self.today >= self.late_from and not begun


def opening(resident: Resident, version: PathwayVersion, today: date) -> Opening:
    """Work out both days from the months of the version, counted from the resident's start."""
    first = resident.starts_on.replace(day=1)
    return Opening(
        opens_on=add_months(first, version.capstone_opens_month - 1),
        late_from=add_months(first, version.capstone_late_month - 1),
        today=today,
    )


def opening_for(resident: Resident, today: date) -> Opening | None:
    """Read when the capstone of a resident opens; ``None`` for who is not on the pathway."""
    version = version_for(resident)
    return opening(resident, version, today) if version else None


def baseline_needed(resident: Resident) -> int:
    """Read how many baseline points the resident's version of the pathway asks for."""
    version = version_for(resident) or PathwayVersion()
    return version.baseline_points
