"""The return: written, read over, frozen; only then the round is complete."""

from types import SimpleNamespace

import pytest
from django.http import Http404

from lemniscaat.accountability import actions, queries
from lemniscaat.accountability.models import Return
from lemniscaat.agenda.models import Agreement
from lemniscaat.base import clock
from lemniscaat.collection.models import Invitation, NoMail, Round, RoundState
from lemniscaat.collection.outcome import Group, Participation
from lemniscaat.people.models import OutgoingMail
from tests.accountability.stage import CODE, NO, a_meaning, a_round, an_agreement, given_back
from tests.cast import World, signed_in

pytestmark = pytest.mark.django_db


def state(round_: Round) -> str:
    return Round.objects.get(pk=round_.pk).state


def test_it_starts_with_what_the_talks_said(world: World) -> None:
    round_ = a_round(world)
    a_meaning(world)
    row = an_agreement(world)
    html = signed_in(world.petra).get(f"/verantwoording/ronde/{round_.pk}/").content.decode()
    assert "Ze wachten tot iemand anders begint." in html
    assert "Op dinsdag is er niemand vrij." in html
    assert "5 mensen spraken erover" in html
    assert row.sentence in html


def test_writing_reading_over_and_giving_back(world: World) -> None:
    round_ = a_round(world)
    row = an_agreement(world, returns_at=None)
    petra, page = signed_in(world.petra), f"/verantwoording/ronde/{round_.pk}/"
    typed = {
        "version": 0,
        "heard": "Studenten vragen niemand.",
        f"agreement_{row.pk}": "on",
        "not_0": "Vaste uren",
        "because_0": "geen geld",
    }
    answer = petra.post(page, {**typed, "preview": "1"})
    assert answer["Location"] == f"{page}lezen/"
    assert state(round_) == RoundState.STOPPED, "reading it over gives nothing back"
    html = petra.get(answer["Location"]).content.decode()
    assert "Dit deden we met jouw inbreng" in html
    assert "Petra let hierop." in html
    answer = petra.post(f"{page}lezen/")
    assert answer["Location"] == "/terug/BRUG%204716/"
    assert state(round_) == RoundState.RETURNED


def test_a_no_needs_its_reason_and_what_was_typed_stays(world: World) -> None:
    round_ = a_round(world)
    answer = signed_in(world.petra).post(
        f"/verantwoording/ronde/{round_.pk}/",
        {"version": 0, "heard": "Dit hoorden wij.", "not_0": "Vaste uren"},
    )
    assert answer.status_code == 422
    assert "Zeg er kort bij waarom niet" in answer.content.decode()
    assert "Dit hoorden wij." in answer.content.decode()
    assert not Return.objects.exists()


def test_a_return_without_any_promise_is_refused(world: World) -> None:
    round_ = a_round(world)
    petra = world.access(world.petra)
    with pytest.raises(actions.EmptyReturnError):
        actions.publish_return(access=petra, round_=round_)
    actions.save_return(access=petra, round_=round_, text=actions.ReturnText("Veel."), promises=[])
    answer = signed_in(world.petra).post(f"/verantwoording/ronde/{round_.pk}/lezen/")
    assert answer.status_code == 422
    assert state(round_) == RoundState.STOPPED


def test_we_do_nothing_because_is_an_answer(world: World) -> None:
    round_ = a_round(world)
    given_back(world, round_, NO)
    assert state(round_) == RoundState.RETURNED


def test_a_clash_keeps_both(world: World) -> None:
    round_ = a_round(world)
    page = f"/verantwoording/ronde/{round_.pk}/"
    signed_in(world.petra).post(page, {"version": 0, "heard": "Van Petra."})
    answer = signed_in(world.stef).post(page, {"version": 0, "heard": "Van Stef."})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Van Petra." in html
    assert "Van Stef." in html
    assert 'name="version" value="1"' in html
    assert Return.objects.get().heard == "Van Petra."
    signed_in(world.stef).post(page, {"version": 1, "heard": "Van ons."})
    assert Return.objects.get().heard == "Van ons."


