"""A table comes in whole, with its bad lines told, or not at all."""

from datetime import date

import pytest
from django.http import Http404

from lemniscaat.base import clock
from lemniscaat.people.import_words import _sentences, line
from lemniscaat.people.importing import Preview, preview
from lemniscaat.people.intake import forget_uploads, import_people, import_upload, keep_upload
from lemniscaat.people.models import Membership, Organisation, Person, Upload
from lemniscaat.people.queries import register
from lemniscaat.people.tables import Fault, TableError
from lemniscaat.people.tree import tree_of
from tests.cast import LONG_AGO, World, organisation

pytestmark = pytest.mark.django_db
HEAD = "naam;e-mail;rol;organisatie;van;tot\n"


def look(world: World, text: str, who: Person | None = None) -> Preview:
    access = world.access(who) if who else None
    return preview(partnership=world.partnership, text=text, access=access)


def test_good_lines_come_in_and_twice_is_once(world: World) -> None:
    raw = (
        HEAD
        + "Ana;ana@debrug.example;WPB;Team onderbouw;;\nAna;ana@debrug.example;schoolopleider;het waterrad;1-8-2020;\n"
    ).encode()
    first = import_people(partnership=world.partnership, raw=raw)
    assert (first.added, first.known) == (2, 0)
    again = import_people(partnership=world.partnership, raw=raw)
    assert (again.added, again.known) == (0, 2)
    roles = [
        (e.role, e.organisation_id) for e in register(world.partnership, clock.today()) if e.name == "Ana"
    ]
    assert sorted(roles) == [("mentor", world.team.pk), ("school_educator", world.school.pk)]
    assert not Person.objects.get(email="ana@debrug.example").has_usable_password()


def test_an_end_date_that_comes_later_is_taken_over(world: World) -> None:
    text = HEAD + "Joost;joost@example.org;werkplekbegeleider;Team onderbouw;;1-8-2099\n"
    assert import_people(partnership=world.partnership, raw=text.encode()).added == 1
    assert Membership.objects.get(person=world.joost).valid_until == date(2099, 8, 1)
    assert import_people(partnership=world.partnership, raw=text.encode()).added == 0


def test_a_role_that_has_ended_does_not_come_twice(world: World) -> None:
    text = HEAD + "Oud;oud@debrug.example;student;Team onderbouw;;1-8-2021\n"
    assert [import_people(partnership=world.partnership, raw=text.encode()).added for _ in range(2)] == [1, 0]


def test_nothing_comes_in_half(world: World) -> None:
    raw = (
        HEAD + "Ana;ana@debrug.example;WPB;Team onderbouw;;\nBo;bo@debrug.example;studnet;Het Waterad;;\n"
    ).encode()
    people = Person.objects.count()
    with pytest.raises(TableError) as caught:
        import_people(partnership=world.partnership, raw=raw)
    assert [line(fault) for fault in caught.value.faults] == [
        "regel 3: De rol ‘studnet’ kennen we niet. Bedoel je ‘student’?",
        "regel 3: Een organisatie ‘Het Waterad’ kennen we niet. Bedoel je ‘Het Waterrad’?",
    ]
    assert Person.objects.count() == people
    done = import_people(partnership=world.partnership, raw=raw, skip_invalid=True)
    assert (done.added, len(done.left_out)) == (1, 2)


def test_a_role_may_have_its_own_name(world: World) -> None:
    world.partnership.role_labels = {"mentor": "Coach op school"}
    assert not look(world, HEAD + "Ana;ana@debrug.example;coach op school;Team onderbouw;;\n").faults


def test_two_places_of_one_name(world: World) -> None:
    organisation("team", "Team onderbouw", organisation("school", "De Kring", world.board))
    found = look(
        world, HEAD + "A;a@x.nl;student;Team onderbouw;;\nB;b@x.nl;student;De Kring / Team onderbouw;;\n"
    )
    assert [(f.line, f.problem) for f in found.faults] == [(2, "several places")]
    assert len(found.people) == 1


def test_a_name_of_another_partnership_is_neither_told_nor_changed(world: World) -> None:
    text = (
        HEAD
        + "Karel;charlie@example.org;student;Team onderbouw;;\nNora;noor@example.org;student;Team onderbouw;;\n"
    )
    found = look(world, text, world.petra)
    assert [(f.line, f.problem, f.suggestion) for f in found.remarks] == [(3, "other name", "Noor")]
    import_people(partnership=world.partnership, raw=text.encode())
    assert set(Person.objects.values_list("name", flat=True)) >= {"Charlie", "Noor"}


