"""The vision in the middle: periods, the image of the profession, vision points, criteria and lenses."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lemniscaat.people.models import Body, Organisation, Partnership, Person


class Period(models.Model):
    """A school year. Closing it carries its lessons to the next."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=40)
    starts_on = models.DateField()
    ends_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    lessons = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["starts_on"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "starts_on"], name="period_once"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("starts_on")), name="period_forward"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ProfileKind(models.TextChoices):
    PROFESSION = "profession", _("Beroepsbeeld lerende leraar")
    TRAINING = "training", _("Visie op samen opleiden")
    QUALITY = "quality", _("Visie op kwaliteit")


class Profile(models.Model):
    """A text that says what a layer stands for; a new version replaces, never overwrites."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=ProfileKind.choices)
    version = models.PositiveIntegerField(default=1)
    text = models.TextField()
    agreed_on = models.DateField(null=True, blank=True)
    agreed_by = models.CharField(max_length=200, blank=True)
    replaced_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "kind", "version"], name="profile_version_once")
        ]


class VisionPoint(models.Model):
    """One point of the vision, with WAT and HOE and what we see when it goes well."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=80)
    what = models.TextField()
    how = models.TextField()
    signs = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["order", "id"]

    def __str__(self) -> str:
        return self.title


class VisionPointVersion(models.Model):
    """How a vision point read before; kept at each change, with who and why."""

    point = models.ForeignKey(VisionPoint, on_delete=models.CASCADE, related_name="+")
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=80)
    what = models.TextField()
    how = models.TextField()
    signs = models.TextField(blank=True)
    because = models.TextField(blank=True)
    changed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    changed_on = models.DateField()

    class Meta:
        ordering: ClassVar = ["-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["point", "version"], name="vision_point_version_once")
        ]


class Agreeing(models.Model):
    """Who agreed to a version of a vision point, when, and with whom at the table."""

    point = models.ForeignKey(VisionPoint, on_delete=models.CASCADE, related_name="+")
    version = models.PositiveIntegerField()
    body = models.ForeignKey(Body, null=True, on_delete=models.SET_NULL, related_name="+")
    with_whom = models.CharField(max_length=200, blank=True)
    agreed_on = models.DateField()

    class Meta:
        ordering: ClassVar = ["-agreed_on", "-id"]


class Criterion(models.Model):
    """Onze lat: an own quality requirement, hung on a vision point."""

    point = models.ForeignKey(VisionPoint, on_delete=models.CASCADE, related_name="+")
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    sentence = models.TextField()
    good = models.CharField(max_length=300)
    good_enough = models.CharField(max_length=300)
    not_yet = models.CharField(max_length=300)
    measurable = models.CharField(max_length=300, blank=True)
    noticeable = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "criteria"
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.sentence


class Framework(models.Model):
    """A lens: a tree to look through, imported from a file."""

    key = models.SlugField(unique=True)
    name = models.CharField(max_length=160)
    source = models.CharField(max_length=200, blank=True)


class FrameworkNode(models.Model):
    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="+")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    key = models.SlugField()
    name = models.CharField(max_length=160)
    text = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["framework", "key"], name="framework_node_once")
        ]


class Mapping(models.Model):
    """A criterion seen through a lens, many to many."""

    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="+")
    node = models.ForeignKey(FrameworkNode, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["criterion", "node"], name="mapping_once")]


class IndividualView(models.Model):
    """The four questions on one vision point, alone and unseen; each answer is shared by choice."""

    point = models.ForeignKey(VisionPoint, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    meaning = models.TextField(blank=True)
    importance = models.TextField(blank=True)
    practice = models.TextField(blank=True)
    satisfied = models.TextField(blank=True)
    shared = models.JSONField(default=list)
    filled_on = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["point", "person"], name="individual_view_once")
        ]


class CollectiveView(models.Model):
    """The same four questions as 'us': one text, with the voice that differs; versions are kept."""

    point = models.ForeignKey(VisionPoint, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    version = models.PositiveIntegerField(default=1)
    meaning = models.TextField(blank=True)
    importance = models.TextField(blank=True)
    practice = models.TextField(blank=True)
    satisfied = models.TextField(blank=True)
    dissent = models.TextField(blank=True)
    written_on = models.DateField()
    written_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering: ClassVar = ["-version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["point", "organisation", "version"], name="collective_view_once")
        ]
