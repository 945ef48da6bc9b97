"""Starting and opening a round: the instrument is frozen, people are chosen, places are generalised."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from typing import TypedDict, Unpack, cast

from django.utils.text import slugify
from django.utils.translation import gettext as _

from lemniscaat.base.keys import join_code
from lemniscaat.base.writing import writing
from lemniscaat.collection.blocks import Params
from lemniscaat.collection.blocks import Plan as ReleasePlan
from lemniscaat.collection.budget import budget_of, over_budget, times_asked
from lemniscaat.collection.codes import return_code, round_token
from lemniscaat.collection.guest_lists import Whom
from lemniscaat.collection.inviting import Guest, invite, lay_places
from lemniscaat.collection.models import CriterionItem, Round, RoundState
from lemniscaat.collection.whom import asked_of, plan_of
from lemniscaat.instruments.grammar import Instrument
from lemniscaat.instruments.library import NoInstrumentError, library
from lemniscaat.instruments.models import InstrumentVersion
from lemniscaat.instruments.shelf import on_shelf
from lemniscaat.people.access import Access
from lemniscaat.people.models import Appointment, Partnership, Role
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.trail import note_change
from lemniscaat.vision.models import Criterion, Period


class BecauseError(Exception):
    """It may be done, with a reason that the group sees. `field` is where the reason belongs."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
        self.sentence = sentence


class NobodyError(Exception):
    """There is nobody to ask, or no way in."""


class Details(TypedDict, total=False):
    """What else a round may say of itself, by the names of its fields."""

    why: str
    asked_by: str
    appointment: Appointment | None
    no_appointment_because: str
    over_budget_because: str
    return_by: date | None
    stops_on: date | None
    permitted_use: str
    plan: str
    by_mail: bool
    by_link: bool
    by_paper: bool
    planned_as: int | None


def start_round(
    *,
    access: Access,
    layer_id: int,
    instrument_key: str,
    title: str,
    roles: Sequence[str],
    criterion: Criterion | None = None,
    **details: Unpack[Details],
) -> Round:
    """Make a round in preparation. Raises BecauseError where a reason is asked, NoInstrumentError for an unknown key
    and for an instrument that may be asked of no anonymous round."""
    access.need(Verb.DO, Noun.ROUND, layer_id)
    instrument = _on_shelf(access, instrument_key)
    _check(access, layer_id, roles, details)
    with writing():
        round_ = Round(
            partnership=access.partnership,
            organisation_id=layer_id,
            period=period_now(access),
            instrument=frozen(instrument, partnership=access.partnership, day=access.day),
            key=free_key(access.partnership, title),
            title=title,
            roles=list(roles),
            criterion=criterion,
            started_by=access.person,
            **details,
        )
        round_.asked_by = round_.asked_by or access.person.name
        round_.parameters = asdict(Params(plan=cast("ReleasePlan", round_.plan)))
        round_.save(force_insert=True)
        if criterion is not None:
            link_items(criterion=criterion, instrument=instrument, items=telling_items(instrument))
        note_change(access, verb="started", thing=round_)
    return round_


def _check(access: Access, layer_id: int, roles: Sequence[str], details: Details) -> None:
    check_reasons(
        access,
        layer_id=layer_id,
        roles=roles,
        has_appointment=details.get("appointment") is not None,
        no_appointment_because=details.get("no_appointment_because", ""),
        over_budget_because=details.get("over_budget_because", ""),
        by_mail=details.get("by_mail", True),
    )


def _on_shelf(access: Access, key: str) -> Instrument:
    shelved = on_shelf(access, key)
    found = shelved.instrument if shelved else library().get(key)
    return fit_for_a_round(found)


def fit_for_a_round(instrument: Instrument) -> Instrument:
    """The instrument, where it may be asked of an anonymous round; else NoInstrumentError."""
    # what gives its giver away is kept out of instruments that say `round`, and of no other
    if not instrument.round or instrument.frame:
        raise NoInstrumentError(instrument.key)
    return instrument


def check_reasons(
    access: Access,
    *,
    layer_id: int,
    roles: Iterable[str],
    has_appointment: bool,
    no_appointment_because: str,
    over_budget_because: str,
    by_mail: bool = True,
) -> None:
    """Yes, because: raise BecauseError for the first reason that is still missing. Who only comes with a code, in a
    lesson or a meeting, is not asked once more by it."""
    if not has_appointment and not no_appointment_because.strip():
        raise BecauseError(
            "no_appointment_because",
            _(
                "Er is nog geen overleg waarin jullie dit bespreken. Kies er een, of schrijf waarom het zo kan."
            ),
        )
    if over_budget_because.strip() or not by_mail:
        return
    if over_budget(access, layer_id=layer_id, roles=roles):
        raise BecauseError("over_budget_because", full_sentence())