def test_who_may_add_where_and_as_what(world: World) -> None:
    world.school.code = "12AB"
    quality = Person.objects.create_user("q@example.org", "Quirine")
    Membership.objects.create(
        partnership=world.partnership,
        person=quality,
        organisation=world.school,
        role="quality",
        valid_from=LONG_AGO,
    )
    text = (
        HEAD
        + "A;a@x.nl;student;Het Waterrad;;\nB;b@x.nl;student;Pabo De Oever;;\nC;c@x.nl;beheerder;Het Waterrad;;\n"
    )
    assert [(f.line, f.problem) for f in look(world, text, quality).faults] == [
        (3, "not your place"),
        (4, "role too high"),
    ]
    assert not look(world, text, world.petra).faults
    with pytest.raises(Http404):
        keep_upload(access=world.access(world.joost), name="x.csv", raw=text.encode())


def test_organisations_parents_first_and_twice_is_once(world: World) -> None:
    raw = b"naam;soort;code;onderdeel van\nTeam midden;team;;De Kring\nDe Kring;school;34CD;Zuidwal\nZuidwal;bestuur;41234;\n"
    assert import_people(partnership=world.partnership, raw=raw).added == 3
    assert import_people(partnership=world.partnership, raw=raw).added == 0
    tree = tree_of(world.partnership, clock.today())
    team = Organisation.objects.get(name="Team midden")
    assert [tree.layers[up].name for up in tree.above(team.pk)] == ["De Kring", "Zuidwal", "De Brug"]


def test_a_school_changes_board_and_its_past_stays(world: World) -> None:
    import_people(
        partnership=world.partnership, raw=b"naam;soort;onderdeel van;vanaf\nZuidwal;bestuur;;2020-08-01\n"
    )
    raw = b"naam;soort;onderdeel van;vanaf\nHet Waterrad;school;Zuidwal;2024-08-01\n"
    # by name alone a school below another board would be another school, so the code says which one it is
    Organisation.objects.filter(pk=world.school.pk).update(code="12AB")
    raw = b"naam;soort;code;onderdeel van;vanaf\nHet Waterrad;school;12AB;Zuidwal;2024-08-01\n"
    assert import_people(partnership=world.partnership, raw=raw).added == 1
    assert import_people(partnership=world.partnership, raw=raw).added == 0
    then, now = tree_of(world.partnership, date(2023, 9, 1)), tree_of(world.partnership, date(2024, 9, 1))
    assert world.board.pk in then.above(world.school.pk)
    assert [now.layers[up].name for up in now.above(world.school.pk)] == ["Zuidwal", "De Brug"]


def test_what_organisations_can_be_wrong_in(world: World) -> None:
    text = "naam;soort;code;onderdeel van\nA;bestuur;;B\nB;bestuur;;A\nC;shcool;;Rivierland\nD;partnerschap;;\nE;school;;Rivirland\nF;team;;E\n"
    assert [(f.line, f.problem) for f in look(world, text).faults] == [
        (2, "part of itself"),
        (3, "part of itself"),
        (4, "unknown kind"),
        (5, "unknown kind"),
        (6, "unknown place"),
        (7, "unknown place"),
    ]


def test_an_upload_waits_for_its_owner_a_day_at_most(world: World) -> None:
    access = world.access(world.petra)
    old = keep_upload(
        access=access, name="a.csv", raw=(HEAD + "Ana;ana@x.nl;student;Team onderbouw;;\n").encode()
    )
    kept = keep_upload(access=access, name="b.csv", raw=old.text.encode())
    assert list(Upload.objects.all()) == [kept]
    assert import_upload(access=access, upload=kept, skip_invalid=False).added == 1
    assert not Upload.objects.exists()
    stale = keep_upload(access=access, name="c.csv", raw=b"x")
    Upload.objects.filter(pk=stale.pk).update(uploaded_on=LONG_AGO)
    assert forget_uploads() == 1


def test_every_fault_has_words() -> None:
    for problem in _sentences():
        assert "%(" not in line(Fault(3, problem, "x", "y"))
