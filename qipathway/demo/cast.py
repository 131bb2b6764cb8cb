"""Everybody and everything that the demo's story is about, by the names that its files use."""

from dataclasses import dataclass, field
from datetime import date

from curriculum.models import Course, Session
from qipathway.core.accounts.models import User
from residents.models import Program, Resident


@dataclass
class Cast:
    """People by name, residents by staff id, classes by code, sessions by code and day."""

    program: Program
    people: dict[str, User] = field(default_factory=dict)
    residents: dict[str, Resident] = field(default_factory=dict)
    courses: dict[str, Course] = field(default_factory=dict)
    sessions: dict[tuple[str, date], Session] = field(default_factory=dict)

    @property
    def director(self) -> User:
        return self.people["Elena Voss"]

    @property
    def kpo_lead(self) -> User:
        return self.people["Sade Abiodun"]
