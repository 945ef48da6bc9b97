"""One list: stems to search by, reports with headings, what was discussed, and asking for a wider use."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from lemniscaat.datapoints.words import stems, told


def index(apps, _editor):
    """What stands in the ledger already can be found too."""
    point, words = (apps.get_model("datapoints", name) for name in ("DataPoint", "Words"))
    rows = point.objects.filter(withdrawn_on__isnull=True).iterator(chunk_size=500)
    made = (words(data_point=row, stems=told(stems(row.title, row.text, row.source_text))) for row in rows)
    words.objects.bulk_create(made, batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ('collection', '0003_hall'),
        ('datapoints', '0003_figure_imports'),
        ('people', '0002_calendars'),
        ('vision', '0001_first'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='UseRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('wanted', models.CharField(choices=[('learn', 'om van te leren'), ('pool', 'om van te leren en om jaren samen te nemen'), ('decide', 'om op te beslissen')], max_length=20)),
                ('why', models.CharField(max_length=400)),
                ('asked_on', models.DateField()),
                ('answer', models.CharField(choices=[('open', 'nog niet beantwoord'), ('yes', 'ja'), ('no', 'nee')], default='open', max_length=10)),
                ('answered_on', models.DateField(blank=True, null=True)),
            ],
            options={
                'ordering': ['-asked_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Words',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stems', models.TextField()),
            ],
        ),
        migrations.AddField(
            model_name='datapoint',
            name='decided_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='datapoint',
            name='discussed_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name='Passage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=40)),
                ('text', models.TextField()),
                ('order', models.PositiveSmallIntegerField(default=0)),
                ('data_point', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='datapoints.datapoint')),
            ],
            options={
                'ordering': ['order', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Report',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('template', models.SlugField(max_length=40)),
                ('title', models.CharField(max_length=200)),
                ('present', models.JSONField(default=list)),
                ('people', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('schools', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('because', models.TextField(blank=True)),
                ('read_back', models.BooleanField(default=False)),
                ('written_on', models.DateField()),
                ('version', models.PositiveIntegerField(default=1)),
                ('form_key', models.CharField(blank=True, max_length=40)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.organisation')),
                ('partnership', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.partnership')),
                ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddField(
            model_name='datapoint',
            name='report',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='datapoints.report'),
        ),
        migrations.AddIndex(
            model_name='datapoint',
            index=models.Index(fields=['partnership', 'organisation', 'happened_on'], name='datapoints__partner_726a80_idx'),
        ),
        migrations.AddField(
            model_name='userequest',
            name='asked_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='userequest',
            name='data_point',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='datapoints.datapoint'),
        ),
        migrations.AddField(
            model_name='words',
            name='data_point',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='datapoints.datapoint'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.UniqueConstraint(condition=models.Q(('form_key', ''), _negated=True), fields=('form_key',), name='report_once'),
        ),
        migrations.AddConstraint(
            model_name='userequest',
            constraint=models.UniqueConstraint(condition=models.Q(('answer', 'open')), fields=('data_point',), name='use_request_open_once'),
        ),
        migrations.RunPython(index, migrations.RunPython.noop),
    ]
