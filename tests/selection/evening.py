"""A round at its end: applications are in, two people review, the director decides."""

from dataclasses import dataclass
from datetime import timedelta

from qipathway.core.accounts.models import User
from qipathway.core.clock.services import travel_to
from residents.selection.models import Application, Rating, Round
from residents.selection.reads.letters import letters_of
from residents.selection.services import (
    assign_reviewers,
    decide_application,
    release_decisions,
    submit_rating,
)
from tests.conftest import MONDAY
from tests.factories.residents import ResidentFactory
from tests.factories.selection import ApplicationFactory


@dataclass
class Evening:
    """The last evening of a selection; ``at`` is what the clock shows."""

    here: object
    round: Round
    ana: User
    ben: User
    at: object = MONDAY

    @property
    def director(self):
        return self.here.director

    def apply(self, name, **fields):
        """Let somebody new hand in an application."""
        resident = ResidentFactory(
            program=self.here.program,
            person__given_name=name,
            person__email=f"{name.lower()}@residents.example.org",
            person__family_name="Applicant",
        )
        return ApplicationFactory(round=self.round, resident=resident, submitted=True, **fields)

    def assign(self, *applications, to=None):
        people = [person.pk for person in to or (self.ana, self.ben)]
        chosen = {application.pk: people for application in applications}
        assign_reviewers(self.round, chosen=chosen, by=self.director, at=self.at)

    def rate(self, application, *scores, by=None):
        """Hand in one rating for each given score, by Ana, then by Ben."""
        for person, score in zip([by] if by else [self.ana, self.ben], scores, strict=False):
            three = score if isinstance(score, tuple) else (score, score, score)
            words = dict(zip(("passion", "initiative", "independence"), three, strict=True))
            rating = Rating.objects.get(application=application, reviewer=person)
            submit_rating(rating, scores=words, comment="", by=person, at=self.at)

    def ranked(self, **scores):
        """Let people apply and be rated by both; return their applications by name."""
        made = {name: self.apply(name.title()) for name in scores}
        self.assign(*made.values())
        for name, score in scores.items():
            self.rate(made[name], *(score if isinstance(score, tuple) else (score, score)))
        return made

    def decide(self, application, decision, by=None):
        application.refresh_from_db()
        return decide_application(
            application,
            decision=decision,
            reason="Seen by both.",
            seen=application.stamp,
            by=by or self.director,
            at=self.at,
        )

    def release(self, **decisions):
        """Decide on applications by their name and release everything."""
        for application, decision in decisions.pop("of", {}).items():
            self.decide(application, decision)
        seen = letters_of(self.round).seen
        return release_decisions(self.round, seen=seen, by=self.director, at=self.at)

    def passes(self, minutes):
        self.at = self.at + timedelta(minutes=minutes)
        travel_to(self.at)

    def state(self, application):
        return Application.objects.get(pk=application.pk).state
