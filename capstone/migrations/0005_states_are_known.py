from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('capstone', '0004_one_program_for_good'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='priorwork',
            constraint=models.CheckConstraint(condition=models.Q(('left_stage__in', ['idea', 'charter', 'current_state', 'event_ready', 'event_held', 'implementing', 'remeasured', 'presented', 'closed']), ('stage__in', ['idea', 'charter', 'current_state', 'event_ready', 'event_held', 'implementing', 'remeasured', 'presented', 'closed'])), name='stages_of_prior_work_are_known'),
        ),
        migrations.AddConstraint(
            model_name='project',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['idea', 'charter', 'current_state', 'event_ready', 'event_held', 'implementing', 'remeasured', 'presented', 'closed'])), name='project_state_is_known'),
        ),
        migrations.AddConstraint(
            model_name='stageentry',
            constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['idea', 'charter', 'current_state', 'event_ready', 'event_held', 'implementing', 'remeasured', 'presented', 'closed'])), name='stage_of_an_entry_is_known'),
        ),
    ]
