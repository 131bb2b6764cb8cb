import uuid

import django.contrib.postgres.functions
from django.db import migrations, models

COHORTS_AND_PLACES = ("cohort", "membership")


def uid(**options):
    return models.UUIDField(editable=False, unique=True, **options)


class Migration(migrations.Migration):
    """Rows that are there get an address of their own each: the database draws them."""

    dependencies = [
        ("residents", "0023_deputies_stand_in_for_a_coach"),
    ]

    operations = [
        *(
            migrations.AddField(
                model, "uid", uid(db_default=django.contrib.postgres.functions.RandomUUID())
            )
            for model in COHORTS_AND_PLACES
        ),
        *(migrations.AlterField(model, "uid", uid(default=uuid.uuid4)) for model in COHORTS_AND_PLACES),
    ]
