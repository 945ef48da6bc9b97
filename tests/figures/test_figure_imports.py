"""Taking figures in, again, and back: through the database."""

from dataclasses import replace
from datetime import date
from itertools import permutations
from typing import Any

import pytest
from django.http import Http404
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lemniscaat.datapoints import queries
from lemniscaat.datapoints.models import DataPoint, Figure, FigureImport, FormerDefinition, Indicator
from lemniscaat.figures import lines
from lemniscaat.figures.intake import FaultyFileError, take_in
from lemniscaat.figures.preview import CHANGED, NEW, SAME, lay_beside
from lemniscaat.figures.undoing import imported, imports, undo
from lemniscaat.figures.waiting import Meaning, Told, file_of, keep_file, save, waiting
from lemniscaat.interpretation.actions import Ground, write_meaning
from lemniscaat.interpretation.models import Evidence
from lemniscaat.people.models import Organisation, Person, TrailEntry
from tests.cast import World, organisation
from tests.chance import tries

pytestmark = pytest.mark.django_db
HEAD = "school;schooljaar;gestart;gestopt\n"
MEANING = Meaning("Studenten die stopten.", "studenten", "people")


@pytest.fixture
def schools(world: World) -> dict[str, Organisation]:
    """Two boards; three schools in the first, two in the second."""
    other = organisation("board", "Bovenland", world.root)
    found = {
        "Het Waterrad": world.school,
        "Rivierland": world.board,
        "Bovenland": other,
        "De Brug": world.root,
    }
    for name, board in (
        ("De Linde", world.board),
        ("De Els", world.board),
        ("De Es", other),
        ("De Den", other),
    ):
        found[name] = organisation("school", name, board)
    return found


def bring(
    world: World,
    rows: str,
    who: Person | None = None,
    *,
    key: str = "",
    skip: bool = False,
    head: str = HEAD,
    **told: Any,
) -> FigureImport | None:
    access = world.access(who or world.petra)
    upload = keep_file(access=access, name="uitstroom.csv", raw=(head + rows).encode())
    file = file_of(upload)
    told.setdefault("meanings", {"gestopt": MEANING})
    first = Told(source="administratie", owner="Petra", criterion=world.criterion.pk)
    save(upload=upload, file=replace(file, told=replace(first, **told)))
    return take_in(access=access, upload=upload, form_key=key or f"k{upload.pk}", skip_faulty=skip)


def done(found: FigureImport | None) -> FigureImport:
    assert found is not None
    return found


def tables() -> dict[str, list[dict[str, Any]]]:
    """Everything that an import may touch, without what remembers that it was there."""
    kept = {
        model.__name__: list(model.objects.order_by("pk").values())
        for model in (DataPoint, Figure, Indicator, FormerDefinition)
    }
    for row in kept["FormerDefinition"]:
        row.pop("replaced_by_id")
    return kept


def test_a_file_becomes_figures_with_a_definition(world: World, schools: dict[str, Organisation]) -> None:
    made = done(
        bring(world, "Het Waterrad;2025-2026;23;3\nDe Linde;2025-2026;14;0\nRivierland;2025-2026;50;6\n")
    )
    assert (made.added, made.changed, made.same) == (3, 0, 0)
    indicator = Indicator.objects.get()
    assert (indicator.name, indicator.definition, indicator.owner) == ("gestopt", MEANING.definition, "Petra")
    fact = queries.hard_for(world.access(world.noor), world.criterion)
    assert [one.point.title for one in fact] == ["gestopt: 3 van de 23 studenten, 2025–2026"]
    assert TrailEntry.objects.filter(verb="imported", noun="figureimport").exists()
    assert not DataPoint.objects.filter(author__isnull=False).exists()


def test_again_updates_and_says_what_was(world: World, schools: dict[str, Organisation]) -> None:
    first = done(bring(world, "Het Waterrad;2025-2026;23;3\nDe Linde;2025-2026;14;1\n"))
    second = done(bring(world, "Het Waterrad;2025-2026;23;4\nDe Linde;25/26;14;1\n"))
    assert (second.added, second.changed, second.same) == (0, 1, 1)
    assert Figure.objects.count() == 2
    assert first.pk != second.pk
    change = second_changes(second)[0]
    assert (change.before["part"], change.after["part"]) == (3, 4)


