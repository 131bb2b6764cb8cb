
import django.contrib.postgres.fields
import residents.models.pathway
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('residents', '0003_one_sponsor_and_no_role_twice'),
    ]

    operations = [
        migrations.AddField(
            model_name='pathwayversion',
            name='current_state_month',
            field=models.PositiveSmallIntegerField(default=19),
        ),
        migrations.AddField(
            model_name='pathwayversion',
            name='event_held_month',
            field=models.PositiveSmallIntegerField(default=22),
        ),
        migrations.AddField(
            model_name='pathwayversion',
            name='presented_month',
            field=models.PositiveSmallIntegerField(default=34),
        ),
        migrations.AddField(
            model_name='pathwayversion',
            name='remeasure_days',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), default=residents.models.pathway.remeasure_days, size=None),
        ),
        migrations.AddField(
            model_name='pathwayversion',
            name='remeasure_silent_days',
            field=models.PositiveSmallIntegerField(default=60),
        ),
        migrations.AddField(
            model_name='pathwayversion',
            name='remeasured_month',
            field=models.PositiveSmallIntegerField(default=28),
        ),
    ]
