"""An instrument as it was used: frozen at its first use, so that every figure knows its wording. And local copies."""

from typing import ClassVar

from django.db import models

from lemniscaat.people.models import Organisation, Partnership, Person


class InstrumentVersion(models.Model):
    """The words of an instrument as somebody was asked them. `root` is the key under which it is compared."""

    partnership = models.ForeignKey(
        Partnership, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    key = models.SlugField(max_length=60)
    root = models.SlugField(max_length=60, blank=True)
    version = models.PositiveIntegerField()
    definition = models.JSONField()
    frozen_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "key", "version"], name="instrument_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.version}"


class InstrumentCopy(models.Model):
    """An instrument that a layer copied to adapt, or got from another partnership. `base` is what it was copied
    from: what may not change, and with what it is compared."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    key = models.SlugField(max_length=60)
    definition = models.JSONField()
    base = models.JSONField()
    changed_on = models.DateField()
    changed_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["partnership", "key"], name="instrument_copy_once")
        ]

    def __str__(self) -> str:
        return self.key
