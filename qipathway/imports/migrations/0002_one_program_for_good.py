import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('imports', '0001_uploads_and_imports'),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name='columnmap',
            trigger=pgtrigger.compiler.Trigger(name='same_program', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    IF TG_OP = \'UPDATE\' AND NEW.program_id IS DISTINCT FROM OLD.program_id THEN\n        RAISE check_violation USING CONSTRAINT = \'columnmap_stays_in_its_program\', TABLE = \'imports_columnmap\', MESSAGE =\n            format(\'%s %s violates "columnmap_stays_in_its_program" (%s)\', \'column map\', NEW.id, NEW.program_id);\n    END IF;\nRETURN NEW;', hash='c2c863de38f20a13b1dd5f5da265f5966e6f19de', operation='INSERT OR UPDATE OF "program_id"', pgid='pgtrigger_same_program_7f430', table='imports_columnmap', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='import',
            trigger=pgtrigger.compiler.Trigger(name='same_program', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    IF TG_OP = \'UPDATE\' AND NEW.program_id IS DISTINCT FROM OLD.program_id THEN\n        RAISE check_violation USING CONSTRAINT = \'import_stays_in_its_program\', TABLE = \'imports_import\', MESSAGE =\n            format(\'%s %s violates "import_stays_in_its_program" (%s)\', \'import\', NEW.id, NEW.program_id);\n    END IF;\nRETURN NEW;', hash='8fb5de37b238f7c70c9a51b9d776afdd4e25478f', operation='INSERT OR UPDATE OF "program_id"', pgid='pgtrigger_same_program_21693', table='imports_import', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='upload',
            trigger=pgtrigger.compiler.Trigger(name='same_program', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    IF TG_OP = \'UPDATE\' AND NEW.program_id IS DISTINCT FROM OLD.program_id THEN\n        RAISE check_violation USING CONSTRAINT = \'upload_stays_in_its_program\', TABLE = \'imports_upload\', MESSAGE =\n            format(\'%s %s violates "upload_stays_in_its_program" (%s)\', \'upload\', NEW.id, NEW.program_id);\n    END IF;\nRETURN NEW;', hash='d4f0bd85205843ef5ffbb62c36a1d5a8eefda342', operation='INSERT OR UPDATE OF "program_id"', pgid='pgtrigger_same_program_371bc', table='imports_upload', when='BEFORE')),
        ),
    ]
