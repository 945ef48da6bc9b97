"""The record of a talk: one page that writes itself. Gathered once here; screen, paper, document and mail show it."""

from __future__ import annotations

from dataclasses import replace

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lemniscaat.agenda import queries as agenda
from lemniscaat.agenda.models import Agreement, Course, Look
from lemniscaat.base.numbers import number_in
from lemniscaat.datapoints.models import DataPoint, EvidenceKind
from lemniscaat.datapoints.telling import said
from lemniscaat.interpretation import queries as interpretation
from lemniscaat.interpretation.actions import Ground
from lemniscaat.interpretation.models import Assumption, Certainty, Evidence, Interpretation
from lemniscaat.meetings import queries
from lemniscaat.meetings.figures import grounds
from lemniscaat.meetings.models import Meeting
from lemniscaat.meetings.notes import Notes, Promise
from lemniscaat.meetings.record import Agreed, Back, Meant, Record, Seen, Thought
from lemniscaat.meetings.rhythm import may_open
from lemniscaat.people.access import Access
from lemniscaat.people.policy import Noun, Verb

LONGEST = 160


def record_of(access: Access, meeting: Meeting) -> Record:
    """What a talk left behind, as this reader may see it. `meeting` comes from `queries.talk`."""
    left = queries.outcomes(meeting)
    told = interpretation.told(
        Interpretation.objects.filter(
            pk__in=[row.interpretation_id for row in left if row.interpretation_id]
        ).order_by("id")
    )
    return replace(
        _head(access, meeting),
        missing=tuple(dict.fromkeys(one.missing for one in told if one.missing)),
        returned=tuple(_returned(access, meeting)),
        seen=tuple(seen for one in told for seen in _seen(access, one.row)),
        meanings=tuple(_meant(access, one) for one in told),
        assumptions=tuple(_thought(access, row.assumption) for row in left if row.assumption),
        agreements=tuple(_agreed(access, row.agreement) for row in left if row.agreement),
        from_now_on=tuple(
            (row.criterion.good_enough, reverse("datapoints:criterion", args=[row.criterion.pk]))
            for row in left
            if row.criterion
        ),
        reflection=meeting.reflection,
    )


def preview_of(access: Access, meeting: Meeting) -> Record:
    """The same page before the talk ends, from what the group wrote so far; for who sits at the table."""
    notes = Notes.read(meeting.notes)
    meant = Meant(notes.meaning, _certainty(notes), tuple(filter(None, [notes.dissent.strip()])), "")
    said = notes.meaning.strip() or notes.not_yet
    return replace(
        _head(access, meeting),
        missing=tuple(filter(None, [notes.missing.rstrip(" .")])),
        returned=tuple(_returned(access, meeting)),
        seen=tuple(_ground(one) for one in grounds(access, meeting)) if said else (),
        meanings=(meant,) if said else (),
        assumptions=(Thought(notes.assumption, notes.test, "", ""),) if notes.assumption.strip() else (),
        agreements=tuple(_promised(access, one) for one in notes.promises),
        reflection=notes.reflection,
    )


def _head(access: Access, meeting: Meeting) -> Record:
    criterion = meeting.criterion
    point = criterion.point if criterion else meeting.table.point
    seen = criterion is not None and access.may(Verb.SEE, Noun.VISION, criterion.organisation_id)
    moment = meeting.appointment
    school = access.tree.of_kind_above(meeting.organisation_id, "school") or meeting.organisation
    return Record(
        title=meeting.title,
        body=meeting.body.name,
        body_url=reverse("meetings:body", args=[meeting.body_id]) if may_open(access, meeting.body) else "",
        day=meeting.finished_on or (timezone.localtime(moment.starts_at).date() if moment else None),
        place=school.name,
        point=point.title if point else "",
        what=point.what if point else "",
        criterion=criterion.sentence if criterion else "",
        criterion_url=reverse("datapoints:criterion", args=[criterion.pk]) if criterion and seen else "",
        roles=tuple(queries.roles_at(access, meeting)),
        url=reverse("meetings:record", args=[meeting.pk]),
        next_time=_next_time(meeting),
    )


def _next_time(meeting: Meeting) -> str:
    after = queries.next_moment(meeting)
    if after is None:
        return ""
    return f"{meeting.body.name}, {date_format(timezone.localtime(after.starts_at), 'j F')}"


