from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_calendars'),
    ]

    operations = [
        migrations.AddField(
            model_name='outgoingmail',
            name='reply_to',
            field=models.EmailField(blank=True, max_length=254),
        ),
        migrations.AddField(
            model_name='outgoingmail',
            name='sender',
            field=models.CharField(blank=True, max_length=160),
        ),
        migrations.AddField(
            model_name='outgoingmail',
            name='stop_url',
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name='person',
            name='bounced',
            field=models.EmailField(blank=True, max_length=254),
        ),
    ]
