"""The pages of the year: who comes in, what they tell, what they never tell, and what they cost."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lemniscaat.collection.heard import told_by
from lemniscaat.collection.models import RoundState
from lemniscaat.datapoints import actions
from lemniscaat.people.models import Membership, Person, Role
from lemniscaat.year.hearing import heard_in
from lemniscaat.year.lines import lines
from lemniscaat.year.models import Intent, IntentState
from tests.cast import LONG_AGO, World, organisation, signed_in
from tests.collection.released import linked, small_groups, stopped
from tests.year.autumn import TODAY, YEAR, held, meeting, planned, wish, world

pytestmark = [pytest.mark.django_db, pytest.mark.once]
__all__ = ["world"]


def address(name: str, *args: object) -> str:
    return reverse(f"year:{name}", args=args)


def page(who: Person, url: str, status: int = 200) -> str:
    response = signed_in(who).get(url)
    assert response.status_code == status, (url, response.status_code)
    return str(response.content.decode())


def main(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html.split("<main", 1)[1].split("</main", 1)[0]))


def pages(world: World) -> list[str]:
    row = planned(world, world.noor, world.school)
    return [
        address("year", world.school.pk),
        address("silent", world.school.pk),
        address("begin", world.school.pk, world.criterion.pk),
        address("print", world.school.pk),
        address("plan", world.school.pk),
        address("copy", world.school.pk),
        address("copy", world.school.pk) + "?van=klaar",
        address("intent", row.pk),
        address("change", row.pk),
    ]


def test_an_outsider_finds_nothing_and_a_member_the_calendar(world: World) -> None:
    found = pages(world)
    for url in found:
        for who in (world.charlie, world.dirk, world.bea):
            assert signed_in(who).get(url).status_code == 404, url
        assert Client().get(url).status_code == 302
        assert signed_in(world.noor).get(url).status_code == 200, url
    plans = {url for url in found if "erbij" in url or "overnemen" in url or "wijzigen" in url}
    for url in found:
        assert signed_in(world.samira).get(url).status_code == (404 if url in plans else 200), url
    html = page(world.samira, found[0])
    assert address("plan", world.school.pk) not in html


def test_posts_of_who_may_not_plan_change_nothing(world: World) -> None:
    row = planned(world, world.noor, world.school)
    for who in (world.charlie, world.samira, world.bea):
        for name in ("change", "drop", "done"):
            answer = signed_in(who).post(address(name, row.pk), {"because": "Weg ermee."})
            assert answer.status_code == 404, (who, name)
        assert signed_in(who).post(address("plan", world.school.pk), {}).status_code == 404
        assert signed_in(who).post(address("copy", world.school.pk) + "?van=klaar").status_code == 404
    row.refresh_from_db()
    assert (row.state, Intent.objects.count()) == (IntentState.PLANNED, 1)


def given(**more: object) -> dict[str, object]:
    return {
        "way": "panel",
        "title": "Panel met starters",
        "roles": ["starter"],
        "month": "2027-02-01",
        "form_key": "een",
        **more,
    }


def test_planning_on_the_page_is_once(world: World) -> None:
    client, url = signed_in(world.noor), address("plan", world.school.pk)
    sent = given(criteria=[str(world.criterion.pk)], talk=f"overleg-{world.steering.pk}", owner="rol-mentor")
    for _press in range(2):
        assert client.post(url, sent).status_code == 302
    row = Intent.objects.get()
    assert (row.begins_on, row.ends_on) == (date(2027, 2, 1), date(2027, 2, 28))
    assert (row.body, row.owner_role, row.roles) == (world.steering, "mentor", ["starter"])
    assert "Panel met starters" in page(world.samira, address("year", world.school.pk))


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"month": "dagen"}, "Kies de eerste dag"),
        ({"month": "dagen", "begins_on": "2027-02-09", "ends_on": "2027-02-01"}, "vóór de eerste dag"),
        ({"return_by": "2027-01-01"}, "vóór het begin"),
        ({"title": ""}, "Dit veld is verplicht"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(world: World, wrong: dict[str, object], says: str) -> None:
    answer = signed_in(world.noor).post(address("plan", world.school.pk), given(note="Blijf staan.") | wrong)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert says in html
    assert "Blijf staan." in html
    assert not Intent.objects.exists()


def test_two_who_change_the_same_line_both_read_on(world: World) -> None:
    row = planned(world, world.noor, world.school)
    url, client = address("change", row.pk), signed_in(world.noor)
    assert client.post(url, given(title="Eerst", version="1")).status_code == 302
    answer = client.post(url, given(title="Daarna", version="1"))
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Eerst" in html
    assert "Daarna" in html
    again = given(title="Daarna", version=re.findall(r'name="version" value="(\d+)"', html)[0])
    assert client.post(url, again).status_code == 302
    row.refresh_from_db()
    assert row.title == "Daarna"


def test_dropping_asks_why_and_everybody_reads_it(world: World) -> None:
    row, client = planned(world, world.noor, world.school), signed_in(world.noor)
    assert client.post(address("drop", row.pk), {"because": " "}).status_code == 422
    assert (
        client.post(
            address("drop", row.pk), {"because": "De starters zijn al drie keer gevraagd."}
        ).status_code
        == 302
    )
    assert "De starters zijn al drie keer gevraagd." in page(world.samira, address("year", world.school.pk))


def test_a_round_is_named_as_what_the_plan_became(world: World) -> None:
    row = planned(world, world.noor, world.school, begins_on=date(2026, 11, 1), ends_on=date(2026, 11, 30))
    made = held(world, world.school, "een")
    far = held(world, world.root, "ver")
    html = page(world.noor, address("intent", row.pk))
    assert made.title in html
    client = signed_in(world.noor)
    assert client.post(address("done", row.pk), {"ronde": str(far.pk)}).status_code == 404
    for _press in range(2):
        assert client.post(address("done", row.pk), {"ronde": str(made.pk)}).status_code == 302
    row.refresh_from_db()
    assert (row.round, row.state) == (made, IntentState.DONE)


def test_taking_over_twice_is_once(world: World) -> None:
    client = signed_in(world.petra)
    url = address("copy", world.root.pk) + "?jaar=2026&van=klaar"
    keys = re.findall(r'name="regel" value="([^"]+)"', page(world.petra, url))
    for _press in range(2):
        assert client.post(url, {"regel": keys}).status_code == 302
    assert Intent.objects.count() == len(keys) > 10
    assert "Neem over wat is aangevinkt" not in page(world.petra, url)
    assert client.post(address("copy", world.root.pk), {"regel": keys}).status_code == 404


def test_in_ten_seconds_what_is_asked_discussed_and_comes_back(world: World) -> None:
    talk = meeting(world.steering, date(2026, 12, 3))
    held(
        world,
        world.root,
        "nu",
        title="Hoe leer jij hier",
        stops_on=date(2026, 12, 1),
        appointment=talk,
        return_by=date(2026, 12, 17),
    )
    told = main(page(world.samira, address("year", world.team.pk))).replace("&#x27;", "'")
    for words in (
        "Hoe leer jij hier Van studenten en WPB's. Sinds 13 november, tot en met 1 december.",
        "Stuurgroep, 3 december",
        "Terug uiterlijk 17 december",
        "Van De Brug",
        "November nu",
    ):
        assert words in told, words


def test_a_silent_voice_is_named_with_a_road_to_it(world: World) -> None:
    access = world.access(world.samira)
    actions.write_note(access=access, text="Zij keek mee.", layer_id=world.team.pk, criterion=world.criterion)
    html = page(world.noor, address("silent", world.team.pk))
    told = main(html)
    assert (
        "Over ‘Veilig om te proberen’ weten we dit jaar nog niets van WPB&#x27;s en schoolopleiders, en alleen merkbaar."
        in told
    )
    assert "Alles kwam langs één weg: geeltjes." in told
    assert "Alles is om van te leren, niet om op te beslissen." in told
    road = address("begin", world.team.pk, world.criterion.pk)
    assert f"{road}?rol=mentor" in html
    assert f"{road}?rol=student" not in html
    begin = page(world.noor, f"{road}?rol=mentor")
    start = reverse("collection:new", args=[world.team.pk])
    assert f"{start}?lat={world.criterion.pk}&amp;rollen=mentor&amp;titel=Veilig+om+te+proberen" in begin
    assert f"{reverse('meetings:plan', args=[world.team.pk])}?lat={world.criterion.pk}" in begin
    form = page(
        world.noor, f"{start}?lat={world.criterion.pk}&rollen=mentor,niks&titel=Zo&tot=2026-12-01&terug=x"
    )
    assert re.search(r'value="mentor"[^>]*checked', form)
    assert 'value="Zo"' in form
    assert 'value="2026-12-01"' in form
    # what one may not do is no road: a student may talk and write a note
    mine = page(world.samira, f"{road}?rol=mentor")
    assert start not in mine
    assert reverse("datapoints:note") in mine


def heard(world: World, who: Person, place: int) -> dict[str, str]:
    html = page(who, address("silent", place))
    return {role: ear for ear, role in re.findall(r'<li class="ear (\w+) v-(\w+)">', html)}


def test_of_a_round_only_whole_blocks_are_heard(world: World) -> None:
    """Students and mentors are heard. Who shares a block with others is not heard apart; four read as none at all."""
    linked(world, "vragen")
    groups = small_groups(world)
    few = stopped(world, groups)
    before = heard(world, world.petra, world.root.pk)
    assert before == {
        "student": "heard",
        "mentor": "heard",
        "school_educator": "together",
        "institute_educator": "together",
        "leader": "silent",
    }
    few.round.delete()
    nobody = {key: 0 if key[0] == Role.INSTITUTE_EDUCATOR else n for key, n in groups.items()}
    stopped(world, nobody, seed="geen")
    assert heard(world, world.petra, world.root.pk)["institute_educator"] == "together"


def test_a_round_from_above_tells_a_school_what_its_own_blocks_tell_and_a_team_nothing(world: World) -> None:
    linked(world, "vragen")
    groups = small_groups(world)
    found = stopped(world, groups)
    told = told_by([found.round])[found.round.pk]

    def heard_at(place: int) -> tuple[set[str], set[str]]:
        return heard_in(told, found.round, layers[place])

    layers = world.access(world.noor).tree.layers
    asked = {Role.STUDENT, Role.MENTOR, Role.SCHOOL_EDUCATOR, Role.INSTITUTE_EDUCATOR, Role.SCHOOL_LEADER}
    # the three students of the other school share their block, so no school is told what students say
    assert heard_at(world.root.pk) == ({Role.STUDENT, Role.MENTOR}, asked)
    assert heard_at(world.school.pk) == ({Role.MENTOR}, asked)
    assert heard_at(world.team.pk) == (set(), asked)
    assert heard_at(world.institute.pk) == (set(), asked)


def test_the_page_of_silence_counts_nobody(world: World) -> None:
    linked(world, "vragen")
    stopped(world, small_groups(world))
    told = main(page(world.petra, address("silent", world.root.pk)))
    for number in ("23", "26", "31", "38", "7 "):
        assert number not in told.replace("2026–2027", "").replace("2025–2026", "").replace("2027–2028", "")


def test_what_somebody_kept_to_himself_breaks_no_silence_for_others(world: World) -> None:
    access = world.access(world.samira)
    actions.write_note(access=access, text="Alleen ik.", layer_id=None, criterion=world.criterion)
    assert heard(world, world.noor, world.team.pk)["student"] == "silent"
    assert heard(world, world.samira, world.team.pk)["student"] == "heard"


def test_who_is_asked_often_and_who_only_gives(world: World) -> None:
    for n in range(3):
        held(
            world,
            world.root,
            f"r{n}",
            roles=["mentor"],
            state=RoundState.STOPPED,
            opened_on=TODAY - timedelta(days=40 + n),
            stopped_on=TODAY - timedelta(days=30),
        )
    planned(
        world,
        world.noor,
        world.school,
        title="Nog een keer",
        roles=("mentor",),
        begins_on=TODAY + timedelta(days=5),
        ends_on=TODAY + timedelta(days=9),
    )
    told = main(page(world.noor, address("silent", world.school.pk))).replace("&#x27;", "'")
    assert "WPB's krijgen dit halfjaar 4 keer een vraag, met wat er gepland staat. De afspraak is 2." in told
    assert "WPB's gaven dit jaar iets en hoorden nog niet wat ermee gebeurde." in told
    assert "Kan het ook één keer?" in told


def test_the_year_for_a_calendar_program(world: World) -> None:
    talk = meeting(world.steering, date(2027, 2, 4))
    planned(world, world.petra, world.root, appointment=talk, note="Niet voor buiten.", owner=world.petra)
    held(world, world.root, "een", return_by=date(2026, 12, 17))
    world.samira.feed_key = "sleutel"
    world.samira.save()
    url = address("feed", world.root.pk, "sleutel")
    answer = Client().get(url)
    text = answer.content.decode()
    assert answer["Content-Type"].startswith("text/calendar")
    assert "DTSTART;VALUE=DATE:20270101" in text
    assert "DTEND;VALUE=DATE:20270201" in text
    assert "SUMMARY:Bespreken: Halverwege" in text
    assert "DTSTART;VALUE=DATE:20261217" in text
    assert "Petra" not in text
    assert "Niet voor buiten" not in text
    assert Client().get(address("feed", world.root.pk, "anders")).status_code == 404
    assert Client().get(address("feed", world.elsewhere.root_id, "sleutel")).status_code == 404
    assert Client().get(address("feed", world.institute.pk, "sleutel")).status_code == 404
    assert f"/{world.root.pk}/sleutel.ics" in page(world.samira, address("year", world.root.pk))


def test_a_year_that_is_far_away_is_this_one(world: World) -> None:
    for asked in ("1066", "x", "20266", "²026"):
        assert f"Het jaar {YEAR.name}" in page(
            world.samira, address("year", world.team.pk) + f"?jaar={asked}"
        )
    assert "Het jaar 2027–2028" in page(world.samira, address("year", world.team.pk) + "?jaar=2027")


def grow(world: World, schools: int, years: int) -> None:
    """Schools with a team and people, and for every year rounds, plans and notes."""
    for n in range(schools):
        school = organisation("school", f"School {n}", world.board)
        Membership.objects.create(
            partnership=world.partnership, person=world.willem, organisation=school,
            role=Role.SCHOOL_LEADER, valid_from=LONG_AGO,
        )  # fmt: skip
    for back in range(years):
        for n in range(4):
            day = date(2026 - back, 9, 3 + n)
            state = RoundState.STOPPED if back else RoundState.OPEN
            held(world, world.root, f"{schools}-{back}-{n}", opened_on=day, stopped_on=day, state=state)
            planned(
                world, world.petra, world.root, title=f"Plan {n}", criteria=(world.criterion,),
                begins_on=day, ends_on=day, appointment=meeting(world.steering, day),
            )  # fmt: skip


@pytest.mark.parametrize("name", ["year", "silent"])
def test_a_page_costs_the_same_however_large_the_partnership(world: World, name: str) -> None:
    linked(world, "vragen")
    stopped(world, small_groups(world))
    planned(world, world.petra, world.root)
    client = signed_in(world.petra)

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address(name, world.root.pk)).status_code == 200
        return len(asked)

    cold = cost()
    before = cost()
    assert cold <= before + 2
    grow(world, 12, 3)
    assert cost() == before <= 24


def test_every_line_knows_its_year(world: World) -> None:
    planned(world, world.petra, world.root, begins_on=date(2027, 7, 1), ends_on=date(2027, 8, 31))
    access = world.access(world.petra)
    assert len(lines(access, world.root.pk, YEAR)) == 1
    assert wish().title == "Halverwege"