def _returned(access: Access, meeting: Meeting) -> list[Back]:
    if meeting.appointment is None:
        return []
    return [
        Back(
            row.agreement.sentence,
            row.agreement.agreed_on,
            str(row.agreement.get_difference_display()),
            row.helped,
            row.hindered,
            row.ask,
            reverse("agenda:agreement", args=[row.agreement_id]),
        )
        for row in agenda.looked_at(access, meeting.appointment)
    ] + [_looked(row) for row in agenda.goals_looked_at(access, meeting.appointment)]


def _looked(row: Look) -> Back:
    """A point of the agenda that came back: what was seen, what those say who raised it, how it goes on."""
    onward = f"{row.get_act_display()} {row.because}".strip()
    more = (
        (_("Opgepakt"), date_format(row.goal.taken_up_on, "j F Y")),
        (_("Merken we verschil?"), str(row.get_difference_display())),
        (_("Wat we zagen"), row.seen),
        (_("Wie dit inbracht, zei"), row.asked),
        (_("En toen"), onward),
    )
    url = reverse("goals:goal", args=[row.goal_id])
    return Back(row.before or row.goal.sentence, row.goal.taken_up_on, "", "", "", "", url, more)


def _seen(access: Access, row: Interpretation) -> list[Seen]:
    return [_ground(one) for one in interpretation.evidence(access, row)]


def _ground(of: Evidence | Ground) -> Seen:
    if of.data_point is not None:
        return _point(of.data_point, of.words)
    if of.round is not None:
        words, source = (of.words, of.round.title) if of.words else (of.round.title, "")
        return Seen(words, reverse("collection:outcome", args=[of.round.pk]), source)
    return Seen(of.words, "")


def _point(point: DataPoint, words: str) -> Seen:
    """A figure by its title and source; what somebody told as a quote, with the role that it comes from."""
    url = reverse("datapoints:data_point", args=[point.pk])
    if point.evidence == EvidenceKind.SOFT:
        return Seen(f"‘{_short(words or point.text)}’", url, said(point))
    day = date_format(point.happened_on, "j F Y")
    return Seen(
        _short(words or point.title or point.text), url, ", ".join(filter(None, [point.source_text, day]))
    )


def _short(words: str) -> str:
    # cut between two words
    return words if len(words) <= LONGEST else words[: LONGEST - 1].rpartition(" ")[0].rstrip(" ,;") + "…"


def _meant(access: Access, one: interpretation.Meaning) -> Meant:
    seen = access.may(Verb.SEE, Noun.MEANING, one.row.organisation_id)
    url = reverse("interpretation:meaning", args=[one.row.pk]) if seen else ""
    return Meant(one.row.text, str(one.row.get_certainty_display()), one.dissent, url)


def _thought(access: Access, row: Assumption) -> Thought:
    seen = access.may(Verb.SEE, Noun.MEANING, row.organisation_id)
    url = reverse("interpretation:assumption", args=[row.pk]) if seen else ""
    return Thought(row.text, row.test, str(row.get_verdict_display()), url)


def _agreed(access: Access, row: Agreement) -> Agreed:
    seen = access.may(Verb.SEE, Noun.AGREEMENT, row.organisation_id)
    return Agreed(
        course=row.course,
        label=str(row.get_course_display()),
        sentence=row.sentence,
        who=row.owner_text,
        notice=row.notice,
        where=row.where or _nowhere(row.no_return_because),
        weighed=row.weighed,
        because=row.because,
        state=str(row.get_state_display()),
        url=reverse("agenda:agreement", args=[row.pk]) if seen else "",
    )


def _promised(access: Access, promise: Promise) -> Agreed:
    """An agreement that stands on the leader's screen and is not kept yet."""
    chosen = number_in(promise.returns_at)
    moment = agenda.moment(access, chosen) if chosen else None
    draft = Agreement(course=promise.course, returns_at=moment)
    return Agreed(
        course=promise.course or Course.SUSTAIN,
        label=str(draft.get_course_display()),
        sentence=promise.sentence,
        who=promise.owner_text,
        notice=promise.notice,
        where=draft.where or _nowhere(promise.no_return_because),
        weighed=promise.weighed,
        because="",
        state="",
        url="",
    )


def _nowhere(because: str) -> str:
    return _("nergens, want %(because)s") % {"because": because} if because.strip() else ""


def _certainty(notes: Notes) -> str:
    value = notes.certainty or (Certainty.UNKNOWN if notes.not_yet else Certainty.FAIRLY)
    return str(dict(Certainty.choices).get(value, ""))
