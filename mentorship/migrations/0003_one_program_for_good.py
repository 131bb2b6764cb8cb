import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('mentorship', '0002_commitments_are_never_dropped'),
        ('residents', '0010_one_program_for_good'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name='checkin',
            trigger=pgtrigger.compiler.Trigger(name='same_program', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    IF TG_OP = \'UPDATE\' AND NEW.program_id IS DISTINCT FROM OLD.program_id THEN\n        RAISE check_violation USING CONSTRAINT = \'checkin_stays_in_its_program\', TABLE = \'mentorship_checkin\', MESSAGE =\n            format(\'%s %s violates "checkin_stays_in_its_program" (%s)\', \'check in\', NEW.id, NEW.program_id);\n    END IF;\n\n    IF NEW.resident_id IS NOT NULL AND NEW.program_id IS DISTINCT FROM\n        (SELECT parent.program_id FROM residents_resident parent WHERE parent.id = NEW.resident_id)\n    THEN\n        RAISE check_violation USING CONSTRAINT = \'checkin_is_of_the_program_of_its_resident\', TABLE = \'mentorship_checkin\', MESSAGE =\n            format(\'%s %s violates "checkin_is_of_the_program_of_its_resident" (%s)\', \'check in\', NEW.id, NEW.resident_id);\n    END IF;\nRETURN NEW;', hash='1dc9f9f91f13e6f303d8cc3fa2b019aaeb5a9eb5', operation='INSERT OR UPDATE OF "program_id", "resident_id"', pgid='pgtrigger_same_program_426ea', table='mentorship_checkin', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='coachnote',
            trigger=pgtrigger.compiler.Trigger(name='same_program', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    IF TG_OP = \'UPDATE\' AND NEW.program_id IS DISTINCT FROM OLD.program_id THEN\n        RAISE check_violation USING CONSTRAINT = \'coachnote_stays_in_its_program\', TABLE = \'mentorship_coachnote\', MESSAGE =\n            format(\'%s %s violates "coachnote_stays_in_its_program" (%s)\', \'coach note\', NEW.id, NEW.program_id);\n    END IF;\n\n    IF NEW.check_in_id IS NOT NULL AND NEW.program_id IS DISTINCT FROM\n        (SELECT parent.program_id FROM mentorship_checkin parent WHERE parent.id = NEW.check_in_id)\n    THEN\n        RAISE check_violation USING CONSTRAINT = \'coachnote_is_of_the_program_of_its_check_in\', TABLE = \'mentorship_coachnote\', MESSAGE =\n            format(\'%s %s violates "coachnote_is_of_the_program_of_its_check_in" (%s)\', \'coach note\', NEW.id, NEW.check_in_id);\n    END IF;\nRETURN NEW;', hash='51dff0b9e757c87b555df8f8efad57dc796ae376', operation='INSERT OR UPDATE OF "program_id", "check_in_id"', pgid='pgtrigger_same_program_d13bf', table='mentorship_coachnote', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='commitment',
            trigger=pgtrigger.compiler.Trigger(name='same_program', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    IF TG_OP = \'UPDATE\' AND NEW.program_id IS DISTINCT FROM OLD.program_id THEN\n        RAISE check_violation USING CONSTRAINT = \'commitment_stays_in_its_program\', TABLE = \'mentorship_commitment\', MESSAGE =\n            format(\'%s %s violates "commitment_stays_in_its_program" (%s)\', \'commitment\', NEW.id, NEW.program_id);\n    END IF;\n\n    IF NEW.resident_id IS NOT NULL AND NEW.program_id IS DISTINCT FROM\n        (SELECT parent.program_id FROM residents_resident parent WHERE parent.id = NEW.resident_id)\n    THEN\n        RAISE check_violation USING CONSTRAINT = \'commitment_is_of_the_program_of_its_resident\', TABLE = \'mentorship_commitment\', MESSAGE =\n            format(\'%s %s violates "commitment_is_of_the_program_of_its_resident" (%s)\', \'commitment\', NEW.id, NEW.resident_id);\n    END IF;\n\n    IF NEW.made_in_id IS NOT NULL AND NEW.program_id IS DISTINCT FROM\n        (SELECT parent.program_id FROM mentorship_checkin parent WHERE parent.id = NEW.made_in_id)\n    THEN\n        RAISE check_violation USING CONSTRAINT = \'commitment_is_of_the_program_of_its_made_in\', TABLE = \'mentorship_commitment\', MESSAGE =\n            format(\'%s %s violates "commitment_is_of_the_program_of_its_made_in" (%s)\', \'commitment\', NEW.id, NEW.made_in_id);\n    END IF;\nRETURN NEW;', hash='46e327e5508ba566b3160f6df8cd37e1bc19f90f', operation='INSERT OR UPDATE OF "program_id", "resident_id", "made_in_id"', pgid='pgtrigger_same_program_5f32c', table='mentorship_commitment', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='update',
            trigger=pgtrigger.compiler.Trigger(name='same_program', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    IF TG_OP = \'UPDATE\' AND NEW.program_id IS DISTINCT FROM OLD.program_id THEN\n        RAISE check_violation USING CONSTRAINT = \'update_stays_in_its_program\', TABLE = \'mentorship_update\', MESSAGE =\n            format(\'%s %s violates "update_stays_in_its_program" (%s)\', \'update\', NEW.id, NEW.program_id);\n    END IF;\n\n    IF NEW.resident_id IS NOT NULL AND NEW.program_id IS DISTINCT FROM\n        (SELECT parent.program_id FROM residents_resident parent WHERE parent.id = NEW.resident_id)\n    THEN\n        RAISE check_violation USING CONSTRAINT = \'update_is_of_the_program_of_its_resident\', TABLE = \'mentorship_update\', MESSAGE =\n            format(\'%s %s violates "update_is_of_the_program_of_its_resident" (%s)\', \'update\', NEW.id, NEW.resident_id);\n    END IF;\n\n    IF NEW.answered_in_id IS NOT NULL AND NEW.program_id IS DISTINCT FROM\n        (SELECT parent.program_id FROM mentorship_checkin parent WHERE parent.id = NEW.answered_in_id)\n    THEN\n        RAISE check_violation USING CONSTRAINT = \'update_is_of_the_program_of_its_answered_in\', TABLE = \'mentorship_update\', MESSAGE =\n            format(\'%s %s violates "update_is_of_the_program_of_its_answered_in" (%s)\', \'update\', NEW.id, NEW.answered_in_id);\n    END IF;\nRETURN NEW;', hash='d0b52ce882904da8c7a05bef25eedaffdf824c01', operation='INSERT OR UPDATE OF "program_id", "resident_id", "answered_in_id"', pgid='pgtrigger_same_program_3d86d', table='mentorship_update', when='BEFORE')),
        ),
    ]
