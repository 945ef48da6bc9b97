"""The named people of the tests, in one small partnership, and an outsider in another.

De Brug: board Rivierland > school Het Waterrad > team Onderbouw; institute Pabo De Oever.
De Overkant: another partnership, where Charlie works; Dirk has no role anywhere.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.test import Client

from lemniscaat.base import clock
from lemniscaat.people.access import Access, access_of
from lemniscaat.people.models import (
    Appointment,
    Body,
    Membership,
    Organisation,
    OrganisationLink,
    Partnership,
    Person,
    Role,
)
from lemniscaat.vision.models import Criterion, Period, VisionPoint

LONG_AGO = date(2020, 8, 1)


@dataclass
class World:
    """Everything a test may want by name."""

    partnership: Partnership
    elsewhere: Partnership
    root: Organisation
    board: Organisation
    school: Organisation
    team: Organisation
    institute: Organisation
    body: Body
    steering: Body
    appointment: Appointment
    later: Appointment
    period: Period
    point: VisionPoint
    criterion: Criterion
    noor: Person  # school-based educator of Het Waterrad and its team
    joost: Person  # mentor in the team
    samira: Person  # student in the team
    hans: Person  # institute-based educator
    willem: Person  # school leader
    petra: Person  # programme lead
    stef: Person  # steering group
    bea: Person  # board member
    ad: Person  # administrator
    charlie: Person  # outsider: same role as Noor, in another partnership
    dirk: Person  # no role anywhere

    def access(self, person: Person) -> Access:
        """The access of somebody of De Brug."""
        found = access_of(person, self.partnership)
        assert found is not None
        return found


def organisation(kind: str, name: str, parent: Organisation | None = None) -> Organisation:
    made = Organisation.objects.create(kind=kind, name=name, valid_from=LONG_AGO)
    if parent:
        OrganisationLink.objects.create(child=made, parent=parent, valid_from=LONG_AGO)
    return made


def partnership(name: str, slug: str) -> Partnership:
    return Partnership.objects.create(name=name, slug=slug, root=organisation("partnership", name))


def person(name: str, where: Partnership | None = None, *places: tuple[Organisation, str]) -> Person:
    made = Person.objects.create_user(f"{name.lower().replace(' ', '.')}@example.org", name)
    for place, role in places:
        Membership.objects.create(
            partnership=where, person=made, organisation=place, role=role, valid_from=LONG_AGO
        )
    return made


def signed_in(who: Person) -> Client:
    """A test client that is signed in as somebody."""
    client = Client()
    client.force_login(who, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def build() -> World:
    """Make the world; about fifty rows."""
    brug = partnership("De Brug", "de-brug")
    overkant = partnership("De Overkant", "de-overkant")
    board = organisation("board", "Rivierland", brug.root)
    school = organisation("school", "Het Waterrad", board)
    team = organisation("team", "Team onderbouw", school)
    institute = organisation("institute", "Pabo De Oever", brug.root)
    other_school = organisation("school", "De Zandplaat", overkant.root)
    today = clock.today()
    start = date(today.year if today.month >= 8 else today.year - 1, 8, 1)
    period = Period.objects.create(
        partnership=brug,
        name=f"{start.year}–{start.year + 1}",
        starts_on=start,
        ends_on=date(start.year + 1, 7, 31),
    )
    point = VisionPoint.objects.create(
        partnership=brug,
        organisation=brug.root,
        title="Veilig om te proberen",
        what="Een student mag iets proberen dat mislukt, en leert er zichtbaar van.",
        how="We komen bij elkaar kijken. De begeleider vraagt het als eerste.",
    )
    criterion = Criterion.objects.create(
        partnership=brug,
        organisation=brug.root,
        point=point,
        sentence="In de eerste drie weken komt iemand bij elke student kijken.",
        good="de student vraagt zelf",
        good_enough="één bezoek over en weer",
        not_yet="alleen als het moet",
    )
    noor = person("Noor", brug, (school, Role.SCHOOL_EDUCATOR), (team, Role.SCHOOL_EDUCATOR))
    joost = person("Joost", brug, (team, Role.MENTOR))
    samira = person("Samira", brug, (team, Role.STUDENT))
    stef = person("Stef", brug, (brug.root, Role.STEERING))
    body = Body.objects.create(partnership=brug, organisation=team, name="Teamoverleg onderbouw")
    body.people.set([noor, joost, samira])
    steering = Body.objects.create(partnership=brug, organisation=brug.root, name="Stuurgroep")
    steering.people.set([stef])
    moment = datetime.combine(today, datetime.min.time(), tzinfo=UTC) + timedelta(hours=14, minutes=45)
    return World(
        partnership=brug,
        elsewhere=overkant,
        root=brug.root,
        board=board,
        school=school,
        team=team,
        institute=institute,
        body=body,
        steering=steering,
        appointment=Appointment.objects.create(body=body, starts_at=moment + timedelta(days=4)),
        later=Appointment.objects.create(body=body, starts_at=moment + timedelta(days=60)),
        period=period,
        point=point,
        criterion=criterion,
        noor=noor,
        joost=joost,
        samira=samira,
        hans=person("Hans", brug, (institute, Role.INSTITUTE_EDUCATOR)),
        willem=person("Willem", brug, (school, Role.SCHOOL_LEADER)),
        petra=person("Petra", brug, (brug.root, Role.PROGRAMME_LEAD)),
        stef=stef,
        bea=person("Bea", brug, (board, Role.BOARD_MEMBER)),
        ad=person("Ad", brug, (brug.root, Role.ADMIN)),
        charlie=person("Charlie", overkant, (other_school, Role.SCHOOL_EDUCATOR)),
        dirk=person("Dirk"),
    )
