"""The first account of a site, made at the server's command line."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from qipathway.core.accounts.models import User, normalise_email
from qipathway.core.clock.services import now
from qipathway.core.lib.states import DomainError
from residents.services import appoint_operator


class Command(BaseCommand):
    help = "Let a person run the site: make programs and invite their first directors."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the address that they sign in with")
        parser.add_argument("--given-name", default="", help="needed for somebody new")
        parser.add_argument("--family-name", default="")

    @transaction.atomic
    def handle(self, *_args: Any, email: str, **said: Any) -> None:
        address = normalise_email(email)
        try:
            validate_email(address)
            person = self._person(address, said["given_name"], said["family_name"])
            appoint_operator(person, at=now())
        except (ValidationError, DomainError) as error:
            raise CommandError(" ".join(getattr(error, "messages", [str(error)]))) from error
        self.stdout.write(f"{address} is an operator now and signs in by a code that is mailed.")

    @staticmethod
    def _person(address: str, given_name: str, family_name: str) -> User:
        found = User.objects.filter(email=address).first()
        if found:
            return found
        if not given_name:
            raise CommandError(f"Nobody has the address {address} yet; say --given-name, too.")
        return User.objects.create_user(address, given_name=given_name, family_name=family_name)
