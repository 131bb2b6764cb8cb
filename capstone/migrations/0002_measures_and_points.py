
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('capstone', '0001_projects_charters_and_screens'),
        ('residents', '0002_programs_people_and_schedule'),
    ]

    operations = [
        migrations.CreateModel(
            name='Measure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('unit', models.CharField(max_length=40)),
                ('goal', models.CharField(choices=[('lower', 'Lower is better'), ('higher', 'Higher is better'), ('steady', 'Should stay as it is')], default='lower', max_length=8)),
                ('target', models.DecimalField(blank=True, decimal_places=3, max_digits=12, null=True)),
                ('counts', models.CharField(blank=True, max_length=300)),
                ('few_points', models.CharField(blank=True, max_length=300)),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='residents.program')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='measures', to='capstone.project')),
            ],
            options={
                'ordering': ['pk'],
            },
        ),
        migrations.CreateModel(
            name='Point',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('day', models.DateField()),
                ('value', models.DecimalField(decimal_places=3, max_digits=12)),
                ('phase', models.CharField(choices=[('baseline', 'Baseline'), ('after', 'After the change')], default='baseline', max_length=8)),
                ('note', models.CharField(blank=True, max_length=200)),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='points', to='capstone.measure')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='residents.program')),
            ],
            options={
                'ordering': ['day'],
            },
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.UniqueConstraint(fields=('project', 'name'), name='measures_of_a_project_differ_in_name'),
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('unit', ''), _negated=True)), name='a_measure_has_a_name_and_a_unit'),
        ),
        migrations.AddConstraint(
            model_name='measure',
            constraint=models.CheckConstraint(condition=models.Q(('goal__in', ['lower', 'higher', 'steady'])), name='goal_of_a_measure_is_known'),
        ),
        migrations.AddIndex(
            model_name='point',
            index=models.Index(condition=models.Q(('removed_at', None)), fields=['measure', 'phase', 'day'], name='points_of_a_chart'),
        ),
        migrations.AddConstraint(
            model_name='point',
            constraint=models.UniqueConstraint(condition=models.Q(('removed_at', None)), fields=('measure', 'day'), name='one_point_per_measure_and_day'),
        ),
        migrations.AddConstraint(
            model_name='point',
            constraint=models.CheckConstraint(condition=models.Q(('phase__in', ['baseline', 'after'])), name='phase_of_a_point_is_known'),
        ),
    ]
