"""A program and the invitation of its director, from the command line."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse
from django.utils.text import slugify

from qipathway.core.clock.services import now
from qipathway.core.lib.states import DomainError
from residents.forms import DirectorForm, NewProgramForm
from residents.models import Program
from residents.services import create_program, invite_director, show_invitation


class Command(BaseCommand):
    help = "Make a program with the pathway's defaults and, if named, invite its first director."

    def add_arguments(self, parser: ArgumentParser) -> None:
        usual = Program()
        parser.add_argument("name")
        parser.add_argument("--slug", default="", help="its name in addresses")
        parser.add_argument("--zone", default=usual.zone)
        parser.add_argument("--methodology", default=usual.methodology)
        parser.add_argument("--year-starts", type=int, default=usual.year_starts)
        parser.add_argument("--director", default="", metavar="EMAIL")
        parser.add_argument("--given-name", default="")
        parser.add_argument("--family-name", default="")

    @transaction.atomic
    def handle(self, *_args: Any, name: str, **said: Any) -> None:
        names = ("zone", "methodology", "year_starts")
        values = {"name": name, "slug": said["slug"] or slugify(name)}
        form = NewProgramForm(values | {each: said[each] for each in names})
        if not form.is_valid():
            raise CommandError(form.errors.as_text())
        given = {key: value for key, value in form.cleaned_data.items() if value != ""}
        try:
            program = create_program(by=None, at=now(), **given)
            self.stdout.write(f"{program.name} is at {settings.SITE_URL}/p/{program.slug}/")
            if said["director"]:
                self._invite(program, said)
        except DomainError as error:
            raise CommandError(str(error)) from error

    def _invite(self, program: Program, said: dict[str, Any]) -> None:
        form = DirectorForm({**said, "email": said["director"]})
        if not form.is_valid():
            raise CommandError(form.errors.as_text())
        invitation = invite_director(program, by=None, at=now(), **form.cleaned_data)
        self.stdout.write(f"{invitation.email} is invited to direct it.")
        if not settings.MAIL_IS_SET_UP:
            token = show_invitation(invitation, by=None)
            link = settings.SITE_URL.rstrip("/") + reverse("invitation", args=[token])
            self.stdout.write(f"No mail server is set up; hand this link over yourself: {link}")
