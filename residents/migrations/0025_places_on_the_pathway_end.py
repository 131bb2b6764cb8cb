from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("residents", "0024_cohorts_and_places_have_addresses"),
    ]

    operations = [
        migrations.AddField(
            model_name="membership",
            name="ended_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "completed")),
                fields=("resident",),
                name="nobody_completes_the_pathway_twice",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "active"), _negated=True),
                    ("ended_on", None),
                    _connector="OR",
                ),
                name="a_running_membership_has_not_ended",
            ),
        ),
    ]
