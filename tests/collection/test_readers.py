"""Who reads open answers: somebody apart from the round; where two are asked, in the very same words."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given as over
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from lemniscaat.collection import independence, reading
from lemniscaat.collection.agreeing import verdict
from lemniscaat.collection.models import FreeText, ReadingRule, ReadingState, Release, TextReader, TextReading
from lemniscaat.datapoints.queries import texts_for
from lemniscaat.people.models import Person, Role, TrailEntry
from tests import cast
from tests.cast import World, signed_in
from tests.chance import tries
from tests.collection.released import Given, linked, stopped

pytestmark = pytest.mark.django_db
SETTING = reverse("collection:readers")


@pytest.fixture
def kim(world: World) -> Person:
    """Works on quality for the partnership."""
    return cast.person("Kim", world.partnership, (world.root, Role.QUALITY))


@pytest.fixture
def given(world: World, kim: Person) -> Given:
    linked(world, "vertel")
    return stopped(world, {(Role.STUDENT, world.school): 14})


@pytest.fixture
def twice(world: World, kim: Person) -> Given:
    """A round of which two people read the open answers."""
    independence.set_rule(access=world.access(world.petra), readers=2)
    linked(world, "vertel")
    return stopped(world, {(Role.STUDENT, world.school): 14})


def url(given: Given) -> str:
    return reverse("collection:texts", args=[given.round.pk])


def say(client: Client, given: Given, text: FreeText, words: str, do: str = "vrij") -> int:
    text.refresh_from_db()
    form = {"tekst": text.pk, "versie": text.version, "woorden": words, "doe": do}
    status = client.post(url(given), form).status_code
    text.refresh_from_db()
    return status


def page(who: Person, given: Given) -> str:
    return signed_in(who).get(url(given)).content.decode()


# --- who may


def test_who_started_it_does_not_read_while_somebody_else_can(world: World, given: Given) -> None:
    given.round.started_by = world.petra
    given.round.save()
    html = page(world.petra, given)
    assert "je startte deze ronde" in html
    assert "Kim" in html
    assert 'name="woorden"' not in html
    assert "Ik lees zelf, want" not in html
    text = FreeText.objects.all()[0]
    assert say(signed_in(world.petra), given, text, "Ja.") == 403
    reason = signed_in(world.petra).post(url(given), {"doe": "reden", "reden": "Toch."})
    assert reason.status_code == 403
    assert text.state == ReadingState.WAITING
    with pytest.raises(independence.NotIndependentError):
        reading.release_text(access=world.access(world.petra), text=text, words="ja", version=1)
    with pytest.raises(independence.NotIndependentError):
        reading.withhold_text(access=world.access(world.petra), text=text, version=1)
    with pytest.raises(independence.NotIndependentError):
        reading.open_page(access=world.access(world.petra), round_=given.round)


def test_who_sits_at_the_table_or_was_asked_is_not_independent(
    world: World, kim: Person, given: Given
) -> None:
    given.round.appointment = world.appointment
    given.round.save()
    assert independence.reader(world.access(kim), given.round).ties == ()
    world.body.people.add(kim)
    assert "Teamoverleg onderbouw" in independence.reader(world.access(kim), given.round).ties[0]
    given.round.roles = [Role.QUALITY]
    assert len(independence.reader(world.access(kim), given.round).ties) == 2


def test_who_stands_apart_sees_that_he_does(world: World, given: Given) -> None:
    assert "Je leest als onafhankelijke lezer" in page(world.petra, given)
    assert (
        "Petra leest ze en staat los van deze ronde."
        in signed_in(world.noor).get(reverse("collection:outcome", args=[given.round.pk])).content.decode()
    )


def test_where_nobody_else_exists_a_reason_that_the_group_sees(
    world: World, kim: Person, given: Given
) -> None:
    given.round.started_by = world.petra
    given.round.save()
    kim.is_active = False
    kim.save()
    client = signed_in(world.petra)
    html = client.get(url(given)).content.decode()
    assert "Ik lees zelf, want" in html
    assert 'name="woorden"' not in html
    assert client.post(url(given), {"doe": "reden", "reden": "  "}).status_code == 422
    assert client.post(url(given), {"doe": "reden", "reden": "Kim is ziek."}).status_code == 302
    assert 'name="woorden"' in client.get(url(given)).content.decode()
    outcome = signed_in(world.noor).get(reverse("collection:outcome", args=[given.round.pk]))
    assert "Kim is ziek." in outcome.content.decode()
    assert TrailEntry.objects.filter(verb="reads", noun_id=given.round.pk).count() == 1


# --- two readers


def test_two_readers_in_the_same_words(world: World, kim: Person, twice: Given) -> None:
    text = FreeText.objects.order_by("id")[0]
    assert say(signed_in(world.petra), twice, text, "Zij keek mee.") == 302
    assert (text.state, text.agreed) == (ReadingState.READ, 1)
    assert texts_for(world.access(world.noor), world.criterion) == []
    # the second reads what was written, not what the first made of it
    html = page(kim, twice)
    assert "Zij keek mee." not in html
    assert text.original in html
    assert say(signed_in(kim), twice, text, "Zij keek mee.") == 302
    assert (text.state, text.agreed) == (ReadingState.RELEASED, 2)
    assert [one.text for one in texts_for(world.access(world.noor), world.criterion)] == ["Zij keek mee."]


def test_one_reader_twice_is_one_reader(world: World, twice: Given) -> None:
    text = FreeText.objects.order_by("id")[0]
    for _again in range(3):
        say(signed_in(world.petra), twice, text, "Zij keek mee.")
    assert text.state == ReadingState.READ


def test_where_they_differ_both_see_both_and_it_stays_shut(world: World, kim: Person, twice: Given) -> None:
    text = FreeText.objects.order_by("id")[0]
    say(signed_in(world.petra), twice, text, "Zij keek mee.")
    say(signed_in(kim), twice, text, "Iemand keek mee.")
    assert text.state == ReadingState.DIFFERS
    for who in (world.petra, kim):
        html = page(who, twice)
        assert "Zij keek mee." in html
        assert "Iemand keek mee." in html
        assert "Neem deze woorden over" in html
    assert texts_for(world.access(world.noor), world.criterion) == []
    say(signed_in(world.petra), twice, text, "Iemand keek mee.")
    assert (text.state, text.text) == (ReadingState.RELEASED, "Iemand keek mee.")


def test_kept_shut_both_begin_anew(world: World, kim: Person, twice: Given) -> None:
    text = FreeText.objects.order_by("id")[0]
    say(signed_in(world.petra), twice, text, "Zij keek mee.")
    say(signed_in(kim), twice, text, "", do="sluit")
    assert (text.state, text.agreed, text.text) == (ReadingState.WITHHELD, 0, text.original)
    assert not TextReading.objects.exists()
    say(signed_in(kim), twice, text, "Zij keek mee.")
    assert text.state == ReadingState.READ


def test_of_what_was_released_one_reader_alone_changes_nothing(
    world: World, kim: Person, twice: Given
) -> None:
    text = FreeText.objects.order_by("id")[0]
    for who in (world.petra, kim):
        say(signed_in(who), twice, text, "Zij keek mee.")
    say(signed_in(kim), twice, text, "Petra keek mee.")
    assert text.state == ReadingState.DIFFERS
    assert texts_for(world.access(world.noor), world.criterion) == []


def test_a_tied_reader_helps_only_where_two_others_lack(world: World, kim: Person, twice: Given) -> None:
    twice.round.started_by = kim
    twice.round.save()
    assert independence.reader(world.access(kim), twice.round).in_place_of_nobody
    cast.person("Lou", world.partnership, (world.root, Role.QUALITY))
    assert not independence.reader(world.access(kim), twice.round).in_place_of_nobody


# --- the setting


def test_the_setting_is_for_who_reads_and_holds_from_the_next_stop(world: World, given: Given) -> None:
    for who in (world.noor, world.samira, world.stef, world.charlie, world.dirk):
        assert signed_in(who).get(SETTING).status_code == 404, who
        assert signed_in(who).post(SETTING, {"lezers": "2"}).status_code == 404
    client = signed_in(world.petra)
    assert (
        "Kim, Petra" in client.get(SETTING).content.decode()
        or "Petra, Kim" in client.get(SETTING).content.decode()
    )
    assert client.post(SETTING, {"lezers": "0"}).status_code == 422
    assert client.post(SETTING, {"lezers": "2"}).status_code == 302
    assert ReadingRule.objects.get().readers == 2
    assert TrailEntry.objects.filter(verb="readers").exists()
    # this round stopped before: its texts ask one reader, as they did
    text = FreeText.objects.order_by("id")[0]
    say(client, given, text, "Ja.")
    assert text.state == ReadingState.RELEASED
    later = stopped(world, {(Role.STUDENT, world.school): 12}, seed="later")
    assert Release.objects.get(round=later.round).readers == 2


def test_the_database_itself_refuses_a_text_that_too_few_let_go(world: World, twice: Given) -> None:
    text = FreeText.objects.order_by("id")[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        FreeText.objects.filter(pk=text.pk).update(state=ReadingState.RELEASED, agreed=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        FreeText.objects.filter(pk=text.pk).update(state=ReadingState.WAITING, agreed=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReadingRule.objects.update(readers=3)


# --- any order


@over(
    st.dictionaries(st.integers(0, 4), st.sampled_from("abc"), max_size=5),
    st.sampled_from("abc"),
    st.sampled_from([1, 2]),
)
def test_a_verdict_never_counts_other_words(readings: dict[int, str], latest: str, needed: int) -> None:
    found = verdict(readings, latest, needed=needed)
    same = sum(words == latest for words in readings.values())
    assert (found.state == "released") == (same >= needed)
    assert found.agreed == same


STEP = st.tuples(
    st.sampled_from(["petra", "kim", "lou"]),
    st.sampled_from(["vrij", "sluit"]),
    st.sampled_from(["A.", "B."]),
)


class TestAnyOrder(TestCase):
    """Whatever three readers do in whatever order, a text is open only in words that two of them let go."""

    @settings(max_examples=tries(8, 25), deadline=None)
    @over(st.lists(STEP, max_size=8))
    def test_no_order_releases_what_too_few_released(self, steps: list[tuple[str, str, str]]) -> None:
        world = cast.build()
        people = {"petra": world.petra}
        for name in ("kim", "lou"):
            people[name] = cast.person(name, world.partnership, (world.root, Role.QUALITY))
        independence.set_rule(access=world.access(world.petra), readers=2)
        given = stopped(world, {(Role.STUDENT, world.school): 10})
        text = FreeText.objects.order_by("id")[0]
        said: dict[str, str] = {}
        for who, do, words in steps:
            access, version = world.access(people[who]), FreeText.objects.get(pk=text.pk).version
            if do == "sluit":
                reading.withhold_text(access=access, text=text, version=version)
                said.clear()
            else:
                reading.release_text(access=access, text=text, words=words, version=version)
                said[who] = words
            now = FreeText.objects.get(pk=text.pk)
            if now.state == ReadingState.RELEASED:
                assert sum(one == now.text for one in said.values()) >= 2
            else:
                assert list(said.values()).count(words) < 2 or do == "sluit"
        assert given.round.pk
        assert TextReader.objects.count() == 0
