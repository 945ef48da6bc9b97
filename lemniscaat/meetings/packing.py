"""What lies on the table of one meeting of a body: at most three of the things that were shared with it, the question it
answers, and what it gave since last time in four ways. Chosen in a few taps beforehand, and kept.

A share is read through the queries of sharing alone: what was taken back lies on no table.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import Http404
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lemniscaat.base.writing import writing
from lemniscaat.meetings.models import MeetingPack
from lemniscaat.meetings.rhythm import may_open
from lemniscaat.people import queries as people
from lemniscaat.people.access import Access
from lemniscaat.people.models import Appointment, OrganisationKind, Share
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.trail import note_change

MOST = 3
"""More than three is a pile, and a pile is not talked about."""
LOOKED_THROUGH = 60
WIDE = (OrganisationKind.PARTNERSHIP, OrganisationKind.BOARD, OrganisationKind.INSTITUTE)
"""The layers with which others share, and whose meetings have such a table."""
IMPULSES: Mapping[str, tuple[Promise, Promise]] = {
    "knowledge": (_("Kennis"), _("We gebruiken een kader, cijfers of onderzoek bij een keuze.")),
    "examples": (_("Voorbeelden"), _("We laten anderen zien wat ergens lukt.")),
    "network": (_("Netwerk"), _("We brengen mensen bij elkaar die elkaar nodig hebben.")),
    "modelling": (_("Voordoen"), _("We voeren zelf het gesprek dat we van anderen vragen.")),
}
TEXTS = ("question", *IMPULSES)


class ClashError(Exception):
    """Somebody else chose in between; `theirs` is what stands now. Nothing was overwritten."""

    def __init__(self, theirs: MeetingPack) -> None:
        super().__init__("saved in between")
        self.theirs = theirs


@dataclass(frozen=True)
class OnTable:
    """What is read at the meeting, and what else was shared. `chosen`: somebody picked these; else they are the newest
    that wait for an answer. `gone`: something that was picked has been taken back since."""

    shares: tuple[Share, ...]
    others: tuple[Share, ...]
    chosen: bool
    gone: bool = False


def moment_of(access: Access, pk: int) -> Appointment:
    """A meeting of a body of a wide layer whose page I may see; 404 otherwise."""
    rows = Appointment.objects.filter(
        pk=pk, body__partnership=access.partnership, body__organisation__kind__in=WIDE
    )
    found = rows.select_related("body__organisation").first()
    if found is None or not may_open(access, found.body):
        raise Http404
    return found


def may_prepare(access: Access, moment: Appointment) -> bool:
    """Whether I may choose what lies on the table: who answers for the layer what is shared with it."""
    return access.may(Verb.DO, Noun.SHARED, moment.body.organisation_id)


def pack_of(moment: Appointment) -> MeetingPack | None:
    """What was chosen for a meeting."""
    return MeetingPack.objects.filter(appointment=moment).prefetch_related("shares").first()


def packed(moments: Iterable[Appointment]) -> set[int]:
    """The ids of the meetings for which somebody chose what lies on the table. One query."""
    ids = [moment.pk for moment in moments]
    return set(MeetingPack.objects.filter(appointment__in=ids).values_list("appointment_id", flat=True))


def pack_before(moment: Appointment) -> MeetingPack | None:
    """What lay on the table of the meeting of the same body before this one."""
    rows = MeetingPack.objects.filter(
        appointment__body=moment.body_id, appointment__starts_at__lt=moment.starts_at
    )
    return rows.select_related("appointment").order_by("-appointment__starts_at").first()


def shared_with_body(access: Access, moment: Appointment) -> list[Share]:
    """What was shared with the layer of a body, as far as I may see it: what waits for an answer first, then the newest."""
    layer = moment.body.organisation_id
    if layer not in {one.id for one in access.layers}:
        return []
    rows = list(people.shared_with(access, layer)[:LOOKED_THROUGH])
    return sorted(rows, key=lambda row: bool(row.answer))


def on_table(access: Access, moment: Appointment, pack: MeetingPack | None) -> OnTable:
    """What is read at a meeting. Nothing needs to be prepared: without a choice it is what waits for an answer."""
    rows = shared_with_body(access, moment)
    picked = {share.pk for share in pack.shares.all()} if pack else set()
    waiting = [row for row in rows if not row.answer]
    read = [row for row in rows if row.pk in picked] if picked else waiting[:MOST]
    shown = {row.pk for row in read}
    others = tuple(row for row in rows if row.pk not in shown)
    return OnTable(tuple(read), others, bool(picked), gone=len(picked) > len(read))


def prepare(
    *,
    access: Access,
    moment: Appointment,
    shares: Iterable[Share],
    words: Mapping[str, str],
    version: int = 0,
) -> MeetingPack:
    """Choose what lies on the table of a meeting; `words` by the names in TEXTS. The same choice twice is one.

    Takes the first three that were shared with this layer and not taken back. Raises ClashError when `version` is no
    longer the newest and something else would be written over; 404 where I may not.
    """
    access.need(Verb.DO, Noun.SHARED, moment.body.organisation_id)
    open_to_us = {row.pk for row in shared_with_body(access, moment)}
    picked = [share for share in shares if share.pk in open_to_us][:MOST]
    texts = {name: words.get(name, "").strip()[:300] for name in TEXTS}
    with writing():
        # in turn: two who choose at once must not both be the first
        Appointment.objects.select_for_update().get(pk=moment.pk)
        pack = MeetingPack.objects.filter(appointment=moment).first()
        if pack is None:
            pack = MeetingPack(appointment=moment, version=0)
        elif _same(pack, picked, texts):
            return pack
        elif pack.version != version:
            raise ClashError(pack)
        for name, text in texts.items():
            setattr(pack, name, text)
        pack.version += 1
        pack.save()
        pack.shares.set(picked)
        note_change(
            access, verb="prepared", thing=pack, day=timezone.localtime(moment.starts_at).date().isoformat()
        )
    return pack


def _same(pack: MeetingPack, picked: Iterable[Share], texts: Mapping[str, str]) -> bool:
    known = set(pack.shares.values_list("pk", flat=True))
    return known == {share.pk for share in picked} and all(
        getattr(pack, name) == text for name, text in texts.items()
    )
