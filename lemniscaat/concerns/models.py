"""Who to go to when something is the matter. Names and a call-me-back request; no case handling."""

from typing import ClassVar

from django.db import models

from lemniscaat.base.keys import random_key
from lemniscaat.people.models import Organisation, Partnership, Person


class Contact(models.Model):
    """Somebody to turn to at an organisation; at least one never assesses anybody.

    The key is random: somebody without an account opens a page by it, and cannot walk along all names.
    """

    id = models.BigIntegerField(primary_key=True, default=random_key)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=120)
    task = models.CharField(max_length=120)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    assesses = models.BooleanField(default=False)
    deputy_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    order = models.PositiveSmallIntegerField(default=0)
    confirmed_on = models.DateField(null=True, blank=True)
    """When somebody who keeps the names last said that this one still holds."""

    class Meta:
        ordering: ClassVar = ["order", "id"]

    def __str__(self) -> str:
        return self.name


class CallRequest(models.Model):
    """'Bel mij': a name and a number, no story. A deputy sees it when it is not picked up in time."""

    id = models.BigIntegerField(primary_key=True, default=random_key)
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=30)
    moment = models.CharField(max_length=120, blank=True)
    asked_at = models.DateTimeField()
    deputy_sees_from = models.DateTimeField()
    deputy_told = models.BooleanField(default=False)
    picked_up_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    picked_up_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["contact", "phone"],
                condition=models.Q(picked_up_at__isnull=True),
                name="call_waits_once",
            )
        ]

    def __str__(self) -> str:
        return self.name