def second_changes(of: FigureImport) -> Any:
    from lemniscaat.figures.undoing import changes_of

    return list(changes_of(of))


def test_twice_the_same_is_once(world: World, schools: dict[str, Organisation]) -> None:
    rows = "Het Waterrad;2025-2026;23;3\nDe Linde;2025-2026;14;1\nRivierland;2025-2026;40;5\n"
    bring(world, rows)
    before = tables()
    imports_before = FigureImport.objects.count()
    assert bring(world, rows) is None
    assert tables() == before
    assert FigureImport.objects.count() == imports_before


def test_the_same_form_twice_is_one_import(world: World, schools: dict[str, Organisation]) -> None:
    first = bring(world, "Het Waterrad;2025-2026;23;3\n", key="once")
    assert bring(world, "Het Waterrad;2025-2026;23;9\n", key="once") == first
    assert Figure.objects.get().part == 3


def test_in_and_back_changes_nothing(world: World, schools: dict[str, Organisation]) -> None:
    bring(world, "Het Waterrad;2025-2026;23;3\nRivierland;2025-2026;50;5\n")
    before = tables()
    again = done(
        bring(
            world,
            "Het Waterrad;2025-2026;24;4\nRivierland;2025-2026;50;5\nDe Linde;2024-2025;14;1\n",
            meanings={"gestopt": Meaning("Wie stopte, ook na een wissel.", "studenten")},
        )
    )
    assert tables() != before
    assert Indicator.objects.get().version == 2
    result = undo(access=world.access(world.petra), done=again)
    assert (result.gone, result.back, result.stayed) == (1, 2, ())
    assert tables() == before


def test_what_a_later_file_says_stays_and_is_named(world: World, schools: dict[str, Organisation]) -> None:
    first = done(bring(world, "Het Waterrad;2025-2026;23;3\nDe Linde;2025-2026;14;1\n"))
    second = done(bring(world, "Het Waterrad;2025-2026;23;5\n"))
    result = undo(access=world.access(world.petra), done=first)
    assert (result.gone, [one.organisation.name for one in result.stayed]) == (1, ["Het Waterrad"])
    assert Figure.objects.get().part == 5
    undo(access=world.access(world.petra), done=second)
    assert not Figure.objects.exists()
    assert not Indicator.objects.exists()
    assert undo(access=world.access(world.petra), done=second).gone == 0


def test_what_a_meaning_rests_on_stays_and_is_named(world: World, schools: dict[str, Organisation]) -> None:
    made = done(bring(world, "Het Waterrad;2025-2026;23;3\nDe Linde;2025-2026;14;1\n"))
    discussed = DataPoint.objects.get(organisation=world.school)
    meaning = write_meaning(
        access=world.access(world.noor),
        layer_id=world.school.pk,
        criterion=world.criterion,
        text="Wie stopt, stopt vroeg.",
        evidence=[Ground(data_point=discussed)],
    )
    result = undo(access=world.access(world.petra), done=made)
    assert (result.gone, result.stayed) == (1, ())
    assert [one.organisation.name for one in result.rested_on] == ["Het Waterrad"]
    assert Evidence.objects.get(interpretation=meaning).data_point == discussed
    assert Figure.objects.get().part == 3
    assert Indicator.objects.get().definition == MEANING.definition
    # brought in once more it is the same figure, and once more it stays
    again = done(bring(world, "Het Waterrad;2025-2026;23;4\n"))
    assert (again.added, again.changed) == (0, 1)
    assert len(undo(access=world.access(world.petra), done=again).rested_on) == 1


FILES = (
    "Het Waterrad;2025-2026;23;3\nDe Linde;2025-2026;14;1\n",
    "Het Waterrad;2025-2026;23;5\nDe Es;2025-2026;9;1\n",
    "Het Waterrad;2025-2026;23;3\nDe Linde;2025-2026;16;1\nDe Es;2025-2026;9;1\n",
)


