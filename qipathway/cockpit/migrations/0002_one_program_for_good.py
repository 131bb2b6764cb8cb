import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('cockpit', '0001_snooze'),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name='snooze',
            trigger=pgtrigger.compiler.Trigger(name='same_program', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    IF TG_OP = \'UPDATE\' AND NEW.program_id IS DISTINCT FROM OLD.program_id THEN\n        RAISE check_violation USING CONSTRAINT = \'snooze_stays_in_its_program\', TABLE = \'cockpit_snooze\', MESSAGE =\n            format(\'%s %s violates "snooze_stays_in_its_program" (%s)\', \'snooze\', NEW.id, NEW.program_id);\n    END IF;\n\n    IF NEW.resident_id IS NOT NULL AND NEW.program_id IS DISTINCT FROM\n        (SELECT parent.program_id FROM residents_resident parent WHERE parent.id = NEW.resident_id)\n    THEN\n        RAISE check_violation USING CONSTRAINT = \'snooze_is_of_the_program_of_its_resident\', TABLE = \'cockpit_snooze\', MESSAGE =\n            format(\'%s %s violates "snooze_is_of_the_program_of_its_resident" (%s)\', \'snooze\', NEW.id, NEW.resident_id);\n    END IF;\nRETURN NEW;', hash='9078b8009085fec3de576431d4b046ea6979f6b8', operation='INSERT OR UPDATE OF "program_id", "resident_id"', pgid='pgtrigger_same_program_e8ca5', table='cockpit_snooze', when='BEFORE')),
        ),
    ]
