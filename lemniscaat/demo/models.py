"""The demo's calendar."""

from django.db import models


class Clock(models.Model):
    """How many days the demo runs ahead; one row."""

    days = models.IntegerField(default=0)