def values() -> set[tuple[str, int, int | None]]:
    rows = Figure.objects.select_related("data_point__organisation")
    return {(row.data_point.organisation.name, row.part, row.whole) for row in rows}


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_in_any_order_of_taking_back_what_stands_is_what_remains(
    world: World, schools: dict[str, Organisation], order: tuple[int, ...]
) -> None:
    made = [done(bring(world, rows)) for rows in FILES]
    left = [dict(line.split(";2025-2026;") for line in rows.strip().split("\n")) for rows in FILES]
    for at in order:
        undo(access=world.access(world.petra), done=made[at])
        left[at] = {}
        told = {
            name: tuple(map(int, reversed(text.split(";")))) for one in left for name, text in one.items()
        }
        assert values() == {(name, *pair) for name, pair in told.items()}
    assert not DataPoint.objects.exists()


ROW = st.tuples(
    st.sampled_from(["Het Waterrad", "De Linde", "De Els", "Rivierland", "Nergens", "De Brug"]),
    st.sampled_from(["2024-2025", "2025-2026", "ooit"]),
    st.integers(0, 40),
    st.integers(0, 12),
)


@settings(max_examples=tries(6, 20), deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(ROW, min_size=1, max_size=6), st.lists(ROW, min_size=1, max_size=6))
def test_no_row_vanishes_and_all_can_be_taken_back(
    world: World, schools: dict[str, Organisation], one: list[Any], two: list[Any]
) -> None:
    """Every row is new, changed, the same or has a fault; twice is once; back is as before."""
    told = [["".join(f"{name};{when};{n};{part}\n" for name, when, n, part in rows)] for rows in (one, two)]
    made = []
    states = [tables()]
    for (text,) in told:
        access = world.access(world.petra)
        upload = keep_file(access=access, name="x.csv", raw=(HEAD + text).encode())
        found = lay_beside(access=access, file=file_of(upload))
        lines = {line.fact.line for line in found.lines} | {fault.line for fault in found.faults}
        assert lines == set(range(2, 2 + text.count("\n")))
        assert sum(map(found.count, (NEW, CHANGED, SAME))) == len(found.lines)
        made.append(bring(world, text, skip=True))
        states.append(tables())
        assert bring(world, text, skip=True) is None
        assert tables() == states[-1]
    for at in (1, 0):
        if made[at] is not None:
            undo(access=world.access(world.petra), done=done(made[at]))
        assert tables() == states[at]


def test_a_wrong_row_stops_the_file_unless_it_is_left_out(
    world: World, schools: dict[str, Organisation]
) -> None:
    rows = "Het Waterrad;2025-2026;23;3\nHet Waterad;2025-2026;9;1\n"
    with pytest.raises(FaultyFileError) as error:
        bring(world, rows)
    assert [(one.problem, one.suggestion) for one in error.value.faults] == [
        ("unknown place", "Het Waterrad")
    ]
    assert not Figure.objects.exists()
    assert done(bring(world, rows, skip=True)).added == 1


def test_a_name_that_was_explained_is_known_next_time(world: World, schools: dict[str, Organisation]) -> None:
    rows = "Waterrad (loc. zuid);2025-2026;23;3\n"
    bring(world, rows, aliases={"waterradloczuid": world.school.pk})
    upload = keep_file(access=world.access(world.petra), name="x.csv", raw=(HEAD + rows).encode())
    file = file_of(upload)
    assert file.told.aliases == {"waterradloczuid": world.school.pk}
    assert file.told.source == "administratie"
    assert lay_beside(access=world.access(world.petra), file=file).count(SAME) == 1


def test_few_people_are_not_taken_in(world: World, schools: dict[str, Organisation]) -> None:
    assert bring(world, "Het Waterrad;2025-2026;4;1\n") is None
    found = lay(world, "Het Waterrad;2025-2026;4;1\n")
    assert [(one.problem, one.aside) for one in found.faults] == [("too few", True)]


