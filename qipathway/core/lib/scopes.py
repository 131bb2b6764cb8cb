"""Whose a row is: a scope that is copied from a parent, and the database that compares the two."""

from typing import Any

import pgtrigger
from django.db import models

MOVED = """
    IF TG_OP = 'UPDATE' AND NEW.{own} IS DISTINCT FROM OLD.{own} THEN
        RAISE check_violation USING CONSTRAINT = '{name}', TABLE = '{table}', MESSAGE =
            format('%s %s violates "{name}" (%s)', '{model}', NEW.{key}, NEW.{own});
    END IF;
"""
STRAYED = """
    IF NEW.{parent} IS NOT NULL AND NEW.{own} IS DISTINCT FROM
        (SELECT parent.{theirs} FROM {parents} parent WHERE parent.{their_key} = NEW.{parent})
    THEN
        RAISE check_violation USING CONSTRAINT = '{name}', TABLE = '{table}', MESSAGE =
            format('%s %s violates "{name}" (%s)', '{model}', NEW.{key}, NEW.{parent});
    END IF;
"""


class SameScope(pgtrigger.Trigger):
    """A row is of one scope for good, and that scope is the one of every parent it points to.

    A row repeats its parent's scope so that a question about the scope needs no join; what
    ``visible_to`` hides then rests on the copy. ``scope`` names the column of the row, which is
    that of its parents too; a parent that calls it otherwise is given by keyword:
    ``SameScope("order", scope="shop", picture="owner_id")``. Because no parent can change its
    scope, looking at a row when its own keys are written is enough. A write that strays is refused
    with an ``IntegrityError`` that names the promise, as a check constraint would.
    """

    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update

    def __init__(self, *parents: str, scope: str, **named: str) -> None:
        self.scope = scope
        self.parents = dict.fromkeys(parents, scope) | named
        super().__init__(name=f"same_{scope}")

    def compile(self, model: models.Model) -> Any:
        """Fire only where a key is written: which columns these are is known of a model alone."""
        columns = [_column(model, name) for name in (self.scope, *self.parents)]
        update_of: Any = pgtrigger.UpdateOf
        self.operation = pgtrigger.Insert | update_of(*columns)
        return super().compile(model)

    def get_func(self, model: models.Model) -> str:
        """Return the checks: first of the row's own scope, then of each parent in turn."""
        meta = model._meta
        row = {
            "own": _column(model, self.scope),
            "key": _column(model, "pk"),
            "table": meta.db_table,
            "model": meta.verbose_name,
            "scope": self.scope,
        }
        moved = MOVED.format(name=f"{meta.model_name}_stays_in_its_{self.scope}", **row)
        checks = [STRAYED.format(**row, **self._parent(model, name)) for name in self.parents]
        return "".join([moved, *checks, "RETURN NEW;"])

    def _parent(self, model: models.Model, name: str) -> dict[str, str]:
        """Return what the check of one parent says in SQL."""
        field: Any = model._meta.get_field(name)
        parent: type[models.Model] = field.related_model
        return {
            "name": f"{model._meta.model_name}_is_of_the_{self.scope}_of_its_{name}",
            "parent": field.column,
            "parents": parent._meta.db_table,
            "their_key": _column(parent, "pk"),
            "theirs": _column(parent, self.parents[name]),
        }


def _column(model: models.Model | type[models.Model], name: str) -> str:
    """Return the column of a field, or of the primary key for ``pk``."""
    field: Any = model._meta.pk if name == "pk" else model._meta.get_field(name)
    return str(field.column)
