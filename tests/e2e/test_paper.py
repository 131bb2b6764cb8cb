"""The board on paper."""

import re

import pytest

from .people import DIRECTOR

pytestmark = pytest.mark.e2e
A_PAGE = re.compile(rb"/Type\s*/Page\b")


def test_the_board_fits_on_three_pages_of_letter_in_landscape(visit):
    director = visit(DIRECTOR)
    printed = director.page.pdf(format="Letter", landscape=True, prefer_css_page_size=True)
    assert 1 <= len(A_PAGE.findall(printed)) <= 3
