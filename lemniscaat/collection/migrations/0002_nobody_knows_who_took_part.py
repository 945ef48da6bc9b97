"""An invitation no longer says in plain words that a sheet came in by it."""

from typing import Any, ClassVar

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from lemniscaat.collection.codes import personal_token, used_token


def seal(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Of rounds that run: what was a yes becomes the token of a used link."""
    rows = apps.get_model("collection", "Invitation").objects.filter(answered=True)
    for row in rows:
        row.token = used_token(personal_token(row.pk))
        row.save(update_fields=["token"])


class Migration(migrations.Migration):
    dependencies: ClassVar = [("collection", "0001_first")]
    operations: ClassVar = [
        migrations.RunPython(seal, migrations.RunPython.noop, elidable=True),
        migrations.RemoveField("invitation", "answered"),
    ]
