"""What a team tried and would do again, for others who ask the same; with thanks and questions, and nothing to count."""

from typing import ClassVar

from django.db import models

from lemniscaat.agenda.models import Agreement, Goal
from lemniscaat.people.models import Organisation, Partnership, Person
from lemniscaat.vision.models import Criterion, VisionPoint


class Example(models.Model):
    """Een voorbeeld: what a layer tried, what happened, what it would do again and what not.

    A draft until `shared_on`, and again once it was taken back; `taken_back_on` tells its layer when. `element`: a key
    of instruments.wording.ELEMENTS; `instrument`: a key in the cabinet. `signed_by`: who put his own name under it.
    `stems`: its own words as they are looked for (datapoints.words).
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=160)
    question = models.CharField(max_length=200, blank=True)
    tried = models.TextField()
    happened = models.TextField()
    again = models.TextField()
    not_again = models.TextField(blank=True)
    point = models.ForeignKey(VisionPoint, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    criterion = models.ForeignKey(
        Criterion, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    element = models.CharField(max_length=20, blank=True)
    instrument = models.SlugField(max_length=60, blank=True)
    goal = models.ForeignKey(Goal, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    agreement = models.ForeignKey(
        Agreement, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    signed_by = models.ManyToManyField(Person, related_name="+", blank=True)
    written_on = models.DateField()
    shared_on = models.DateField(null=True, blank=True)
    shared_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    taken_back_on = models.DateField(null=True, blank=True)
    stems = models.TextField(blank=True)
    form_key = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["-shared_on", "-id"]
        indexes: ClassVar = [models.Index(fields=["partnership", "shared_on"], name="example_shared")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["form_key"], condition=~models.Q(form_key=""), name="example_form_once"
            ),
            models.CheckConstraint(
                condition=models.Q(shared_on__isnull=True) | models.Q(taken_back_on__isnull=True),
                name="example_shared_or_taken_back",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Thank(models.Model):
    """Bedankt: one sentence to the writers, from a layer (`organisation`) or from a person. Never counted."""

    example = models.ForeignKey(Example, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.CharField(max_length=200)
    thanked_on = models.DateField()

    class Meta:
        ordering: ClassVar = ["thanked_on", "id"]


class Question(models.Model):
    """A question about an example: `open` to all who read it, or for its writers. Answered once."""

    example = models.ForeignKey(Example, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.CharField(max_length=300)
    open = models.BooleanField(default=True)
    asked_on = models.DateField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["asked_on", "id"]
