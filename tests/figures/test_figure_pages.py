"""The wizard and the pages of figures: the whole road by form, who comes in, and what nobody reads."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lemniscaat.datapoints.models import DataPoint, Figure, FigureImport, Indicator
from lemniscaat.figures.intake import take_in
from lemniscaat.figures.waiting import Meaning, Told, file_of, keep_file, may_bring, save
from lemniscaat.people.models import Organisation, Person, Role, Upload
from tests.cast import World, organisation, person, signed_in
from tests.figures.workbooks import workbook

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ROWS = "school;schooljaar;gestart;gestopt\nHet Waterrad;2025-2026;23;3\nDe Linde;2025-2026;14;1\n"


def at(name: str, *args: object) -> str:
    return reverse(f"figures:{name}", args=args)


@pytest.fixture
def linde(world: World) -> Organisation:
    return organisation("school", "De Linde", world.board)


def choose(client: Client, raw: bytes, name: str = "uitstroom.csv") -> HttpResponse:
    response = client.post(at("choose"), {"file": SimpleUploadedFile(name, raw)})
    assert isinstance(response, HttpResponse)
    return response


def standing(html: str) -> dict[str, str]:
    """What a form would send as it stands."""
    form = html.split("<main", 1)[1]
    found = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', form))
    found |= dict(re.findall(r'<textarea name="([^"]+)"[^>]*>\s*([^<]*)</textarea>', form))
    for name, body in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)"[^>]*selected', body) or re.search(
            r'value="([^"]*)"', body
        )
        found[name] = chosen[1] if chosen else ""
    return found


def page(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, url
    return str(response.content.decode())


def wizard(client: Client, raw: bytes, name: str = "uitstroom.csv") -> int:
    """From the file to the preview; returns the number of the file."""
    url = choose(client, raw, name)["Location"]
    pk = int(re.findall(r"\d+", url)[0])
    answer = client.post(url, standing(page(client, url)))
    assert answer.status_code == 302, answer.content.decode()
    about = standing(page(client, at("about", pk)))
    definitions = {name: "Wie stopte." for name in about if name.endswith("definition") and not about[name]}
    answer = client.post(at("about", pk), about | definitions | {"source": "administratie", "owner": "Petra"})
    assert answer["Location"] == at("preview", pk), answer.content.decode()
    return pk


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_whole_road_from_file_to_line(world: World, linde: Organisation, kind: str) -> None:
    client = signed_in(world.petra)
    rows = [line.split(";") for line in ROWS.strip().split("\n")]
    cells = [rows[0], *([row[0], row[1], int(row[2]), int(row[3])] for row in rows[1:])]
    raw = ROWS.encode() if kind == "csv" else workbook({"Toelichting": [["Lees mij"]], "Cijfers": cells})
    pk = wizard(client, raw, f"x.{kind}")
    html = page(client, at("preview", pk))
    assert "2 nieuwe cijfers." in html
    assert not Figure.objects.exists()
    key = standing(html)["form_key"]
    for _ in range(2):
        answer = client.post(at("yes", pk), {"form_key": key})
        assert answer["Location"] == at("import", FigureImport.objects.get().pk)
    assert Figure.objects.count() == 2
    assert not Upload.objects.exists()
    indicator = Indicator.objects.get()
    assert indicator.name == "Gestopt met de opleiding"
    html = page(signed_in(world.noor), at("indicator", indicator.pk))
    assert "3 van de 23 studenten" in html
    assert "Linde" not in html


def test_a_misspelled_school_is_explained_and_remembered(world: World, linde: Organisation) -> None:
    client = signed_in(world.petra)
    pk = wizard(client, ROWS.replace("De Linde", "Lindeschool").encode())
    html = page(client, at("preview", pk))
    assert "‘Lindeschool’ kennen we niet." in html
    client.post(at("preview", pk), {"unknown": 1, "word0": "Lindeschool", "layer0": linde.pk})
    html = page(client, at("preview", pk))
    assert "2 nieuwe cijfers." in html
    assert f'<option value="{linde.pk}" selected>' in html
    client.post(at("yes", pk), {"form_key": "a"})
    again = wizard(client, ROWS.replace("De Linde", "Lindeschool").encode())
    assert "2 staan er al zo." in page(client, at("preview", again))
    answer = client.post(at("yes", again), {"form_key": "b"}, follow=True)
    assert "Alles stond er al." in answer.content.decode()


def test_a_wrong_row_stops_it_until_it_is_left_out(world: World) -> None:
    client = signed_in(world.petra)
    pk = wizard(client, ROWS.encode())
    client.post(at("yes", pk), {"form_key": "a"})
    assert not Figure.objects.exists()
    client.post(at("yes", pk), {"form_key": "a", "skip": "1"})
    assert Figure.objects.count() == 1


def test_nothing_typed_is_lost_and_going_back_keeps_it(world: World, linde: Organisation) -> None:
    client = signed_in(world.petra)
    pk = wizard(client, ROWS.encode())
    about = standing(page(client, at("about", pk)))
    assert about["source"] == "administratie"
    answer = client.post(at("about", pk), about | {"owner": "", "source": "telling van oktober"})
    assert answer.status_code == 422
    assert "telling van oktober" in answer.content.decode()
    columns = standing(page(client, at("columns", pk)))
    answer = client.post(at("columns", pk), columns | {"holds3": "place"})
    assert answer.status_code == 422
    assert "‘school’ is dit al." in answer.content.decode()
    assert client.post(at("columns", pk), columns | {"holds3": "count"}).status_code == 302
    assert standing(page(client, at("columns", pk)))["holds3"] == "count"


def test_another_row_of_headings_can_be_chosen(world: World, linde: Organisation) -> None:
    client = signed_in(world.petra)
    url = choose(client, ("a;b;c;d\n" + ROWS).encode())["Location"]
    client.post(url, {"again": "1", "sheet": "0", "head": "0"})
    assert 'value="0" selected' in page(client, url)
    client.post(url, {"again": "1", "sheet": "0", "head": "1"})
    assert standing(page(client, url))["holds0"] == "place"


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "Er staat niets in dit bestand."),
        (b"PK\x03\x04", "beschadigd"),
    ],
)
def test_a_file_that_is_no_table_gets_a_sentence(world: World, raw: bytes, words: str) -> None:
    answer = choose(signed_in(world.petra), raw or b"\n")
    assert answer.status_code == 422
    assert words in answer.content.decode()


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("school;V1;V2\n" + "A;3;4\nA;5;2\nA;1;1\nA;4;4\nB;2;2\nB;1;1\nB;3;4\n", "één regel per persoon"),
        ("school;vraag;n;gemiddelde\nA;B;20;3,8\n", "alleen gemiddelden"),
    ],
)
def test_what_is_no_honest_figure_is_refused_with_a_road(world: World, raw: str, words: str) -> None:
    client = signed_in(world.petra)
    url = choose(client, raw.encode())["Location"]
    assert words in page(client, url)
    assert client.post(url, standing(page(client, url))).status_code == 422
    assert client.get(url.rstrip("/") + "/over/").status_code == 302
    assert client.get(url.rstrip("/") + "/kijken/").status_code == 302


def test_who_is_named_is_not_kept_for_a_day(world: World) -> None:
    answer = choose(signed_in(world.petra), b"studentnummer;school;gestopt\n1;A;1\n")
    assert answer.status_code == 422
    assert "n regel per persoon" in answer.content.decode()
    assert not Upload.objects.exists()


def test_people_are_no_things(world: World, linde: Organisation) -> None:
    client = signed_in(world.petra)
    pk = wizard(client, ROWS.replace("gestopt", "verhuisd").replace("gestart", "n").encode())
    about = standing(page(client, at("about", pk)))
    answer = client.post(at("about", pk), about | {"m0-unit": "studenten", "m0-about": "things"})
    assert answer.status_code == 422
    assert "zijn mensen" in answer.content.decode()


def stands(world: World, rows: str = ROWS, who: Person | None = None, key: str = "k") -> FigureImport:
    access = world.access(who or world.petra)
    upload = keep_file(access=access, name="uitstroom.csv", raw=rows.encode())
    file = file_of(upload)
    told = Told(source="x", owner="y", meanings={"gestopt": Meaning("Wie stopte.", "studenten", "people")})
    save(upload=upload, file=replace(file, told=told))
    done = take_in(access=access, upload=upload, form_key=key)
    assert done is not None
    return done


def test_a_file_is_taken_back_on_its_page(world: World, linde: Organisation) -> None:
    done = stands(world)
    client = signed_in(world.petra)
    assert "Neem dit bestand terug" in page(client, at("import", done.pk))
    assert done.name in page(client, at("imports"))
    answer = client.post(at("undo", done.pk), follow=True)
    assert "2 cijfers zijn weg." in answer.content.decode()
    assert not Figure.objects.exists()
    assert "Neem dit bestand terug" not in page(client, at("import", done.pk))


def test_what_stays_is_named(world: World, linde: Organisation) -> None:
    done = stands(world)
    stands(world, ROWS.replace("23;3", "23;4"), key="l")
    answer = signed_in(world.petra).post(at("undo", done.pk), follow=True)
    assert (
        "blijven staan, want een later bestand zegt ze ook: Het Waterrad, gestopt" in answer.content.decode()
    )


def test_what_was_discussed_stays_and_is_named(world: World, linde: Organisation) -> None:
    done = stands(world)
    DataPoint.objects.filter(organisation=linde).update(discussed_on=date(2026, 1, 5))
    answer = signed_in(world.petra).post(at("undo", done.pk), follow=True)
    told = answer.content.decode()
    assert "1 cijfer is weg." in told
    assert "1 blijft staan, want er rust al een betekenis of een besluit op: De Linde, gestopt." in told


def test_bringing_figures_opens_nothing(world: World, linde: Organisation) -> None:
    """Petra may bring a figure for a school; what the school itself put there she does not read."""
    stands(world, ROWS.split("De Linde")[0], who=world.noor)
    client = signed_in(world.petra)
    pk = wizard(client, ROWS.replace("23;3", "23;9").replace("gestopt", "Gestopt").encode())
    html = page(client, at("preview", pk))
    about = standing(page(client, at("about", pk)))
    client.post(at("about", pk), about | {"m0-title": "gestopt"})
    html = page(client, at("preview", pk))
    assert "een ander cijfer" in html
    assert "3 van de 23" not in html


def test_the_pages_for_each_role(world: World, linde: Organisation) -> None:
    done = stands(world)
    indicator = Indicator.objects.get()
    for who, status in (
        (world.noor, 200),
        (world.samira, 200),
        (world.bea, 200),
        (world.charlie, 404),
        (world.dirk, 404),
    ):
        assert signed_in(who).get(at("indicator", indicator.pk)).status_code == status
        assert signed_in(who).get(at("indicator_csv", indicator.pk)).status_code == status
    for name in ("choose", "imports"):
        for who, status in (
            (world.petra, 200),
            (world.noor, 200),
            (world.samira, 404),
            (world.dirk, 404),
            (world.ad, 404),
        ):
            assert signed_in(who).get(at(name)).status_code == status
    for who in (world.charlie, world.dirk, world.samira, world.noor):
        assert signed_in(who).get(at("import", done.pk)).status_code == 404
        assert signed_in(who).post(at("undo", done.pk)).status_code == 404
    upload = keep_file(access=world.access(world.petra), name="x.csv", raw=ROWS.encode())
    for name in ("columns", "about", "preview", "yes"):
        for who in (world.charlie, world.dirk, world.noor):
            assert signed_in(who).post(at(name, upload.pk), {"form_key": "z"}).status_code == 404
    assert Figure.objects.count() == 2


def test_no_screen_shows_two_schools_or_a_kept_figure(world: World, linde: Organisation) -> None:
    els = organisation("school", "De Els", world.board)
    rows = "school;schooljaar;gestart;gestopt\nRivierland;2025-2026;18;4\nHet Waterrad;2025-2026;8;2\n"
    stands(world, rows + f"De Linde;2025-2026;7;1\n{els.name};2025-2026;3;1\n")
    kept = DataPoint.objects.get(kept_back=True)
    pk = Indicator.objects.get().pk
    for who in (world.bea, world.stef, world.willem, world.noor, world.samira):
        client = signed_in(who)
        for url in (
            at("indicators"),
            at("indicator", pk),
            at("indicator_csv", pk),
            reverse("datapoints:ledger", args=[world.root.pk]),
        ):
            html = client.get(url).content.decode()
            assert "Linde" not in html
            assert "De Els" not in html
        assert client.get(reverse("datapoints:data_point", args=[kept.pk])).status_code == 404


def test_the_table_holds_what_the_page_shows(world: World, linde: Organisation) -> None:
    stands(world)
    text = page(signed_in(world.noor), at("indicator_csv", Indicator.objects.get().pk))
    rows = [line.split(";") for line in text.lstrip("\ufeff").strip().split("\r\n")]
    assert rows[1][:4] == ["Het Waterrad", "2025–2026", "3", "23"]
    assert len(rows) == 2


@pytest.mark.parametrize("key", ["uitstroom", "plaatsingen", "voorzieningen", "enquete", "evaluatie"])
def test_a_ready_made_table_comes_back_in(world: World, key: str) -> None:
    client = signed_in(world.petra)
    raw = b"".join([client.get(at("shape", key)).content])
    text = raw.decode("utf-8-sig").replace("Naam of code", "Het Waterrad")
    text = text.replace("Naam van het partnerschap", "De Brug")
    pk = wizard(client, text.encode(), f"{key}.csv")
    answer = client.post(at("yes", pk), {"form_key": key})
    assert answer["Location"] == at("import", FigureImport.objects.get().pk)
    for one in Indicator.objects.all():
        assert client.get(at("indicator", one.pk)).status_code in {200, 404}
        assert "gemiddeld" not in page(signed_in(world.noor), at("indicators")).lower()
    assert client.get(at("shape", "niets")).status_code == 404


def test_a_page_costs_the_same_with_many_schools(world: World, linde: Organisation) -> None:
    stands(world)
    client, url = signed_in(world.noor), at("indicator", Indicator.objects.get().pk)
    page(client, url)
    with CaptureQueriesContext(
        connection,
    ) as few:
        page(client, url)
    rows = "school;schooljaar;gestart;gestopt\n"
    for number in range(12):
        organisation("school", f"School {number}", world.board)
        rows += f"School {number};2025-2026;20;2\n"
    stands(world, rows, key="many")
    with CaptureQueriesContext(connection) as many:
        page(client, url)
    assert len(many) <= len(few) + 1


def test_who_keeps_the_quality_brings_for_the_schools_and_sees_no_more(
    world: World, linde: Organisation
) -> None:
    quirine = person("Quirine", world.partnership, (world.root, Role.QUALITY))
    assert world.school.pk in may_bring(world.access(quirine))
    assert world.school.pk not in may_bring(world.access(world.stef))
    assert signed_in(quirine).get(at("choose")).status_code == 200
    stands(world, ROWS)
    assert "Het Waterrad" not in signed_in(quirine).get(at("indicators")).content.decode()


@pytest.mark.django_db
def test_teams_that_are_called_alike_stand_last_with_their_school(world: World) -> None:
    other = organisation("school", "De Linde", world.board)
    organisation("team", "Team onderbouw", other)
    client = signed_in(world.petra)
    raw = b"school;schooljaar;gestart;gestopt\nDe Olm;2025-2026;23;6\n"
    sent = client.post(
        reverse("figures:choose"), {"file": SimpleUploadedFile("a.csv", raw, content_type="text/csv")}
    )
    html = client.get(sent["Location"] + "kijken/").content.decode()
    assert html.index(">De Linde<") < html.index(">De Linde, Team onderbouw<")
    assert ">Team onderbouw<" not in html
