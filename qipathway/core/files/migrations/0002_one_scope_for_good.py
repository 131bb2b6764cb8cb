import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('files', '0001_stored_files'),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name='storedfile',
            trigger=pgtrigger.compiler.Trigger(name='same_scope_id', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    IF TG_OP = \'UPDATE\' AND NEW.scope_id IS DISTINCT FROM OLD.scope_id THEN\n        RAISE check_violation USING CONSTRAINT = \'storedfile_stays_in_its_scope_id\', TABLE = \'files_storedfile\', MESSAGE =\n            format(\'%s %s violates "storedfile_stays_in_its_scope_id" (%s)\', \'stored file\', NEW.id, NEW.scope_id);\n    END IF;\nRETURN NEW;', hash='ff368a743289d90e342f870761dee2125ab7c9df', operation='INSERT OR UPDATE OF "scope_id"', pgid='pgtrigger_same_scope_id_0cb85', table='files_storedfile', when='BEFORE')),
        ),
    ]
