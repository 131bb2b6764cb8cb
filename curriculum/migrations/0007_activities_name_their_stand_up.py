import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('curriculum', '0006_states_are_known'),
        ('residents', '0011_states_are_known'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='activity',
            name='same_program',
        ),
        migrations.AddField(
            model_name='activity',
            name='stand_up',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='activities', to='curriculum.standup'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activity',
            trigger=pgtrigger.compiler.Trigger(name='same_program', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    IF TG_OP = \'UPDATE\' AND NEW.program_id IS DISTINCT FROM OLD.program_id THEN\n        RAISE check_violation USING CONSTRAINT = \'activity_stays_in_its_program\', TABLE = \'curriculum_activity\', MESSAGE =\n            format(\'%s %s violates "activity_stays_in_its_program" (%s)\', \'activity\', NEW.id, NEW.program_id);\n    END IF;\n\n    IF NEW.resident_id IS NOT NULL AND NEW.program_id IS DISTINCT FROM\n        (SELECT parent.program_id FROM residents_resident parent WHERE parent.id = NEW.resident_id)\n    THEN\n        RAISE check_violation USING CONSTRAINT = \'activity_is_of_the_program_of_its_resident\', TABLE = \'curriculum_activity\', MESSAGE =\n            format(\'%s %s violates "activity_is_of_the_program_of_its_resident" (%s)\', \'activity\', NEW.id, NEW.resident_id);\n    END IF;\n\n    IF NEW.leader_id IS NOT NULL AND NEW.program_id IS DISTINCT FROM\n        (SELECT parent.program_id FROM residents_leader parent WHERE parent.id = NEW.leader_id)\n    THEN\n        RAISE check_violation USING CONSTRAINT = \'activity_is_of_the_program_of_its_leader\', TABLE = \'curriculum_activity\', MESSAGE =\n            format(\'%s %s violates "activity_is_of_the_program_of_its_leader" (%s)\', \'activity\', NEW.id, NEW.leader_id);\n    END IF;\n\n    IF NEW.stand_up_id IS NOT NULL AND NEW.program_id IS DISTINCT FROM\n        (SELECT parent.program_id FROM curriculum_standup parent WHERE parent.id = NEW.stand_up_id)\n    THEN\n        RAISE check_violation USING CONSTRAINT = \'activity_is_of_the_program_of_its_stand_up\', TABLE = \'curriculum_activity\', MESSAGE =\n            format(\'%s %s violates "activity_is_of_the_program_of_its_stand_up" (%s)\', \'activity\', NEW.id, NEW.stand_up_id);\n    END IF;\nRETURN NEW;', hash='c184a5e821ee369a69364ced755c66f1a74511b1', operation='INSERT OR UPDATE OF "program_id", "resident_id", "leader_id", "stand_up_id"', pgid='pgtrigger_same_program_cc831', table='curriculum_activity', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('stand_up', None), ('kind', 'stand_up'), _connector='OR'), name='only_a_stand_up_was_announced_as_one'),
        ),
    ]
