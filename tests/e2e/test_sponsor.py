"""The one thing that a sponsor is asked for."""

import pytest
from playwright.sync_api import expect

from .people import SPONSOR

pytestmark = pytest.mark.e2e


@pytest.mark.requirement(30)
def test_a_sponsor_reads_the_charter_that_waits_and_signs_it(visit):
    sponsor = visit(SPONSOR)
    sponsor.headed("Projects you sponsor").follow("flu vaccine offered before patients leave")
    expect(sponsor.card("Charter")).to_contain_text("Offered to three of four")
    sponsor.press("Sign the charter").told("Signed. Luz can go and see the current state now.")
    expect(sponsor.card("Charter")).to_contain_text("Signed by Beatriz Carvalho on Dec 28.")
    expect(sponsor.page.get_by_role("button", name="Sign the charter")).to_have_count(0)
