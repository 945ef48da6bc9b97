"""Reports under headings, a panel, and an exit ticket that came in; and the ledger that knows what was done with all."""

from __future__ import annotations

from random import Random
from typing import Any

from lemniscaat.agenda.resting import mark_decided
from lemniscaat.collection.actions import stop_round
from lemniscaat.collection.models import FreeText, ReadingState, Response, Round, Segment
from lemniscaat.collection.sheets import instrument_of
from lemniscaat.collection.ticketing import Ticket, hand_out, next_talk
from lemniscaat.datapoints.entering import enter_rounds, enter_texts
from lemniscaat.datapoints.indexing import index_missing
from lemniscaat.datapoints.models import DataPoint
from lemniscaat.datapoints.reporting import Hanging, Panel, Theme, Wording, keep_panel, keep_report
from lemniscaat.datapoints.sorts import PANEL, sorts
from lemniscaat.datapoints.themes import QUESTIONNAIRE, topics_of
from lemniscaat.demo.asking import tell_back
from lemniscaat.demo.dates import on
from lemniscaat.demo.stage import Stage
from lemniscaat.demo.words import words
from lemniscaat.instruments.answers import SCHEMA_VERSION
from lemniscaat.interpretation.resting import mark_discussed
from lemniscaat.people.models import Role

_LEARNED = ("o1", "o2", "o2", "o3", "o3", "o3", "o4", "o4")


def write_reports(stage: Stage) -> None:
    """Put this autumn's reports and panel in the ledger, and hold the exit ticket."""
    told = words("reports")
    for one in told["reports"]:
        _report(stage, one)
    _panel(stage, told["panel"])
    _ticket(stage, told["ticket"])


def keep_the_ledger() -> None:
    """What the calendar does each minute: released rounds stand in the ledger, with what rests on everything."""
    enter_rounds()
    enter_texts()
    index_missing()
    mark_discussed()
    mark_decided()


def _report(stage: Stage, one: dict[str, Any]) -> DataPoint:
    day = stage.days.ago(one["days"])
    passages = [
        (heading.key, one["passages"].get(heading.key, "")) for heading in sorts()[one["sort"]].headings
    ]
    with on(day):
        return keep_report(
            access=stage.access(one["by"], day),
            sort=one["sort"],
            wording=Wording(
                one["title"], passages, one.get("present", ()), day, one.get("voice", Role.STUDENT)
            ),
            hanging=Hanging(
                stage.place(one["where"]).pk,
                stage.criteria[one["lat"]],
                permitted_use=one.get("use", "learn"),
            ),
        )


def _panel(stage: Stage, one: dict[str, Any]) -> list[DataPoint]:
    day = stage.days.ago(one["days"])
    headings = [heading.key for heading in sorts()[PANEL].headings]
    topics = topics_of(QUESTIONNAIRE, [], "nl")
    themes = [
        Theme(
            f"{one['title']}: {topic.title}",
            [(key, said[key]) for key in headings],
            stage.criteria[said["lat"]],
        )
        for topic, said in zip(topics, one["themes"], strict=True)
    ]
    panel = Panel(
        people=one["people"],
        schools=one["schools"],
        present=one["present"],
        read_back=one["read_back"],
        led_by_outsider=True,
        themes=themes,
    )
    with on(day):
        return keep_panel(
            access=stage.access(one["by"], day),
            wording=Wording(one["title"], (), one["present"], day, Role.STUDENT),
            hanging=Hanging(stage.place(one["where"]).pk, permitted_use=one.get("use", "learn")),
            panel=panel,
        )


def _ticket(stage: Stage, one: dict[str, Any]) -> Round:
    """Fourteen people answered on the spot; the day after it had stopped by itself, and somebody read the sentences."""
    day = stage.days.ago(one["days"])
    with on(day):
        access, layer = stage.access(one["by"], day), stage.place(one["where"]).pk
        talk = next_talk(access, layer)
        made = hand_out(
            access=access,
            layer_id=layer,
            ticket=Ticket(
                one["title"],
                day,
                talk,
                "" if talk else "we bespreken het als we weer samen oefenen",
                criterion=stage.criteria[one["lat"]],
            ),
        )
        _answered(made, one)
        made = stop_round(round_=made, access=access)
    rows = FreeText.objects.filter(block__release__round=made)
    rows.update(state=ReadingState.RELEASED, read_by=stage.crowd.cast["quirine"], agreed=1)
    back = stage.days.ago(one["days"] - 8)
    tell_back(stage, "exitticket", round_=made, by=one["by"], day=back)
    return made


def _answered(made: Round, one: dict[str, Any]) -> None:
    draw = Random(one["title"])
    segment = Segment.objects.get(round=made)
    known = [item.key for item in instrument_of(made).items]
    rows = []
    for number in range(one["people"]):
        said = {
            "leren": draw.choice(_LEARNED),
            "meenemen": one["takes"][number % len(one["takes"])] if number < 11 else "",
            "vraag": one["asks"][number % len(one["asks"])] if number % 2 else "",
        }
        answers = {key: {"v": said[key]} for key in known if said[key]}
        rows.append(Response(round=made, segment=segment, answers=answers, schema_version=SCHEMA_VERSION))
    Response.objects.bulk_create(sorted(rows, key=lambda row: row.pk))
