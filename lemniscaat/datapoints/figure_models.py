"""Hard figures: what is counted and how, its values, and the files they came in by."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lemniscaat.people.models import Organisation, Partnership, Person


class IndicatorKind(models.TextChoices):
    SHARE = "share", _("deel van een geheel")
    COUNT = "count", _("aantal")
    NUMBER = "number", _("getal")
    YES_NO = "yes_no", _("ja of nee")
    SPREAD = "spread", _("antwoorden")


class About(models.TextChoices):
    PEOPLE = "people", _("mensen tellen")
    ANSWERS = "answers", _("antwoorden die mensen gaven")
    THINGS = "things", _("dingen, uren of geld")


class Indicator(models.Model):
    """A hard figure with a definition, a source and somebody who keeps it."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=160)
    definition = models.TextField()
    unit = models.CharField(max_length=40)
    source = models.CharField(max_length=160)
    owner = models.CharField(max_length=160)
    kind = models.CharField(max_length=10, choices=IndicatorKind.choices, default=IndicatorKind.SHARE)
    about = models.CharField(max_length=10, choices=About.choices, default=About.PEOPLE)
    version = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(
        "FigureImport", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )


class FormerDefinition(models.Model):
    """What an indicator meant before: where the line through the years breaks."""

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="+")
    version = models.PositiveIntegerField()
    definition = models.TextField()
    unit = models.CharField(max_length=40)
    replaced_by = models.ForeignKey("FigureImport", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["indicator", "version"], name="former_definition_once")
        ]


class Figure(models.Model):
    """The value of an indicator for an organisation and a period, and under which definition it was counted."""

    data_point = models.OneToOneField("datapoints.DataPoint", on_delete=models.CASCADE, related_name="+")
    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="+")
    part = models.PositiveIntegerField()
    whole = models.PositiveIntegerField(null=True, blank=True)
    before_part = models.PositiveIntegerField(null=True, blank=True)
    before_whole = models.PositiveIntegerField(null=True, blank=True)
    number = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    counts = models.JSONField(default=list, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)


class FigureImport(models.Model):
    """A file of figures that was taken in, and can be undone as a whole."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=200)
    imported_on = models.DateField()
    added = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    same = models.PositiveIntegerField(default=0)
    form_key = models.CharField(max_length=40, unique=True)
    undone_on = models.DateField(null=True, blank=True)
    undone_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")


class FigureChange(models.Model):
    """What one import said of one figure: what stood there and what it put there. The newest not undone holds."""

    figure_import = models.ForeignKey(FigureImport, on_delete=models.CASCADE, related_name="+")
    indicator = models.ForeignKey(Indicator, null=True, on_delete=models.SET_NULL, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField()
    line = models.PositiveIntegerField()
    before = models.JSONField(null=True)
    after = models.JSONField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["indicator", "organisation", "starts_on"])]


class FigureReading(models.Model):
    """How a file with these headings was read last time."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    fingerprint = models.CharField(max_length=64)
    choice = models.JSONField()
    used_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "fingerprint"], name="figure_reading_once")
        ]
