"""Decision moments: only what may count does, a reason where something is missing, and what it rested on is kept."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from django.http import Http404
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lemniscaat.accountability.compose import gather
from lemniscaat.agenda import queries
from lemniscaat.agenda.actions import ReasonNeededError, agree
from lemniscaat.agenda.decisions.deciding import Ruling, decide
from lemniscaat.agenda.decisions.frozen import RestedOn
from lemniscaat.agenda.decisions.knowing import here
from lemniscaat.agenda.decisions.remembered import Remembered, forget_taken_back, remembered
from lemniscaat.agenda.decisions.richness import Need, Richness, Size
from lemniscaat.agenda.models import Agreement, Decision, DecisionGround
from lemniscaat.base import clock
from lemniscaat.datapoints import actions, permitting, reporting
from lemniscaat.datapoints.models import DataPoint
from lemniscaat.datapoints.reporting import Hanging, Wording
from lemniscaat.figures import by_hand
from lemniscaat.interpretation.actions import revise_meaning, write_meaning
from lemniscaat.people import actions as people
from lemniscaat.people.models import Organisation, Person, Role, TrailEntry
from tests.accountability.stage import a_round
from tests.cast import World, signed_in

pytestmark = pytest.mark.django_db
RULING = Ruling("small", "sustain", "We blijven in week 3 kijken.", because="het loopt al")


def note(world: World, who: Person, text: str = "Zij keek mee.", use: str = "decide") -> DataPoint:
    access = world.access(who)
    made = actions.write_note(access=access, text=text, layer_id=world.team.pk, criterion=world.criterion)
    return made if use == "learn" else permitting.widen(access=access, data_point=made, to=use)


def report(world: World, text: str = "Zij keken.", voice: str = Role.STUDENT) -> DataPoint:
    return reporting.keep_report(
        access=world.access(world.noor),
        sort="report",
        wording=Wording("Kring", [("vertelden", text)], [voice], clock.today(), voice),
        hanging=Hanging(world.team.pk, world.criterion, None, "decide"),
    )


def rich(world: World, who: Person, size: Size = Size.SMALL, at: Organisation | None = None) -> Richness:
    access = world.access(who)
    layer = access.tree.layers[(at or world.team).pk]
    return here(access, layer, world.criterion).weighed(size)


def decided(world: World, ruling: Ruling = RULING, who: Person | None = None, key: str = "") -> Decision:
    access = world.access(who or world.noor)
    return decide(
        access=access,
        layer=access.tree.layers[world.team.pk],
        criterion=world.criterion,
        ruling=ruling,
        form_key=key,
    )


def read(world: World, row: Decision, who: Person) -> Remembered:
    return remembered(world.access(who), Decision.objects.get(pk=row.pk))


def test_only_what_was_given_to_decide_with_counts(world: World) -> None:
    note(world, world.samira, use="learn")
    assert rich(world, world.noor).sources == 0
    note(world, world.samira)
    found = rich(world, world.noor)
    assert found.needs == (Need.SECOND, Need.MORE)
    report(world)
    assert rich(world, world.noor).enough


def test_what_i_may_not_see_does_not_count(world: World) -> None:
    note(world, world.samira)
    report(world)
    assert rich(world, world.willem, at=world.school).sources == 0, "a leader reads no notes of a team"
    access = world.access(world.noor)
    mine = actions.write_note(access=access, text="Voor mij.", layer_id=None, criterion=world.criterion)
    permitting.widen(access=access, data_point=mine, to="decide")
    assert rich(world, world.noor).sources == 2, "what one keeps to oneself is no ground for others"


def test_a_released_round_counts_as_far_as_it_was_given(world: World) -> None:
    row = a_round(world)
    row.criterion = world.criterion
    row.permitted_use = "decide"
    row.save()
    found = rich(world, world.petra, at=world.root)
    assert found.kinds == {"hard"}
    assert found.sources == 1
    access = world.access(world.petra)
    layer = access.tree.layers[world.root.pk]
    made = decide(access=access, layer=layer, criterion=world.criterion, ruling=RULING)
    line = read(world, made, world.petra).lines[0]
    assert row.title in line.said
    row.permitted_use = "learn"
    row.save()
    assert rich(world, world.petra, at=world.root).sources == 0


def test_something_missing_asks_for_a_reason(world: World) -> None:
    with pytest.raises(ReasonNeededError):
        decided(world, Ruling("small", "adjust", "Iets anders."))
    made = decided(world)
    assert RestedOn.read(made.rested_on).lacking[0] == Need.SECOND
    note(world, world.samira)
    report(world)
    assert decided(world, Ruling("small", "adjust", "Nu wel.")).because == ""
    assert TrailEntry.objects.filter(noun="decision", verb="decided").count() == 2


def test_the_same_form_is_one_decision(world: World) -> None:
    assert decided(world, key="k").pk == decided(world, key="k").pk
    assert decided(world, who=world.joost, key="j").pk != decided(world, who=world.noor, key="n").pk


def test_it_marks_what_it_rests_on_and_nothing_else(world: World) -> None:
    first, second, learn = note(world, world.samira), report(world), note(world, world.joost, use="learn")
    decided(world)
    for row, marked in ((first, True), (second, True), (learn, False)):
        row.refresh_from_db()
        assert (row.decided_on is not None) == marked
    with pytest.raises(permitting.DecisionRestsError):
        permitting.narrow(access=world.access(world.samira), data_point=first, to="learn")
    assert list(queries.decisions_on(world.access(world.joost), first)) == list(Decision.objects.all())


def test_words_taken_back_go_and_the_line_stays(world: World) -> None:
    written = note(world, world.samira, "Ik durfde het niet te vragen.")
    report(world, "Ze bellen elkaar.")
    made = decided(world)
    before = made.rested_on
    assert "Ik durfde" not in str(before), "what somebody wrote stands beside what is frozen"
    lines = {line.said: line for line in read(world, made, world.joost).lines}
    assert any("Ik durfde het niet te vragen." in line.words for line in lines.values())
    actions.withdraw(access=world.access(world.samira), data_point=written)
    gone = next(line for line in read(world, made, world.joost).lines if line.gone)
    assert (gone.said, gone.words, gone.gone) == ("Een geeltje", "", "later teruggenomen")
    assert forget_taken_back() == 1
    assert not DecisionGround.objects.filter(words__contains="durfde").exists()
    made.refresh_from_db()
    assert made.rested_on == before


def test_a_figure_that_went_keeps_its_words(world: World) -> None:
    row = by_hand.record_figure(
        access=world.access(world.noor),
        layer_id=world.team.pk,
        criterion=world.criterion,
        indicator=by_hand.indicator(
            partnership=world.partnership,
            name="Bezocht",
            definition="wie bezoek kreeg",
            source="r",
            owner="P",
        ),
        title="Bezoek in week 3",
        part=14,
        whole=23,
    )
    permitting.widen(access=world.access(world.noor), data_point=row, to="decide")
    made = decided(world)
    line = read(world, made, world.joost).lines[0]
    assert "14 van de 23" in line.words
    assert not line.gone
    row.delete()
    line = read(world, made, world.joost).lines[0]
    assert "14 van de 23" in line.words
    assert line.gone == "later teruggenomen"


def test_a_meaning_stays_in_the_words_it_had_and_a_share_until_it_is_taken_back(world: World) -> None:
    noor = world.access(world.noor)
    own = write_meaning(
        access=noor,
        layer_id=world.team.pk,
        criterion=world.criterion,
        text="Zij wachten.",
        dissent="Ik niet.",
    )
    theirs = write_meaning(
        access=world.access(world.petra), layer_id=world.root.pk, criterion=world.criterion, text="Overal zo."
    )
    shared = people.share(
        access=world.access(world.petra),
        noun="interpretation",
        noun_id=theirs.pk,
        title="t",
        text=theirs.text,
        dissent="",
        source_id=world.root.pk,
        target_id=world.team.pk,
    )
    made = decided(world)
    kept = RestedOn.read(made.rested_on)
    assert [one.text for one in kept.meanings] == ["Zij wachten.", "Overal zo."]
    assert kept.meanings[0].dissent == ("Ik niet.",)
    revise_meaning(access=noor, row=own, text="Anders.", dissent="", version=1)
    assert read(world, made, world.joost).meanings[1].text == "Overal zo."
    people.revoke_share(access=world.access(world.petra), share=shared)
    told = read(world, made, world.joost).meanings
    assert [(one.text, one.gone) for one in told] == [
        ("Zij wachten.", "later herschreven"),
        ("", "later teruggenomen"),
    ]


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(deeds=st.lists(st.integers(0, 4), max_size=5))
def test_whatever_happens_what_is_frozen_never_changes(world: World, deeds: list[int]) -> None:
    DataPoint.objects.all().delete()
    first, second = note(world, world.samira), report(world)
    meaning = write_meaning(
        access=world.access(world.noor), layer_id=world.team.pk, criterion=world.criterion, text="Zo is het."
    )
    made = decided(world)
    before = Decision.objects.values_list("rested_on", flat=True).get(pk=made.pk)
    samira, noor = world.access(world.samira), world.access(world.noor)
    can: list[Callable[[], object]] = [
        lambda: actions.withdraw(access=samira, data_point=first),
        lambda: actions.withdraw(access=noor, data_point=second),
        lambda: meaning.delete(),
        lambda: permitting.narrow(access=samira, data_point=first, to="learn"),
        forget_taken_back,
    ]
    for deed in deeds:
        with suppress(Http404, permitting.DecisionRestsError, ValueError):
            can[deed]()
    assert Decision.objects.values_list("rested_on", flat=True).get(pk=made.pk) == before
    assert len(read(world, made, world.joost).lines) == 2
    made.delete()


def test_the_page_says_what_is_missing_and_where_to_find_it(world: World) -> None:
    learn = note(world, world.samira, use="learn")
    page = f"/agenda/lat/{world.criterion.pk}/besluit/?laag={world.team.pk}"
    html = signed_in(world.noor).get(page).content.decode()
    assert "is er nog niets wat mag meetellen" in html
    assert f"/weten/{learn.pk}/" in html
    assert "Vraag het aan wie het gaf" in html
    assert f"/weten/lat/{world.criterion.pk}/gesprek/" in html
    html = signed_in(world.samira).get(page).content.decode()
    assert "Van jou: laat het voor meer dienen" in html


def test_a_round_that_runs_is_waited_for(world: World) -> None:
    from lemniscaat.collection.models import Round, RoundState

    row = a_round(world)
    row.criterion, row.roles = world.criterion, ["student"]
    row.state, row.stopped_on, row.stops_on = RoundState.OPEN, None, clock.today()
    row.save()
    assert Round.objects.get().state == RoundState.OPEN
    page = f"/agenda/lat/{world.criterion.pk}/besluit/?laag={world.team.pk}"
    html = signed_in(world.noor).get(page).content.decode()
    assert f"Wacht op ‘{row.title}’" in html


def test_deciding_on_the_page_and_what_follows(world: World) -> None:
    client = signed_in(world.joost)
    page = f"/agenda/lat/{world.criterion.pk}/besluit/?laag={world.team.pk}&omvang=year"
    given = {"size": "year", "form_key": "f", "course": "sustain", "text": "We houden het bezoek."}
    answer = client.post(page, given)
    assert answer.status_code == 422
    assert "We houden het bezoek." in answer.content.decode()
    assert not Decision.objects.exists()
    given["because"] = "het rooster moet vandaag rond"
    for _ in range(2):
        assert client.post(page, given).status_code == 302
    row = Decision.objects.get()
    html = client.get(f"/agenda/besluit/{row.pk}/").content.decode()
    assert "het rooster moet vandaag rond" in html
    new = f"/afspraak/laag/{world.team.pk}/nieuw/?besluit={row.pk}"
    assert "We houden het bezoek." in client.get(new).content.decode()
    words = {"course": "sustain", "sentence": "s", "owner_text": "o", "notice": "n"}
    client.post(new, {**words, "returns_at": world.later.pk})
    made = Agreement.objects.get()
    assert (made.decision, made.criterion) == (row, world.criterion)
    assert list(queries.following(world.access(world.joost), row)) == [made]
    fragment = client.get(f"/afspraak/lat/{world.criterion.pk}/", headers={"HX-Request": "true"})
    assert "We houden het bezoek." in fragment.content.decode()


def test_a_point_may_begin_from_it(world: World) -> None:
    row = decided(world)
    client = signed_in(world.joost)
    assert "op de ontwikkelagenda" in client.get(f"/agenda/besluit/{row.pk}/").content.decode()
    html = client.get(f"/agenda/laag/{world.team.pk}/nieuw/?besluit={row.pk}").content.decode()
    assert html.count("We blijven in week 3 kijken.") > 1
    assert client.get(f"/agenda/laag/{world.team.pk}/nieuw/?besluit={row.pk + 1}").status_code == 404


def test_it_stands_in_the_account_with_what_it_rests_on(world: World) -> None:
    note(world, world.samira)
    row = decided(world)
    agree(
        access=world.access(world.noor),
        layer_id=world.team.pk,
        criterion=world.criterion,
        course="sustain",
        sentence="s",
        owner_text="o",
        notice="n",
        returns_at=world.later,
        decision=row,
    )
    content = gather(world.partnership, world.team.pk, world.period)
    told = [one for section in content["sections"] for one in section["sentences"]]
    found = next(one for one in told if one["noun"] == "decision")
    assert "We blijven in week 3 kijken." in found["text"]
    assert "studenten" in found["text"]
    assert found["url"] == f"/agenda/besluit/{row.pk}/"


def test_outsiders(world: World) -> None:
    row = decided(world)
    moment = f"/agenda/lat/{world.criterion.pk}/besluit/?laag={world.team.pk}"
    for outsider in (world.charlie, world.hans, world.bea, world.stef):
        client = signed_in(outsider)
        assert client.get(moment).status_code == 404
        assert client.post(moment, {"text": "x"}).status_code == 404
        assert client.get(f"/agenda/besluit/{row.pk}/").status_code == 404
    with pytest.raises(Http404):
        decided(world, who=world.bea)


def test_the_pages_ask_little_of_the_database(world: World, django_assert_max_num_queries: object) -> None:
    for n in range(3):
        note(world, world.samira, f"Geeltje {n}")
        report(world, f"Verslag {n}")
    made = decided(world)
    client = signed_in(world.joost)
    page = f"/agenda/lat/{world.criterion.pk}/besluit/?laag={world.team.pk}"
    client.get(page)
    with django_assert_max_num_queries(75):  # type: ignore[operator]
        client.get(page)
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        client.get(f"/agenda/besluit/{made.pk}/")
