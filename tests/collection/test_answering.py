"""A sheet comes in once, in words that help when something is wrong, without account, cookie or script."""

import pytest
from django.urls import reverse

from lemniscaat.collection import sheets
from lemniscaat.collection.actions import Sent, stop_round, submit
from lemniscaat.collection.models import Invitation, Receipt, Response, Round
from lemniscaat.collection.sheets import instrument_of
from tests import cast
from tests.collection.doors import Asked, fresh_device, hidden, many_people, opened, text_of, used_links

pytestmark = [pytest.mark.django_db, pytest.mark.db]


@pytest.fixture
def asked(world: cast.World) -> Asked:
    many_people(world)
    return opened(world)


def first_scales(asked: Asked) -> list[str]:
    return [
        item.key for item in instrument_of(asked.round).items if item.kind == "scale" and not item.opened_by
    ]


def whole_page(asked: Asked, token: str) -> str:
    return text_of(fresh_device().get(reverse("answer:whole", args=[token]), {"rol": "student"}))


def test_one_page_comes_in_and_thanks(asked: Asked) -> None:
    token, key = asked.tokens()[0], first_scales(asked)[0]
    device = fresh_device()
    sheet = hidden(whole_page(asked, token))
    sent = device.post(reverse("answer:send", args=[token]), {"blad": sheet, "alles": "1", key: "o2"})
    assert (sent.status_code, sent["Location"]) == (303, reverse("answer:done", args=[token]))
    row = Response.objects.get(round=asked.round)
    assert row.answers == {key: {"v": "o2"}}
    assert used_links().count() == 1
    thanks = device.get(sent["Location"])
    assert asked.round.return_code in text_of(thanks)
    assert not device.cookies


def test_cards_carry_everything_and_going_back_keeps_it(asked: Asked) -> None:
    token, (one, two) = asked.tokens()[0], first_scales(asked)[:2]
    items = [item.key for item in instrument_of(asked.round).items]
    device = fresh_device()
    page = text_of(device.post(reverse("answer:card", args=[token, 1])))
    assert "Vraag 1 van" in page
    at = items.index(one) + 1
    page = text_of(
        device.post(
            reverse("answer:card", args=[token, at + 1]), {"blad": hidden(page), "van": at, one: "o3"}
        )
    )
    second = items.index(two) + 1
    page = text_of(
        device.post(
            reverse("answer:card", args=[token, at]), {"blad": hidden(page), "van": second, two: "o1"}
        )
    )
    assert 'value="o3" checked' in page
    page = text_of(
        device.post(reverse("answer:check", args=[token]), {"blad": hidden(page), "van": at, one: "o3"})
    )
    assert "Verstuur mijn inbreng" in page
    device.post(reverse("answer:send", args=[token]), {"blad": hidden(page)})
    assert Response.objects.get().answers == {one: {"v": "o3"}, two: {"v": "o1"}}


