"""The demo's calendar and its letter box."""

from typing import ClassVar

from django.db import models


class Clock(models.Model):
    """How many days the demo runs ahead; one row."""

    days = models.IntegerField(default=0)


class Letter(models.Model):
    """A mail that the demo would have sent, kept to be read on a page; outside the demo there are none."""

    to = models.CharField(max_length=200)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    day = models.DateField()

    class Meta:
        ordering: ClassVar = ["-day", "-id"]
