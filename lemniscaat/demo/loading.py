"""De Brug from nothing: every act in the order in which it happened."""

from __future__ import annotations

from datetime import date
from random import Random

from lemniscaat.demo.accounting import account_for_last_year
from lemniscaat.demo.agendas import take_up_points
from lemniscaat.demo.agendas_elsewhere import take_up_elsewhere
from lemniscaat.demo.asking import give_back, hold_round
from lemniscaat.demo.between import agree_in_pairs
from lemniscaat.demo.bodies import make_calendar
from lemniscaat.demo.cabinet import use_the_cabinet
from lemniscaat.demo.capturing import write_what_was_captured
from lemniscaat.demo.contacts import make_contacts
from lemniscaat.demo.counting import bring_figures
from lemniscaat.demo.crowd import make_crowd
from lemniscaat.demo.dates import Days
from lemniscaat.demo.deeds import hold_talk, plan_talk
from lemniscaat.demo.elsewhere import hold_other_talks
from lemniscaat.demo.envisioning import make_periods, make_vision
from lemniscaat.demo.exemplifying import write_examples
from lemniscaat.demo.inviting import ask_around
from lemniscaat.demo.knowing import write_first_notes, write_what_is_known
from lemniscaat.demo.laying import lay_on_the_table
from lemniscaat.demo.places import make_places
from lemniscaat.demo.reporting import keep_the_ledger, write_reports
from lemniscaat.demo.stage import Stage
from lemniscaat.demo.talking import hold_with_instrument
from lemniscaat.demo.words import words
from lemniscaat.demo.yearly import plan_the_year


def play(*, today: date, small: bool = False) -> Stage:
    """Make the whole demo as it stands on a day. `small`: six schools, for tests. Call it in a transaction."""
    stage = _set(today, small)
    make_vision(stage)
    write_first_notes(stage)
    told = {one["key"]: one for one in words("story")["talks"]}
    hold_round(stage, "halverwege-toen")
    for key in ("toen", "stuurgroep-toen"):
        stage.talks[key] = hold_talk(stage, told[key])
    give_back(stage, "halverwege-toen")
    for key in ("werkplekleren-toen", "eigenaarschap-toen"):
        hold_round(stage, key)
        give_back(stage, key)
    stage.talks["terugkijken"] = hold_talk(stage, told["terugkijken"])
    account_for_last_year(stage)
    hold_round(stage, "startdag")
    give_back(stage, "startdag")
    write_what_is_known(stage)
    write_reports(stage)
    write_what_was_captured(stage)
    for key in ("september", "stuurgroep", "opleiders", "bestuur", "so-netwerk", "nu"):
        stage.talks[key] = hold_talk(stage, told[key])
    hold_other_talks(stage)
    for key in ("halverwege", "studiedag", "eigenaarschap"):
        hold_round(stage, key)
    take_up_points(stage)
    take_up_elsewhere(stage)
    write_examples(stage)
    agree_in_pairs(stage)
    plan_the_year(stage)
    ask_around(stage)
    for coming in words("story")["coming"]:
        plan_talk(stage, coming)
    lay_on_the_table(stage)
    bring_figures(stage)
    use_the_cabinet(stage)
    for one in words("live"):
        stage.talks[one["key"]] = hold_with_instrument(stage, one)
    keep_the_ledger()
    return stage


def _set(today: date, small: bool) -> Stage:
    days, draw = Days(today), Random(7)
    places = make_places(days=days, draw=draw, small=small)
    crowd = make_crowd(places=places, days=days, draw=draw, small=small)
    calendar = make_calendar(places=places, crowd=crowd, days=days, draw=draw)
    make_contacts(places=places, crowd=crowd)
    stage = Stage(days, draw, places, crowd, calendar, small)
    make_periods(stage)
    return stage
