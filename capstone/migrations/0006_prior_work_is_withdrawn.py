import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('capstone', '0005_states_are_known'),
        ('files', '0002_one_scope_for_good'),
        ('residents', '0011_states_are_known'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='priorwork',
            name='left_title',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='priorwork',
            name='withdrawn_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='priorwork',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='priorwork',
            name='project',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='prior_works', to='capstone.project'),
        ),
        migrations.AddConstraint(
            model_name='priorwork',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('project',), name='one_standing_prior_work_per_project'),
        ),
        migrations.AddConstraint(
            model_name='priorwork',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_by', None)), models.Q(('withdrawn_at__gte', models.F('signed_at')), ('withdrawn_by__isnull', False)), _connector='OR'), name='prior_work_is_withdrawn_by_somebody_after_it_was_signed'),
        ),
    ]
