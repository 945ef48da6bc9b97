"""The counters of 'Herken je je hierin?' are told in steps; the next answer tells what was given before."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("accountability", "0001_first")]
    operations: ClassVar = [
        migrations.AddField("recognition", "told", models.PositiveIntegerField(default=0)),
    ]
