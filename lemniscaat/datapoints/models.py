"""One ledger for everything known about quality: hard and soft side by side."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lemniscaat.collection.models import PermittedUse, Round
from lemniscaat.people.models import Appointment, Body, Organisation, Partnership, Person
from lemniscaat.vision.models import Criterion, VisionPoint


class EvidenceKind(models.TextChoices):
    HARD = "hard", _("meetbaar")
    SOFT = "soft", _("merkbaar")


class SourceKind(models.TextChoices):
    ROUND = "round", _("ronde")
    NOTE = "note", _("geeltje")
    TICKET = "ticket", _("exitticket")
    REFLECTION = "reflection", _("reflectieverslag")
    OBSERVATION = "observation", _("observatie")
    REPORT = "report", _("gespreksverslag")
    PANEL = "panel", _("panelverslag")
    FIGURE = "figure", _("cijfer")
    TALK = "talk", _("gesprek")
    TEXT = "text", _("open antwoord")


class Circle(models.TextChoices):
    ME = "me", _("alleen ik")
    TEAM = "team", _("mijn team")
    SCHOOL = "school", _("mijn school")
    PARTNERSHIP = "partnership", _("het partnerschap")


class DataPoint(models.Model):
    """Something known about quality: whose perspective, from where, when, and what it may be used for."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    point = models.ForeignKey(VisionPoint, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    criterion = models.ForeignKey(
        Criterion, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    evidence = models.CharField(max_length=10, choices=EvidenceKind.choices)
    source = models.CharField(max_length=20, choices=SourceKind.choices)
    source_text = models.CharField(max_length=200, blank=True)
    perspective = models.CharField(max_length=30, blank=True)
    title = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    n = models.PositiveIntegerField(null=True, blank=True)
    happened_on = models.DateField()
    permitted_use = models.CharField(max_length=20, choices=PermittedUse.choices, default=PermittedUse.LEARN)
    circle = models.CharField(max_length=20, choices=Circle.choices, default=Circle.TEAM)
    author = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    round = models.ForeignKey(Round, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    item = models.SlugField(max_length=60, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    form_key = models.CharField(max_length=40, blank=True)
    # kept and counted in nothing: beside what is told it would be about fewer than five people
    kept_back = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-happened_on", "-id"]
        indexes: ClassVar = [models.Index(fields=["criterion", "evidence"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["form_key"], condition=~models.Q(form_key=""), name="data_point_once"
            )
        ]


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

    data_point = models.OneToOneField(DataPoint, on_delete=models.CASCADE, related_name="+")
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


class Way(models.TextChoices):
    ROUND = "round", _("ronde")
    TICKET = "ticket", _("exitticket")
    PANEL = "panel", _("panel")
    TALK = "talk", _("gesprek")
    FIGURES = "figures", _("cijfers inlezen")
    REPORT = "report", _("verslag")


class IntentState(models.TextChoices):
    PLANNED = "planned", _("gepland")
    DONE = "done", _("gedaan")
    DROPPED = "dropped", _("gaat niet door")


class Intent(models.Model):
    """What a layer means to collect in a school year: with what, from whom, discussed where, returned when.

    `year`: the year in which its school year starts. `origin`: the line that it was copied from, so that copying
    twice is once. `round`: the round that it became.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    way = models.CharField(max_length=20, choices=Way.choices)
    title = models.CharField(max_length=160)
    instrument = models.CharField(max_length=60, blank=True)
    roles = models.JSONField(default=list, blank=True)
    points = models.ManyToManyField(VisionPoint, blank=True, related_name="+")
    criteria = models.ManyToManyField(Criterion, blank=True, related_name="+")
    begins_on = models.DateField()
    ends_on = models.DateField()
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    appointment = models.ForeignKey(
        Appointment, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    return_by = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    owner = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    owner_role = models.CharField(max_length=30, blank=True)
    round = models.ForeignKey(Round, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    talk_url = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=20, choices=IntentState.choices, default=IntentState.PLANNED)
    dropped_because = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    copied_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    origin = models.CharField(max_length=60, blank=True)
    form_key = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering: ClassVar = ["begins_on", "id"]
        indexes: ClassVar = [models.Index(fields=["organisation", "year"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["form_key"], condition=~models.Q(form_key=""), name="intent_once"
            ),
            models.UniqueConstraint(
                fields=["organisation", "year", "origin"],
                condition=~models.Q(origin=""),
                name="intent_copied_once",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("begins_on")), name="intent_forward"
            ),
        ]

    def __str__(self) -> str:
        return self.title
