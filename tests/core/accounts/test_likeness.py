"""Who may be the same person twice is said before a second one is made."""

import pytest

from qipathway.core.accounts.likeness import similar_people
from qipathway.core.accounts.models import User

ELENA = User(given_name="Élena", family_name="Voss-Müller", email="elena.voss@example.org")


@pytest.mark.parametrize(
    ("given", "family", "email"),
    [
        ("Elena", "Voss Muller", "ev@example.org"),
        ("Voss-Muller", "Elena", "ev@example.org"),
        ("E\u0301lena", "Voss-Mu\u0308ller", "ev@example.org"),
        ("\u0415lena", "Voss-Muller", "ev@example.org"),
        ("ELENA", "VOSS-MÜLER", "ev@example.org"),
        ("Nora", "Haddad", "Elena.Vos@example.org"),
        ("Nora", "Haddad", "elena.voss@other.example.org"),
    ],
)
def test_the_same_person_written_differently_is_found(given, family, email):
    found = similar_people([ELENA], email=email, given_name=given, family_name=family)
    assert found == [ELENA]


@pytest.mark.parametrize(
    ("given", "family", "email"),
    [
        ("Elia", "Vasquez", "elia.vasquez@example.org"),
        ("", "", "x@example.org"),
        ("李", "", "li@b"),
    ],
)
def test_somebody_else_is_not(given, family, email):
    assert similar_people([ELENA], email=email, given_name=given, family_name=family) == []
