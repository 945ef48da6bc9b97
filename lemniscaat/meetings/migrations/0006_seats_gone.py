import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0005_seats_to_chairs")]
    operations = [
        migrations.DeleteModel(name="Contribution"),
        migrations.DeleteModel(name="Seat"),
        migrations.RemoveField(model_name="meeting", name="open_table"),
        migrations.RemoveField(model_name="meeting", name="revealed"),
        migrations.AlterField(
            model_name="meeting",
            name="table",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="meetings.table"
            ),
        ),
    ]
