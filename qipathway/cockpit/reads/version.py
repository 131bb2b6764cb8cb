"""Whether anything of a program has changed, asked in one statement."""

from collections.abc import Iterator
from functools import cache

from django.apps import apps
from django.db import connection
from psycopg2.sql import SQL, Composable, Identifier

from residents.models import Program

APPS = ("residents", "curriculum", "mentorship", "capstone", "cockpit")
ROWS = SQL(
    "SELECT sum(hashtextextended(concat_ws('.', tableoid, ctid, xmin), 0)::numeric) AS version"
    " FROM {} WHERE {} = %(program)s"
)
NAMES = SQL(
    "SELECT sum(hashtextextended("
    " concat_ws('|', id, given_name, family_name, is_active), 0)::numeric)"
    " FROM accounts_user WHERE id IN ("
    " SELECT person_id FROM residents_resident WHERE program_id = %(program)s"
    " UNION SELECT person_id FROM residents_rolegrant WHERE program_id = %(program)s"
    " UNION SELECT person_id FROM residents_leader WHERE program_id = %(program)s)"
)
WHOLE = SQL("SELECT coalesce(sum(version), 0)::text FROM ({}) AS parts")


def version_of(program: Program) -> str:
    """Return what changes whenever a row of the program does; one query.

    Place and transaction name the version of a row that is stored, so their sum over all rows
    changes with every insert, update and delete that has been committed, whoever made it: a
    service, a repair by hand, an import. Nothing is written for it. A vacuum that moves rows
    changes it too, which costs one drawing.
    """
    with connection.cursor() as cursor:
        cursor.execute(_statement(), {"program": program.pk})
        return str(cursor.fetchone()[0])


@cache
def _statement() -> Composable:
    return WHOLE.format(SQL(" UNION ALL ").join([*_parts(), NAMES]))


def _parts() -> Iterator[Composable]:
    yield ROWS.format(Identifier(Program._meta.db_table), Identifier("id"))
    for label in APPS:
        for model in apps.get_app_config(label).get_models():
            if any(field.attname == "program_id" for field in model._meta.concrete_fields):
                yield ROWS.format(Identifier(model._meta.db_table), Identifier("program_id"))