def test_what_was_given_back_stands(world: World) -> None:
    round_ = a_round(world)
    row = an_agreement(world)
    told = given_back(world, round_, actions.Promise("do", row.sentence, "Petra let hierop.", row), NO)
    before = dict(told.frozen)
    Agreement.objects.filter(pk=row.pk).update(sentence="Iets heel anders.")
    petra = world.access(world.petra)
    actions.save_return(access=petra, round_=round_, text=actions.ReturnText("Anders."), promises=[NO])
    clock.move_to(30)
    actions.publish_return(access=petra, round_=round_)
    told.refresh_from_db()
    assert told.frozen == before
    assert told.heard == "Studenten vragen niemand."


def test_later_something_may_be_added(world: World) -> None:
    round_ = a_round(world)
    given_back(world, round_)
    signed_in(world.petra).post(f"/verantwoording/ronde/{round_.pk}/", {"changed": "In maart hielp het."})
    html = signed_in(world.petra).get(f"/terug/{CODE}/").content.decode()
    assert "In maart hielp het." in html
    assert "Studenten vragen niemand." in html


def test_who_took_part_is_told_in_whole_blocks_only(world: World) -> None:
    told = given_back(world, a_round(world)).frozen["took_part"]
    assert "studenten" in told
    assert "WPB" in told
    assert "instituutsopleiders" not in told, "four of them answered"


def test_all_who_were_asked_get_the_same_mail(world: World) -> None:
    round_ = a_round(world)
    segment = next(iter(_segments(round_)))
    for i, person in enumerate((world.samira, world.joost)):
        Invitation.objects.create(
            round=round_, person=person, segment_id=segment, token=f"t{i}", role="student"
        )
    given_back(world, round_)
    mails = list(OutgoingMail.objects.order_by("id"))
    assert [mail.to for mail in mails] == ["joost@example.org", "samira@example.org"]
    assert len({(mail.subject, mail.body) for mail in mails}) == 1
    assert "/terug/BRUG%204716/" in mails[0].body
    actions.publish_return(access=world.access(world.petra), round_=round_)
    assert OutgoingMail.objects.count() == 2, "given back once, told once"


def _segments(round_: Round) -> list[int]:
    from lemniscaat.collection.models import Segment

    return list(Segment.objects.filter(round=round_).values_list("pk", flat=True))


@pytest.mark.parametrize("who", ["charlie", "dirk", "samira", "joost", "noor", "ad"])
def test_who_does_not_ask_here_does_not_answer_here(world: World, who: str) -> None:
    round_ = a_round(world)
    for page in ("", "lezen/"):
        for method in ("get", "post"):
            answer = getattr(signed_in(getattr(world, who)), method)(
                f"/verantwoording/ronde/{round_.pk}/{page}"
            )
            assert answer.status_code == 404
    if who not in {"charlie", "dirk"}:
        with pytest.raises(Http404):
            queries.round_to_return(world.access(getattr(world, who)), round_.pk)


def test_an_open_round_cannot_be_given_back(world: World) -> None:
    round_ = a_round(world)
    Round.objects.filter(pk=round_.pk).update(state=RoundState.OPEN)
    assert signed_in(world.petra).get(f"/verantwoording/ronde/{round_.pk}/").status_code == 404


def test_nobody_is_counted_twice_in_who_took_part(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = {("role", "student"): 14, ("role", "mentor"): 8, ("family", "learning"): 20}
    groups = tuple(Group(kind, key, frozenset({1})) for kind, key in counted)
    book = SimpleNamespace(
        voices=lambda: groups, took_part=lambda g: Participation(g, counted[g.kind, g.key])
    )
    monkeypatch.setattr(actions, "opened", lambda *_: book)
    said = actions.took_part(a_round(world))
    assert said == "8 WPB's en 20 lerende leraren (onder wie 14 studenten) deden mee."


def test_who_wants_no_mail_about_rounds_gets_none_of_the_return_either(world: World) -> None:
    round_ = a_round(world)
    segment = next(iter(_segments(round_)))
    for i, person in enumerate((world.samira, world.joost)):
        Invitation.objects.create(
            round=round_, person=person, segment_id=segment, token=f"t{i}", role="student"
        )
    NoMail.objects.create(partnership=world.partnership, person=world.samira)
    given_back(world, round_)
    mail = OutgoingMail.objects.get()
    assert mail.to == "joost@example.org"
    assert "/mee/geen-post/" in mail.stop_url
    assert mail.stop_url not in mail.body
