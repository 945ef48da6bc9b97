"""What tests told before each was kept: the one that stands is the first of the history."""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def keep(apps, schema_editor):
    Assumption = apps.get_model("interpretation", "Assumption")
    Criterion = apps.get_model("vision", "Criterion")
    AssumptionTest = apps.get_model("interpretation", "AssumptionTest")
    AssumptionTest.objects.bulk_create(
        AssumptionTest(
            assumption=row, verdict=row.verdict, text=row.verdict_text, judged_on=row.tested_on
        )
        for row in Assumption.objects.filter(tested_on__isnull=False).exclude(verdict="open")
    )
    points = Criterion.objects.filter(pk=OuterRef("criterion_id")).values("point_id")[:1]
    hung = Assumption.objects.filter(criterion__isnull=False, point__isnull=True)
    hung.update(point=Subquery(points))


class Migration(migrations.Migration):

    dependencies = [("interpretation", "0002_assumptions_register")]

    operations = [migrations.RunPython(keep, migrations.RunPython.noop, elidable=True)]
