
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('capstone', '0002_measures_and_points'),
        ('files', '0001_stored_files'),
        ('residents', '0004_months_of_a_capstone'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='stageentry',
            name='before_system',
            field=models.BooleanField(default=False),
        ),
        migrations.CreateModel(
            name='PriorWork',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stage', models.CharField(choices=[('idea', 'Idea'), ('charter', 'Charter'), ('current_state', 'Current state'), ('event_ready', 'Event ready'), ('event_held', 'Event held'), ('implementing', 'Implementing'), ('remeasured', 'Remeasured'), ('presented', 'Presented'), ('closed', 'Closed')], max_length=16)),
                ('left_stage', models.CharField(choices=[('idea', 'Idea'), ('charter', 'Charter'), ('current_state', 'Current state'), ('event_ready', 'Event ready'), ('event_held', 'Event held'), ('implementing', 'Implementing'), ('remeasured', 'Remeasured'), ('presented', 'Presented'), ('closed', 'Closed')], max_length=16)),
                ('left_since', models.DateField()),
                ('evidence', models.TextField(max_length=2000)),
                ('signed_at', models.DateTimeField()),
                ('file', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('program', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='residents.program')),
                ('project', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='prior_work', to='capstone.project')),
                ('signed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'prior work',
                'constraints': [models.CheckConstraint(condition=models.Q(('evidence', ''), _negated=True), name='prior_work_has_evidence')],
            },
        ),
    ]
