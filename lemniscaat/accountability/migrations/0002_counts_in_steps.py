"""The counters of 'Herken je je hierin?' are told in steps."""

from typing import Any, ClassVar

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F


def as_shown(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What was shown so far stays shown."""
    apps.get_model("accountability", "Recognition").objects.update(told=F("people"))


class Migration(migrations.Migration):
    dependencies: ClassVar = [("accountability", "0001_first")]
    operations: ClassVar = [
        migrations.AddField("recognition", "told", models.PositiveIntegerField(default=0)),
        migrations.RunPython(as_shown, migrations.RunPython.noop, elidable=True),
    ]
