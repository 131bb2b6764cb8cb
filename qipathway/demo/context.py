"""What the sign-in page is given by the demo."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from .cards import Card, demo_cards
from .checks import is_at_home


def cards(request: HttpRequest) -> dict[str, Any]:
    """Offer the cards to whatever page shows them; those that do not pay nothing.

    There are none outside a demo that serves its own machine.
    """
    return {"demo_cards": SimpleLazyObject(_cards)}


def _cards() -> list[Card]:
    return demo_cards() if is_at_home() else []
