from factory import Faker, Sequence
from factory.django import DjangoModelFactory

from qipathway.core.accounts.models import User


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    given_name = Faker("first_name")
    family_name = Faker("last_name")
    email = Sequence(lambda n: f"person{n}@example.org")