def test_nothing_is_stored_between_cards(asked: Asked, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    token = asked.tokens()[0]
    device = fresh_device()
    page = text_of(device.post(reverse("answer:card", args=[token, 1])))
    with django_assert_max_num_queries(2) as seen:
        device.post(reverse("answer:card", args=[token, 2]), {"blad": hidden(page), "van": 1})
    assert all(query["sql"].lstrip().startswith("SELECT") for query in seen.captured_queries)


def test_the_empty_page_costs_one_read(asked: Asked, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    token = asked.tokens()[0]
    whole_page(asked, token)
    with django_assert_num_queries(1):
        page = whole_page(asked, token)
    assert token in page
    assert "~~" not in page


def test_sent_twice_counts_once(asked: Asked) -> None:
    token, key = asked.tokens()[0], first_scales(asked)[0]
    form = {"blad": hidden(whole_page(asked, token)), "alles": "1", key: "o2"}
    answers = [fresh_device().post(reverse("answer:send", args=[token]), form) for _ in range(2)]
    assert [one.status_code for one in answers] == [303, 303]
    assert Response.objects.count() == 1


def test_a_used_link_says_so_and_keeps_what_was_typed(asked: Asked) -> None:
    token, key = asked.tokens()[0], first_scales(asked)[0]
    first, second = hidden(whole_page(asked, token)), hidden(whole_page(asked, token))
    device = fresh_device()
    device.post(reverse("answer:send", args=[token]), {"blad": first, "alles": "1", key: "o2"})
    again = device.post(reverse("answer:send", args=[token]), {"blad": second, "alles": "1", key: "o5"})
    assert "Je inbreng is al binnen" in text_of(again)
    assert "Dit had je ingevuld" in text_of(again)
    assert Response.objects.count() == 1
    assert "al binnen" in text_of(device.get(reverse("answer:start", args=[token])))


def test_an_answer_that_is_none_comes_back_with_a_sentence(asked: Asked) -> None:
    token, (one, two) = asked.tokens()[0], first_scales(asked)[:2]
    sheet = hidden(whole_page(asked, token))
    answer = fresh_device().post(
        reverse("answer:send", args=[token]), {"blad": sheet, "alles": "1", one: "nonsense", two: "o4"}
    )
    page = text_of(answer)
    assert answer.status_code == 422
    assert "Nog niet verstuurd." in page
    assert f'name="{two}" value="o4" checked' in page
    assert not Response.objects.exists()


def test_skipping_everything_is_allowed(asked: Asked) -> None:
    token = asked.tokens()[0]
    fresh_device().post(
        reverse("answer:send", args=[token]), {"blad": hidden(whole_page(asked, token)), "alles": "1"}
    )
    assert Response.objects.get().answers == {}


def test_a_sheet_that_was_meddled_with_is_not_taken(asked: Asked) -> None:
    token = asked.tokens()[0]
    sheet = hidden(whole_page(asked, token))
    broken = sheet[:-6] + ("A" if sheet[-6] != "A" else "B") + sheet[-5:]
    answer = fresh_device().post(reverse("answer:send", args=[token]), {"blad": broken, "alles": "1"})
    assert "Begin opnieuw" in text_of(answer)
    assert not Response.objects.exists()


def test_a_sheet_of_another_round_is_not_taken(asked: Asked) -> None:
    elsewhere = opened(asked.world, over_budget_because="proef")
    sheet = hidden(whole_page(elsewhere, elsewhere.tokens()[0]))
    answer = fresh_device().post(
        reverse("answer:send", args=[asked.tokens()[0]]), {"blad": sheet, "alles": "1"}
    )
    assert answer.status_code == 422
    assert not Response.objects.exists()


def test_a_stopped_round_shows_what_was_typed(asked: Asked) -> None:
    token, key = asked.tokens()[0], first_scales(asked)[0]
    sheet = hidden(whole_page(asked, token))
    stop_round(round_=asked.round)
    answer = fresh_device().post(
        reverse("answer:send", args=[token]), {"blad": sheet, "alles": "1", key: "o2"}
    )
    page = text_of(answer)
    assert answer.status_code == 410
    assert "Deze ronde is gestopt" in page
    assert "Dit had je ingevuld" in page
    assert "Eén keer" in page
    assert not Response.objects.exists()
    assert submit(round_=asked.round, answers={}, receipt="x", token=token) is Sent.STOPPED


def test_too_much_text_is_refused_in_words(asked: Asked) -> None:
    answer = fresh_device().post(reverse("answer:send", args=[asked.tokens()[0]]), {"blad": "x" * 700_000})
    assert answer.status_code == 413
    assert "Dat is te veel tekst" in text_of(answer)


def test_only_what_was_asked_is_stored_in_the_order_of_the_sheet(asked: Asked) -> None:
    keys = first_scales(asked)[:3]
    given = {key: {"v": "o1"} for key in reversed(keys)}
    assert list(sheets.only_shown(instrument_of(asked.round), given)) == keys
    with pytest.raises(ValueError, match="no answer"):
        submit(round_=asked.round, answers={keys[0]: {"v": "zzz"}}, receipt="r", token=asked.tokens()[0])


def test_stopping_wipes_what_leads_to_people(asked: Asked) -> None:
    token = asked.tokens()[0]
    submit(round_=asked.round, answers={}, receipt="r", token=token)
    before = set(Invitation.objects.values_list("token", flat=True))
    stop_round(round_=asked.round)
    assert not Receipt.objects.exists()
    assert not used_links().exists()
    assert not before & set(Invitation.objects.values_list("token", flat=True))
    assert Round.objects.get(pk=asked.round.pk).join_code == ""
    assert fresh_device().get(reverse("answer:start", args=[token])).status_code == 404


def test_another_language_halfway_keeps_what_was_given_on_cards(asked: Asked) -> None:
    device, token = fresh_device(), asked.tokens()[0]
    page = text_of(device.post(reverse("answer:card", args=[token, 1])))
    key = instrument_of(asked.round).items[0].key
    option = instrument_of(asked.round).items[0].options[1].key
    here = {"blad": hidden(page), "van": "1", "hier": "1", key: option}
    english = text_of(device.post(reverse("answer:card", args=[token, 1]) + "?taal=en", here))
    assert '<html lang="en"' in english
    assert f'name="{key}" value="{option}" checked' in english
    # and it stays so on the next card, without being asked again
    there = {**here, "blad": hidden(english)}
    onward = text_of(device.post(reverse("answer:card", args=[token, 2]), there))
    assert '<html lang="en"' in onward
    back = text_of(device.post(reverse("answer:card", args=[token, 1]), {"blad": hidden(onward), "van": "2"}))
    assert f'name="{key}" value="{option}" checked' in back
    device.post(reverse("answer:send", args=[token]), {"blad": hidden(back)})
    assert Response.objects.get().answers[key] == {"v": option}


def test_another_language_halfway_keeps_what_was_given_on_one_page(asked: Asked) -> None:
    device, token = fresh_device(), asked.tokens()[0]
    page = text_of(device.get(reverse("answer:whole", args=[token])))
    items = instrument_of(asked.round).items
    scale = next(item for item in items if item.kind == "scale")
    text = next(item for item in items if item.kind == "text")
    form = {"blad": hidden(page), "alles": "1", scale.key: scale.options[2].key, text.key: "Zij keek mee."}
    english = text_of(device.post(reverse("answer:whole", args=[token]) + "?taal=en", form))
    assert '<html lang="en"' in english
    assert f'name="{scale.key}" value="{scale.options[2].key}" checked' in english
    assert "Zij keek mee." in english
    assert not Response.objects.exists()
    device.post(reverse("answer:send", args=[token]), {**form, "blad": hidden(english)})
    assert Response.objects.get().answers[text.key] == {"v": "Zij keek mee."}
