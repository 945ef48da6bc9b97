from django.db import migrations, models


def given_up(apps, schema_editor):
    """What was tried three times has no text any more: it must not be taken for mail that still waits."""
    mails = apps.get_model("people", "OutgoingMail").objects.filter(sent_on__isnull=True, failures__gte=3)
    mails.update(failures=8)


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_mail_headers'),
    ]

    operations = [
        migrations.AddField(
            model_name='outgoingmail',
            name='about',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name='outgoingmail',
            name='next_try',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunPython(given_up, migrations.RunPython.noop),
    ]
