"""What forms of the ledger ask alike."""

from django.utils.translation import gettext_lazy as _

from lemniscaat.people.models import Role

NAMES = _("Geen namen van leerlingen of collega's.")
VOICES = [
    (role.value, role.label)
    for role in (
        Role.STUDENT,
        Role.STARTER,
        Role.MENTOR,
        Role.SCHOOL_EDUCATOR,
        Role.INSTITUTE_EDUCATOR,
        Role.SCHOOL_LEADER,
    )
]
