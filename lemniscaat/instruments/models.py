"""An instrument as it was used: frozen at its first use, so that every figure knows its wording."""

from typing import ClassVar

from django.db import models

from lemniscaat.people.models import Partnership


class InstrumentVersion(models.Model):
    partnership = models.ForeignKey(
        Partnership, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    key = models.SlugField(max_length=60)
    version = models.PositiveIntegerField()
    definition = models.JSONField()
    frozen_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "key", "version"], name="instrument_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.version}"
