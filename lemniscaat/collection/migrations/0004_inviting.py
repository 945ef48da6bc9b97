import django.db.models.deletion
import lemniscaat.base.keys
import lemniscaat.collection.codes
import lemniscaat.collection.random_keys
from django.conf import settings
from django.db import migrations, models


def draw_wishes(apps, schema_editor):
    """A column that is added gives all rows one text; one wish among them would then stand out."""
    Invitation = apps.get_model("collection", "Invitation")
    rows = list(Invitation.objects.only("pk").order_by("pk"))
    for row in rows:
        row.wish = lemniscaat.collection.codes.drowned_token()
    Invitation.objects.bulk_update(rows, ["wish"], batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ('collection', '0003_hall'),
        ('people', '0003_mail_headers'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='invitation',
            name='wish',
            field=models.CharField(default=lemniscaat.collection.codes.drowned_token, max_length=64),
        ),
        migrations.RunPython(draw_wishes, migrations.RunPython.noop, elidable=True),
        migrations.AddField(
            model_name='round',
            name='letter',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name='round',
            name='reminded_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='round',
            name='reminders',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='round',
            name='whom',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.CreateModel(
            name='NoMail',
            fields=[
                ('id', lemniscaat.collection.random_keys.RandomKeyField(default=lemniscaat.base.keys.random_key, primary_key=True, serialize=False)),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.partnership')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('partnership', 'person'), name='no_mail_once')],
            },
        ),
    ]
