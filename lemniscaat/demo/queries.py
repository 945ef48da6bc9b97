"""Reading the demo's letter box."""

from django.db.models import QuerySet

from lemniscaat.demo.models import Letter


def letters_kept(most: int = 60) -> QuerySet[Letter]:
    """The newest mails."""
    return Letter.objects.all()[:most]
