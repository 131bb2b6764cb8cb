"""List the cards for the terminal."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.urls import reverse

from qipathway.demo.cards import demo_cards


class Command(BaseCommand):
    help = "List whom one can sign in as in the demo: name, role, address."

    def handle(self, *args: Any, **options: Any) -> None:
        cards = demo_cards()
        if not cards:
            self.stdout.write("The demo program is not loaded; `manage.py load_demo` loads it.")
            return
        self.stdout.write(f"Sign in with one click at {settings.SITE_URL}{reverse('demo:cards')}")
        self.stdout.write(f"Every mail is kept at     {settings.SITE_URL}{reverse('demo:outbox')}")
        name = max(len(card.person.name) for card in cards)
        role = max(len(card.role) for card in cards)
        for card in cards:
            who = f"{card.person.name:{name}}  {card.role:{role}}"
            self.stdout.write(f"  {who}  {card.person.email}")
