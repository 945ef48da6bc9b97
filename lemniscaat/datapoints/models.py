"""One ledger for everything known about quality: hard and soft side by side."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lemniscaat.collection.models import FreeText, PermittedUse, Round
from lemniscaat.datapoints.figure_models import (
    About,
    Figure,
    FigureChange,
    FigureImport,
    FigureReading,
    FormerDefinition,
    Indicator,
    IndicatorKind,
)
from lemniscaat.datapoints.report_models import (
    Attachment,
    AttachmentKind,
    Passage,
    Report,
    UseAnswer,
    UseRequest,
    Words,
)
from lemniscaat.people.models import Organisation, Partnership, Person
from lemniscaat.vision.models import Criterion, VisionPoint

# these stand in files of their own; Django and other rooms find them here
__all__ = [
    "About",
    "Attachment",
    "AttachmentKind",
    "Circle",
    "DataPoint",
    "EvidenceKind",
    "Figure",
    "FigureChange",
    "FigureImport",
    "FigureReading",
    "FormerDefinition",
    "Indicator",
    "IndicatorKind",
    "Passage",
    "Report",
    "SourceKind",
    "UseAnswer",
    "UseRequest",
    "Words",
]


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
    free_text = models.OneToOneField(
        FreeText, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    """The open answer of which `text` is a copy; seen only while that answer is released in these very words."""
    talk = models.PositiveBigIntegerField(null=True, blank=True, unique=True)
    """The number of the talk whose record this points to; said by the room of the talks, which stands upstairs."""
    withdrawn_on = models.DateField(null=True, blank=True)
    form_key = models.CharField(max_length=40, blank=True)
    # kept and counted in nothing: beside what is told it would be about fewer than five people
    kept_back = models.BooleanField(default=False)
    report = models.ForeignKey(
        "datapoints.Report", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    discussed_on = models.DateField(null=True, blank=True)
    """The first day on which a meaning rested on it; said by whoever wrote that meaning."""
    decided_on = models.DateField(null=True, blank=True)
    """The first day on which a decision rested on it: from then on its permitted use no longer narrows."""

    class Meta:
        ordering: ClassVar = ["-happened_on", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["criterion", "evidence"]),
            models.Index(fields=["partnership", "organisation", "happened_on"]),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["form_key"], condition=~models.Q(form_key=""), name="data_point_once"
            )
        ]

    @property
    def asked_in(self) -> Round | None:
        """The round whose outcome it stands for, or in which this answer was given."""
        return self.free_text.block.release.round if self.free_text else self.round