def lay(world: World, rows: str, head: str = HEAD) -> Any:
    access = world.access(world.petra)
    upload = keep_file(access=access, name="x.csv", raw=(head + rows).encode())
    return lay_beside(access=access, file=file_of(upload))


def test_answers_of_an_evaluation_need_ten(world: World, schools: dict[str, Organisation]) -> None:
    head = "school;schooljaar;vraag;n;oneens;eens\n"
    rows = "Het Waterrad;2025-2026;Ik werd gezien;9;1;8\nDe Linde;2025-2026;Ik werd gezien;14;2;12\n"
    found = lay(world, rows, head)
    assert [one.problem for one in found.faults] == ["too few answers"]
    made = done(bring(world, rows, head=head, meanings={}))
    assert made.added == 1
    assert Indicator.objects.get().about == "answers"
    assert Figure.objects.get().counts == [["oneens", 2], ["eens", 12]]


def test_things_are_no_people(world: World, schools: dict[str, Organisation]) -> None:
    head = "school;schooljaar;eigen werkplek;uren per student\n"
    made = done(
        bring(world, "Het Waterrad;2025-2026;ja;12,5\nDe Linde;2025-2026;nee;0\n", head=head, meanings={})
    )
    assert made.added == 4
    assert not DataPoint.objects.filter(kept_back=True).exists()


def test_subtracting_finds_no_small_school(world: World, schools: dict[str, Organisation]) -> None:
    """Board 18 less schools 8 and 7 would be the three of De Els: one of the two is kept and told to nobody."""
    bring(
        world,
        "Rivierland;2025-2026;18;4\nHet Waterrad;2025-2026;8;2\nDe Linde;2025-2026;7;1\nDe Els;2025-2026;3;1\n",
    )
    told = set(DataPoint.objects.filter(kept_back=False).values_list("organisation__name", flat=True))
    assert told == {"Rivierland", "Het Waterrad"}
    hidden = DataPoint.objects.get(kept_back=True)
    for who in (world.noor, world.bea, world.petra, world.stef, world.willem, world.samira):
        assert hidden not in queries.ledger(world.access(who))


def test_a_school_that_comes_later_opens_nothing(world: World, schools: dict[str, Organisation]) -> None:
    bring(world, "Rivierland;2025-2026;18;4\nHet Waterrad;2025-2026;8;2\n")
    made = done(bring(world, "De Linde;2025-2026;7;1\n"))
    assert DataPoint.objects.get(kept_back=True).organisation.name == "De Linde"
    undo(access=world.access(world.petra), done=made)
    assert not DataPoint.objects.filter(kept_back=True).exists()


def test_a_board_reads_no_list_of_schools(world: World, schools: dict[str, Organisation]) -> None:
    rows = "Het Waterrad;2025-2026;23;3\nDe Linde;2025-2026;14;1\nDe Es;2025-2026;30;2\nRivierland;2025-2026;60;9\n"
    bring(world, rows)
    indicator = Indicator.objects.get()
    for who, names in (
        (world.bea, ["Rivierland", "De Brug"]),
        (world.petra, ["De Brug"]),
        (world.willem, ["Het Waterrad", "Rivierland"]),
    ):
        found = lines.lines(world.access(who), indicator)
        # two places are no whole: each could take the own one away
        assert [line.name for line in found] == [name for name in names if name != "De Brug"]
        mine = queries.ledger(world.access(who)).values_list("organisation__name", flat=True)
        assert not {"De Linde", "De Es"} & set(mine)


def test_the_whole_is_a_sum_of_three_or_more(world: World, schools: dict[str, Organisation]) -> None:
    rows = (
        "Het Waterrad;2025-2026;23;3\nDe Linde;2025-2026;14;1\nDe Es;2025-2026;30;2\nDe Den;2025-2026;3;0\n"
    )
    bring(world, rows)
    found = lines.lines(world.access(world.petra), Indicator.objects.get())
    assert [line.name for line in found] == ["De Brug"]
    assert [(point.words, point.places) for point in found[0].points] == [("6 van de 67 studenten", 3)]
    assert "3 plekken" in found[0].notes[0]


