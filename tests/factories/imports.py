from factory import SubFactory
from factory.django import DjangoModelFactory

from qipathway.imports.models import Import, Upload

from .accounts import UserFactory
from .residents import ProgramFactory

PEOPLE = b"Name,E-mail,Roles\nMira Okafor,mira.okafor@example.org,instructor\n"


class UploadFactory(DjangoModelFactory):
    class Meta:
        model = Upload

    program = SubFactory(ProgramFactory)
    by = SubFactory(UserFactory)
    name = "people.csv"
    kind = "people"
    content = PEOPLE


class ImportFactory(DjangoModelFactory):
    class Meta:
        model = Import

    program = SubFactory(ProgramFactory)
    by = SubFactory(UserFactory)
    name = "people.csv"
    kind = "people"
    lines = 1
    new = 1
    changed = 0
    removed = 0
    unchanged = 0
