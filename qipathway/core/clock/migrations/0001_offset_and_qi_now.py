from datetime import timedelta

import django.db.models.functions.datetime
from django.db import migrations, models

CREATE = """
CREATE FUNCTION qi_now() RETURNS timestamptz LANGUAGE sql STABLE AS
$$ SELECT now() + COALESCE((SELECT amount FROM clock_offset WHERE id = 1), interval '0') $$;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Offset",
            fields=[
                (
                    "id",
                    models.SmallIntegerField(
                        default=1, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("amount", models.DurationField(default=timedelta)),
                (
                    "set_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", 1)), name="clock_has_one_offset"
                    )
                ]
            },
        ),
        migrations.RunSQL(CREATE, "DROP FUNCTION qi_now()"),
    ]
