"""What De Brug stands for: school years, profiles, vision points, criteria, lenses, and own words on one point."""

from __future__ import annotations

from datetime import date
from typing import Any

from lemniscaat.collection.actions import link_items
from lemniscaat.demo.dates import on
from lemniscaat.demo.stage import Stage
from lemniscaat.demo.words import words
from lemniscaat.instruments.library import library
from lemniscaat.vision.actions import (
    CriterionText,
    PointText,
    add_criterion,
    add_point,
    agree_on_point,
    map_criterion,
    revise_point,
    write_collective_view,
    write_own_view,
    write_profile,
)
from lemniscaat.vision.lenses import load_shipped
from lemniscaat.vision.models import FrameworkNode, Period, VisionPoint


def make_periods(stage: Stage) -> None:
    """Last school year and this one."""
    for start in (stage.days.start_before, stage.days.start):
        Period.objects.create(
            partnership=stage.places.partnership,
            name=f"{start.year}–{start.year + 1}",
            starts_on=start,
            ends_on=date(start.year + 1, 7, 31),
        )


def make_vision(stage: Stage) -> None:
    """The vision as it was agreed early last year, one point reworded since; with its criteria and lenses."""
    load_shipped()
    text, root = words("vision"), stage.places.root
    day = stage.days.last(40)
    with on(day):
        access = stage.access("petra", day)
        for one in text["profiles"]:
            write_profile(
                access=access,
                layer_id=root.pk,
                kind=one["kind"],
                text=one["text"],
                agreed_by=one["agreed_by"],
            )
        points = {one["key"]: _point(stage, one) for one in text["points"]}
    _reword(stage, points["veilig"], text["before"])
    _own_words(stage, points["veilig"], text["own"])


def _point(stage: Stage, one: dict[str, Any]) -> VisionPoint:
    day, root = stage.days.last(40), stage.places.root.pk
    access = stage.access("petra", day)
    first = words("vision")["before"] if one["key"] == "veilig" else one
    wording = PointText(one["title"], first["what"], first["how"], one["signs"].strip())
    point = add_point(access=access, layer_id=root, text=wording)
    agree_on_point(
        access=access, point=point, body=stage.calendar.bodies["steering"], with_whom=one["agreed"][-1]
    )
    nodes = {node.key: node for node in FrameworkNode.objects.filter(framework__key="waarborgen")}
    for lat in one["criteria"]:
        fields = ("sentence", "good", "good_enough", "not_yet", "measurable", "noticeable")
        made = add_criterion(
            access=access,
            point=point,
            layer_id=root,
            text=CriterionText(**{name: lat[name] for name in fields}),
        )
        map_criterion(access=access, criterion=made, nodes=[nodes[key] for key in lat["waarborgen"]])
        stage.criteria[lat["key"]] = made
        for instrument, items in lat["items"].items():
            link_items(criterion=made, instrument=library().get(instrument), items=items)
    return point


def _reword(stage: Stage, point: VisionPoint, before: dict[str, str]) -> None:
    day = stage.days.ago(66)
    one = next(one for one in words("vision")["points"] if one["key"] == "veilig")
    with on(day):
        access = stage.access("petra", day)
        changed = revise_point(
            access=access,
            point=point,
            text=PointText(one["title"], one["what"], one["how"], one["signs"].strip()),
            because=before["because"],
            version=point.version,
        )
        body = stage.calendar.bodies["steering"]
        agree_on_point(access=access, point=changed, body=body, with_whom="vier studenten erbij")


def _own_words(stage: Stage, point: VisionPoint, own: dict[str, Any]) -> None:
    """Three of the team filled in the four questions alone, shared a part, and wrote one text."""
    day = stage.days.ago(59)
    team = stage.place("team").pk
    with on(day):
        for one in own["alone"]:
            write_own_view(
                access=stage.access(one["who"], day),
                point=point,
                answers=one["answers"],
                shared=one["shared"],
            )
        write_collective_view(
            access=stage.access("noor", day),
            point=point,
            layer_id=team,
            answers=own["together"],
            dissent=own["dissent"],
            version=0,
        )
