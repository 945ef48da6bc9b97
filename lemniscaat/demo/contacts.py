"""Who to go to at each school: two who work there, their deputies, and Lotte who assesses nobody."""

from __future__ import annotations

from lemniscaat.base import clock
from lemniscaat.concerns.models import Contact
from lemniscaat.demo.crowd import Crowd
from lemniscaat.demo.places import Places, School
from lemniscaat.people.models import Person, Role


def make_contacts(*, places: Places, crowd: Crowd) -> None:
    """Names for every school, each but one with a deputy, and one outside the line of assessment for all."""
    main: list[Contact] = []
    deputies: list[Contact] = []
    for number, school in enumerate(places.schools):
        first, second, instead, instead_too = _of_school(places, crowd, school, number)
        main += [first, second]
        deputies += [instead, instead_too]
    Contact.objects.bulk_create(main)
    for deputy, of in zip(deputies, main, strict=True):
        deputy.deputy_of = of
    # the last school has nobody yet who stands in for its own educator: that is what the programme lead has to see
    Contact.objects.bulk_create(one for one in deputies if one is not deputies[-2])
    _for_all(places, crowd)


def _of_school(places: Places, crowd: Crowd, school: School, number: int) -> tuple[Contact, ...]:
    """The educator of the school and one of the institute, then who stands in for each."""
    institute = places.institutes[number % 2]
    theirs = crowd.at(institute, Role.INSTITUTE_EDUCATOR)
    turn = number // 2
    named = (
        (crowd.at(school.place, Role.SCHOOL_EDUCATOR)[0], "Schoolopleider"),
        (theirs[turn % len(theirs)], f"Opleider bij {institute.name}"),
        (crowd.at(school.place, Role.SCHOOL_LEADER)[0], "Schoolleider, vervangt de schoolopleider"),
        (theirs[(turn + 1) % len(theirs)], f"Vervangt bij {institute.name}"),
    )
    return tuple(
        _contact(places, school, person, task, phone=2000 + number * 4 + at, order=at)
        for at, (person, task) in enumerate(named)
    )


def _contact(places: Places, school: School, person: Person, task: str, *, phone: int, order: int) -> Contact:
    return Contact(
        partnership=places.partnership,
        organisation=school.place,
        person=person,
        name=person.name,
        task=task,
        phone=f"06 5550 {phone}",
        email=person.email,
        assesses=True,
        order=order,
        confirmed_on=clock.today(),
    )


def _for_all(places: Places, crowd: Crowd) -> None:
    """The confidential adviser of the partnership and her deputy; neither assesses anybody."""
    adviser = crowd.adviser
    assert adviser is not None
    lotte = Contact.objects.create(
        partnership=places.partnership,
        organisation=places.root,
        person=adviser,
        name=adviser.name,
        task="vertrouwenspersoon",
        phone="06 5550 1100",
        email=adviser.email,
        order=9,
        confirmed_on=clock.today(),
    )
    Contact.objects.create(
        partnership=places.partnership,
        organisation=places.root,
        name="Jolanda Everink",
        task="Vervangt Lotte. Jolanda werkt niet op onze scholen.",
        phone="06 5550 1101",
        email="jolanda.everink@debrug.example",
        deputy_of=lotte,
        order=10,
        confirmed_on=clock.today(),
    )