def test_another_definition_breaks_the_line(world: World, schools: dict[str, Organisation]) -> None:
    bring(world, "Het Waterrad;2023-2024;20;2\nHet Waterrad;2024-2025;22;3\n")
    bring(
        world,
        "Het Waterrad;2025-2026;23;5\n",
        meanings={"gestopt": Meaning("Wie stopte, ook na een wissel.", "studenten")},
    )
    found = lines.lines(world.access(world.noor), Indicator.objects.get())[0]
    assert [[point.span.name for point in one.points] for one in found.stretches] == [
        ["2025–2026"],
        ["2024–2025", "2023–2024"],
    ]
    assert [one.broken for one in found.stretches] == [True, False]
    assert found.stretches[1].definition == MEANING.definition
    fact = queries.hard_for(world.access(world.noor), world.criterion)
    assert [(one.earlier, one.broken) for one in fact] == [(None, True)]


def test_a_shared_definition_is_not_changed_by_one_school(
    world: World, schools: dict[str, Organisation]
) -> None:
    bring(world, "Het Waterrad;2024-2025;20;2\nDe Linde;2024-2025;22;3\n")
    other = {"gestopt": Meaning("Iets anders.", "studenten")}
    with pytest.raises(FaultyFileError) as error:
        bring(world, "Het Waterrad;2025-2026;23;5\n", world.noor, meanings=other)
    assert {one.problem for one in error.value.faults} == {"not your definition"}
    assert done(bring(world, "Het Waterrad;2025-2026;23;5\n", world.noor, meanings={})).added == 1


def test_what_was_promised_stays(world: World, schools: dict[str, Organisation]) -> None:
    bring(world, "Het Waterrad;2025-2026;23;3\n", use="learn")
    bring(world, "Het Waterrad;2025-2026;23;4\n", use="decide")
    assert DataPoint.objects.get().permitted_use == "learn"


def test_who_may_not_put_figures_somewhere_brings_none(
    world: World, schools: dict[str, Organisation]
) -> None:
    for who in (world.samira, world.joost, world.ad):
        with pytest.raises(Http404):
            keep_file(access=world.access(who), name="x.csv", raw=b"a;b\n1;2\n")
    rows = "Het Waterrad;2025-2026;23;3\nDe Linde;2025-2026;14;1\n"
    assert done(bring(world, rows, world.noor)).added == 1
    assert Figure.objects.get().data_point.organisation == world.school


def test_another_reads_no_file_of_mine(world: World, schools: dict[str, Organisation]) -> None:
    made = done(bring(world, "De Linde;2025-2026;14;1\n"))
    upload = keep_file(access=world.access(world.petra), name="x.csv", raw=b"school;n\nA;3\n")
    for who in (world.noor, world.bea):
        assert made not in imports(world.access(who))
        with pytest.raises(Http404):
            imported(world.access(who), made.pk)
        with pytest.raises(Http404):
            undo(access=world.access(who), done=made)
        with pytest.raises(Http404):
            waiting(world.access(who), upload.pk)


def test_a_day_is_a_period_too(world: World, schools: dict[str, Organisation]) -> None:
    bring(world, "Het Waterrad;1-10-2025;23;3\n")
    row = Figure.objects.get()
    assert (row.starts_on, row.ends_on) == (date(2025, 10, 1), date(2025, 10, 1))


def test_a_kept_figure_is_said_to_be_there_without_its_number(
    world: World, schools: dict[str, Organisation]
) -> None:
    bring(world, "De Els;2024-2025;20;9\nRivierland;2025-2026;18;4\nHet Waterrad;2025-2026;16;7\n")
    bring(world, "Het Waterrad;2024-2025;20;6\n")
    line = lines.lines(world.access(world.noor), Indicator.objects.get())[0]
    assert [point.span.name for point in line.points] == ["2024–2025"]
    assert "2025–2026" in line.notes[0]
    assert "16" not in line.notes[0]
