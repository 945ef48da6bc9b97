"""The one table: what it gives, what it never gives, and that every right can be said in Dutch."""

import pytest

from lemniscaat.people import told
from lemniscaat.people.models import FAMILY, Role
from lemniscaat.people.policy import POLICY, Noun, Reach, Verb, verbs

TALK = (Noun.NOTE, Noun.MEETING, Noun.MEANING, Noun.AGREEMENT)


def test_every_role_has_a_row_and_a_family() -> None:
    assert set(POLICY) == set(Role) == set(FAMILY)
    assert all(set(row) == set(Reach) for row in POLICY.values())


@pytest.mark.parametrize(
    ("role", "reach", "noun", "expected"),
    [
        (Role.STUDENT, Reach.OWN, Noun.MEETING, {Verb.SEE, Verb.DO}),
        (Role.STUDENT, Reach.OWN, Noun.AGREEMENT, {Verb.SEE, Verb.DO}),
        (Role.STUDENT, Reach.OWN, Noun.ROUND, set()),
        (Role.STUDENT, Reach.OWN, Noun.TEXT, set()),
        (Role.STUDENT, Reach.ABOVE, Noun.MEANING, {Verb.SEE}),
        (Role.STUDENT, Reach.ABOVE, Noun.SHARED, set()),
        (Role.MENTOR, Reach.OWN, Noun.NOTE, {Verb.SEE, Verb.DO, Verb.SHARE}),
        (Role.SCHOOL_EDUCATOR, Reach.OWN, Noun.MEANING, {Verb.SEE, Verb.DO, Verb.SHARE}),
        (Role.SCHOOL_EDUCATOR, Reach.OWN, Noun.ROUND, {Verb.SEE, Verb.DO}),
        (Role.SCHOOL_EDUCATOR, Reach.BELOW, Noun.NOTE, set()),
        (Role.INSTITUTE_EDUCATOR, Reach.BELOW, Noun.OUTCOME, set()),
        (Role.SCHOOL_LEADER, Reach.BELOW, Noun.OUTCOME, {Verb.SEE}),
        (Role.STEERING, Reach.OWN, Noun.SHARED, {Verb.SEE, Verb.DO}),
        (Role.BOARD_MEMBER, Reach.BELOW, Noun.PEOPLE, set()),
        (Role.PROGRAMME_LEAD, Reach.BELOW, Noun.PEOPLE, {Verb.SEE, Verb.DO}),
        (Role.PROGRAMME_LEAD, Reach.OWN, Noun.TEXT, {Verb.SEE, Verb.DO}),
        (Role.ADMIN, Reach.OWN, Noun.OUTCOME, set()),
        (Role.ADMIN, Reach.BELOW, Noun.PEOPLE, {Verb.SEE, Verb.DO}),
    ],
)
def test_examples(role: Role, reach: Reach, noun: Noun, expected: set[Verb]) -> None:
    assert verbs(role, reach, noun) == expected


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("noun", TALK)
def test_nobody_sees_a_talk_of_a_lower_layer(role: Role, noun: Noun) -> None:
    """Only who leads the talks in the teams of a school is in them; his notes stay closed even so."""
    leads = role is Role.SCHOOL_EDUCATOR and noun is not Noun.NOTE
    assert bool(verbs(role, Reach.BELOW, noun)) is leads


@pytest.mark.parametrize("role", [Role.BOARD_MEMBER, Role.STEERING, Role.SCHOOL_LEADER])
def test_who_stands_above_gets_releases_and_no_more(role: Role) -> None:
    below = {noun for noun in Noun if verbs(role, Reach.BELOW, noun)}
    assert below == {Noun.OUTCOME, Noun.VISION, Noun.CONCERNS}
    assert all(verbs(role, Reach.BELOW, noun) == {Verb.SEE} for noun in below)


@pytest.mark.parametrize("role", Role)
def test_who_does_or_shares_also_sees(role: Role) -> None:
    for reach in Reach:
        for noun in Noun:
            given = verbs(role, reach, noun)
            assert not given or Verb.SEE in given, (reach, noun)


@pytest.mark.parametrize("role", Role)
def test_upward_and_downward_nobody_shares_for_another(role: Role) -> None:
    above = [noun for noun in Noun if verbs(role, Reach.ABOVE, noun) - {Verb.SEE}]
    assert above == []
    shares = {noun for noun in Noun if Verb.SHARE in verbs(role, Reach.BELOW, noun)}
    assert shares <= ({Noun.MEANING, Noun.AGREEMENT} if role is Role.SCHOOL_EDUCATOR else set())


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMIN])
def test_a_worry_always_leads_to_names(role: Role) -> None:
    assert Verb.SEE in verbs(role, Reach.OWN, Noun.CONCERNS)
    assert Verb.SEE in verbs(role, Reach.ABOVE, Noun.CONCERNS)


@pytest.mark.parametrize("noun", Noun)
@pytest.mark.parametrize("verb", Verb)
def test_every_right_has_its_own_words(noun: Noun, verb: Verb) -> None:
    words = str(told.WORDS[noun, verb])
    assert words
    assert [str(w) for w in told.WORDS.values()].count(words) == 1


def test_the_page_tells_the_whole_table_and_nothing_else() -> None:
    stories = told.stories()
    assert sorted(name for story in stories for name in story.roles) == sorted(str(r.label) for r in Role)
    for role in Role:
        story = next(s for s in stories if str(role.label) in s.roles)
        for part in story.parts:
            expected = [
                str(told.WORDS[noun, verb])
                for noun in Noun
                for verb in verbs(role, part.reach, noun)
                if not (verb is Verb.SEE and Verb.DO in verbs(role, part.reach, noun))
            ]
            assert sorted(part.may) == sorted(expected)
            for words in part.closed:
                noun = next(n for (n, v), w in told.WORDS.items() if str(w) == words and v is Verb.SEE)
                assert not verbs(role, part.reach, noun)


def test_my_role_comes_first_and_in_the_words_of_the_partnership() -> None:
    stories = told.stories({"mentor"}, {"mentor": "WPB"})
    assert stories[0].mine
    assert "WPB" in stories[0].roles
    assert not any(story.mine for story in stories[1:])
