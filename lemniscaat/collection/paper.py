"""The paper door: sheets that were filled in by hand and are typed in by who organises.

A sheet from paper is a sheet like any other. Nothing at the server joins it to who typed it, or tells when: the page
of the typist carries a sealed text from which the number of the row is made, so that a slip of the keys can be taken
out again from that very page. When the round stops all rows get other numbers, and no page leads anywhere.
"""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.utils.translation import gettext as _

from lemniscaat.base.keys import fingerprint
from lemniscaat.base.writing import writing
from lemniscaat.collection.answering import Sent, submit
from lemniscaat.collection.carry import Carry, fresh
from lemniscaat.collection.codes import number_of
from lemniscaat.collection.models import Response, Round, RoundState, Segment
from lemniscaat.collection.places import Places
from lemniscaat.collection.segments import Segment as Standing
from lemniscaat.collection.turn import answer_together
from lemniscaat.people.access import Access
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.trail import note_change


def open_paper(*, access: Access, round_: Round) -> Round:
    """Let paper into a round, in preparation or open; one that has it already, or is over, stays as it is."""
    access.need(Verb.DO, Noun.ROUND, round_.organisation_id)
    with writing():
        current = Round.objects.select_for_update().get(pk=round_.pk)
        if current.by_paper or current.state not in {RoundState.DRAFT, RoundState.OPEN}:
            return current
        current.by_paper = True
        if current.state == RoundState.OPEN:
            current.places = _with_anywhere(current).to_json()
        current.save(update_fields=["by_paper", "places"])
        note_change(access, verb="opened_paper", thing=current)
    return current


def _with_anywhere(round_: Round) -> Places:
    """The places of an open round, with one for who does not say where he stands; that one alone for a round that was
    opened before places were kept."""
    anywhere, _made = Segment.objects.get_or_create(round=round_, family="*", role="*", board="*", school="*")
    known = Places.from_json(round_.places)
    segments = dict(known.segments) | {Standing(): anywhere.pk}
    return replace(known, roles=known.roles or tuple(round_.roles), segments=tuple(sorted(segments.items())))


def blank(round_: Round) -> Carry:
    """An empty sheet with a random number of its own, so that pressing twice counts once."""
    return fresh(round_id=round_.pk, role="", segment=0, language="nl")


def placed(round_: Round, sheet: Carry, *, role: str, place: str) -> Carry | str:
    """The sheet with the role and place that stand on the paper, or the sentence that says what to choose. '-' is a
    role that nobody ticked; then only the place is known."""
    places = Places.from_json(round_.places)
    role = role or (places.roles[0] if len(places.roles) == 1 else "")
    if role != NO_ROLE and role not in places.roles:
        return _("Kies de rol die op het blad staat, of ‘Staat er niet op’.")
    role = "" if role == NO_ROLE else role
    if len(places.choices) == 1:
        place = places.choices[0].key
    segment = places.segment(role=role, place=place, plan=round_.plan)  # type: ignore[arg-type]  # a choice
    return replace(sheet, role=role, segment=segment)


NO_ROLE = "-"


def take_in(*, access: Access, round_: Round, sheet: Carry) -> Sent:
    """Take in one sheet from paper; the same sheet again counts once. That somebody typed is written nowhere."""
    access.need(Verb.DO, Noun.ROUND, round_.organisation_id)
    if not round_.by_paper or round_.state != RoundState.OPEN:
        return Sent.STOPPED
    return submit(
        round_=round_,
        answers=sheet.answers,
        receipt=sheet.receipt,
        segment_id=sheet.segment,
        key=_row(sheet.receipt),
    )


def spent(sheet: Carry) -> Carry:
    """What the page keeps of a sheet that is in: enough to take it out again, and none of its words."""
    return replace(sheet, answers={}, role="", segment=0)


def take_out(*, access: Access, round_: Round, sheet: Carry) -> bool:
    """Take out again what this page just took in, while the round is open; False where it is not there (any more).

    Its receipt stays, so that a page that is sent again does not bring it back."""
    access.need(Verb.DO, Noun.ROUND, round_.organisation_id)
    with writing():
        answer_together(round_.pk)
        mine = Response.objects.filter(pk=_row(sheet.receipt), round_id=round_.pk)
        gone, _each = mine.filter(round__by_paper=True, round__state=RoundState.OPEN).delete()
    return bool(gone)


def _row(receipt: str) -> int:
    """The number of the row of a sheet, which only its own receipt and the server's key together give."""
    return number_of(fingerprint(secret=settings.SECRET_KEY, text=f"paper {receipt}"))
