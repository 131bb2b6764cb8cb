import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('residents', '0013_leave'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='rosterconsent',
            name='same_program',
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='rosterconsent',
            trigger=pgtrigger.compiler.Trigger(name='same_program', sql=pgtrigger.compiler.UpsertTriggerSql(func='\n    IF TG_OP = \'UPDATE\' AND NEW.program_id IS DISTINCT FROM OLD.program_id THEN\n        RAISE check_violation USING CONSTRAINT = \'rosterconsent_stays_in_its_program\', TABLE = \'residents_rosterconsent\', MESSAGE =\n            format(\'%s %s violates "rosterconsent_stays_in_its_program" (%s)\', \'roster consent\', NEW.id, NEW.program_id);\n    END IF;\n\n    IF NEW.resident_id IS NOT NULL AND NEW.program_id IS DISTINCT FROM\n        (SELECT parent.program_id FROM residents_resident parent WHERE parent.id = NEW.resident_id)\n    THEN\n        RAISE check_violation USING CONSTRAINT = \'rosterconsent_is_of_the_program_of_its_resident\', TABLE = \'residents_rosterconsent\', MESSAGE =\n            format(\'%s %s violates "rosterconsent_is_of_the_program_of_its_resident" (%s)\', \'roster consent\', NEW.id, NEW.resident_id);\n    END IF;\n\n    IF NEW.photo_id IS NOT NULL AND NEW.program_id IS DISTINCT FROM\n        (SELECT parent.scope_id FROM files_storedfile parent WHERE parent.id = NEW.photo_id)\n    THEN\n        RAISE check_violation USING CONSTRAINT = \'rosterconsent_is_of_the_program_of_its_photo\', TABLE = \'residents_rosterconsent\', MESSAGE =\n            format(\'%s %s violates "rosterconsent_is_of_the_program_of_its_photo" (%s)\', \'roster consent\', NEW.id, NEW.photo_id);\n    END IF;\nRETURN NEW;', hash='3238895afd6802990eaea23a7bd206855208d122', operation='INSERT OR UPDATE OF "program_id", "resident_id", "photo_id"', pgid='pgtrigger_same_program_27c19', table='residents_rosterconsent', when='BEFORE')),
        ),
    ]
