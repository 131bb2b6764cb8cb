"""What the sign-in page is given by the demo."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from .cards import demo_cards


def cards(request: HttpRequest) -> dict[str, Any]:
    """Offer the cards to whatever page shows them; those that do not pay nothing."""
    return {"demo_cards": SimpleLazyObject(demo_cards)}