def full_sentence() -> str:
    """What is said where people were asked as often as agreed."""
    return _("Zij kregen dit halfjaar al zo vaak een vraag als we afspraken. Schrijf waarom deze erbij kan.")


def open_round(*, access: Access, round_: Round) -> Round:
    """Open a round in preparation: ask the people that were chosen, lay the places, send the links. A round that is
    already open stays as it is. Raises NobodyError, UnknownGuestsError for a list that is not right yet, or
    BecauseError where somebody was asked often enough meanwhile; then nothing is opened."""
    access.need(Verb.DO, Noun.ROUND, round_.organisation_id)
    with writing():
        current = Round.objects.select_for_update().get(pk=round_.pk)
        if current.state != RoundState.DRAFT:
            return current
        asked = _asked(access, current)
        current.roles = [role for role in Role.values if any(guest.role == role for guest in asked)]
        keys = lay_places(access, current, asked)
        # the list goes; that a lot was drawn is remembered, as it was drawn
        shares = plan_of(access, current).shares
        drawn = {share.role: (share.asked, share.of) for share in shares if not share.all}
        current.whom = Whom(drawn=drawn).to_json()
        current.state = RoundState.OPEN
        current.opened_on = access.day
        current.return_code = free_code("return_code")
        if current.by_link:
            current.join_code = free_code("join_code")
            current.link_token = round_token()
        current.save()
        if current.by_mail:
            invite(current, asked, keys)
        note_change(access, verb="opened", thing=current)
    return current


def frozen(instrument: Instrument, *, partnership: Partnership, day: date) -> InstrumentVersion:
    """The version of an instrument as it is now; an older one with the same words is used again."""
    definition = instrument.definition()
    versions = InstrumentVersion.objects.filter(partnership=partnership, key=instrument.key)
    for version in versions:
        if version.definition == definition:
            return version
    taken = {version.version for version in versions}
    number = instrument.version if instrument.version not in taken else max(taken) + 1
    return InstrumentVersion.objects.create(
        partnership=partnership,
        key=instrument.key,
        root=instrument.root,
        version=number,
        definition=definition,
        frozen_on=day,
    )


def telling_items(instrument: Instrument) -> tuple[str, ...]:
    """The items that tell something about a criterion until somebody chooses: the core, else all that ask."""
    asking = [item for item in instrument.items if not item.factual]
    return tuple(item.key for item in asking if item.core) or tuple(item.key for item in asking)


def link_items(
    *, criterion: Criterion, instrument: Instrument, items: Iterable[str], only_these: bool = False
) -> None:
    """Say which items of an instrument tell something about a criterion; `only_these` takes others away."""
    if only_these:
        CriterionItem.objects.filter(criterion=criterion, instrument_key=instrument.root).delete()
    rows = [
        CriterionItem(criterion=criterion, instrument_key=instrument.root, item_key=key)
        for key in items
        if key in instrument.by_key
    ]
    CriterionItem.objects.bulk_create(rows, ignore_conflicts=True)


def _asked(access: Access, round_: Round) -> tuple[Guest, ...]:
    asked = asked_of(access, round_)
    if not (round_.by_mail or round_.by_link or round_.by_paper):
        raise NobodyError(_("Kies hoe mensen binnenkomen: met een eigen link, met een code of op papier."))
    if not asked:
        raise NobodyError(
            _("In deze groep kennen we nog niemand. Kies een andere groep, of voeg eerst mensen toe.")
        )
    if round_.by_mail and not round_.over_budget_because.strip():
        times = times_asked(access, [guest.person_id for guest in asked])
        if any(times[guest.person_id] >= budget_of(guest.role) for guest in asked):
            raise BecauseError("over_budget_because", full_sentence())
    return asked


def period_now(access: Access) -> Period | None:
    """The school year of today, where one was made."""
    return Period.objects.filter(
        partnership=access.partnership, starts_on__lte=access.day, ends_on__gte=access.day
    ).first()


def free_key(partnership: Partnership, title: str) -> str:
    """A key made of the title, with a number where another round has it."""
    stem = slugify(title)[:70] or "ronde"
    taken = set(
        Round.objects.filter(partnership=partnership, key__startswith=stem).values_list("key", flat=True)
    )
    return next(
        key for n in range(1, len(taken) + 2) if (key := stem if n == 1 else f"{stem}-{n}") not in taken
    )


def free_code(field: str) -> str:
    """A `join_code` or `return_code` that no other round has."""
    make = join_code if field == "join_code" else return_code
    while Round.objects.filter(**{field: (code := make())}).exists():
        pass
    return code
