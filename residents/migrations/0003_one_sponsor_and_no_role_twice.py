
import django.contrib.postgres.constraints
import django.db.models.functions.comparison
import residents.models.people
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('residents', '0002_programs_people_and_schedule'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='pathwayversion',
            constraint=models.CheckConstraint(condition=models.Q(('capstone_opens_month__lt', models.F('capstone_late_month'))), name='capstone_opens_before_it_is_late'),
        ),
        migrations.AddConstraint(
            model_name='rolegrant',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('resident__isnull', False), ('role', 'sponsor')), expressions=[(models.F('resident'), '='), (residents.models.people.DateRange(models.F('since'), models.F('until')), '&&')], name='one_active_sponsor_per_resident'),
        ),
        migrations.AddConstraint(
            model_name='rolegrant',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.F('person'), '='), (models.F('role'), '='), (models.F('program'), '='), (django.db.models.functions.comparison.Coalesce(models.F('resident'), models.Value(0)), '='), (residents.models.people.DateRange(models.F('since'), models.F('until')), '&&')], name='nobody_holds_a_role_twice_at_once'),
        ),
    ]
