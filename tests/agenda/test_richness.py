"""Whether we know enough: what may not count changes nothing, and what may count never makes it poorer."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lemniscaat.agenda.decisions.frozen import KeptGround, RestedOn
from lemniscaat.agenda.decisions.rich_words import there
from lemniscaat.agenda.decisions.richness import Known, Need, Richness, Size, set_aside, weigh
from lemniscaat.year.coverage import Ear

TODAY = date(2026, 11, 29)
VOICES = ("student", "mentor", "school_educator")
ORDER = list(Ear)

facts = st.builds(
    Known,
    origin=st.sampled_from(["a", "b", "c", "d", "e"]),
    kind=st.sampled_from(["hard", "soft"]),
    way=st.sampled_from(["note", "report", "round", "figure"]),
    day=st.integers(0, 900).map(lambda days: TODAY - timedelta(days=days)),
    use=st.sampled_from(["learn", "pool", "decide"]),
    voice=st.sampled_from(["", *VOICES]),
    apart=st.booleans(),
    people=st.one_of(st.none(), st.integers(1, 30)),
    point=st.integers(1, 99),
)
sizes = st.sampled_from(list(Size))


def one(origin: str, voice: str = "student", **more: object) -> Known:
    told = {"kind": "soft", "way": "report", "day": TODAY, "use": "decide", "voice": voice, **more}
    return Known(origin, **told)  # type: ignore[arg-type]


def rich(known: list[Known], size: Size = Size.SMALL) -> Richness:
    return weigh(known, voices=VOICES, size=size, today=TODAY)


def test_a_single_data_point_never_decides() -> None:
    assert rich([one("a")]).lacking == {Need.SECOND, Need.MORE}
    # two notes of one giver are one source
    assert Need.SECOND in rich([one("a"), one("a")]).lacking
    assert rich([one("a"), one("b")]).enough


def test_years_ask_more_than_a_month() -> None:
    known = [one("a"), one("b", "mentor")]
    assert rich(known).enough
    year = rich(known, Size.YEAR)
    assert year.needs == (Need.MORE, Need.HARD, Need.WAY)
    known.append(one("c", "", kind="hard", way="figure"))
    assert rich(known, Size.YEAR).enough
    years = rich(known, Size.YEARS)
    assert Need.VOICES in years.lacking
    assert years.silent == ("school_educator",)
    known.append(one("d", "school_educator", kind="hard", way="round", apart=False))
    assert rich(known, Size.YEARS).enough


def test_what_is_old_counts_for_less_and_then_for_nothing() -> None:
    year_ago = TODAY - timedelta(days=400)
    known = [one("a", day=year_ago), one("b", day=year_ago)]
    assert rich(known).lacking == {Need.FRESH, Need.VOICES}
    known = [one("a", day=TODAY - timedelta(days=800)), one("b", day=TODAY - timedelta(days=800))]
    assert rich(known).sources == 0
    assert len(set_aside(known, today=TODAY).old) == 1


def test_what_counts_only_together_waits_for_five_people_and_two_sources() -> None:
    alone = [one(f"person {n}", use="pool", point=n) for n in range(4)]
    assert not rich(alone).together
    assert len(set_aside(alone, today=TODAY).pool) == 4
    # one line of figures about many is no two sources
    assert not rich([one("line", use="pool", people=30)]).together
    five = [*alone, one("person 4", use="pool", point=4)]
    found = rich(five)
    assert [fact.kind for fact in found.together] == ["soft"]
    assert found.sources == 1
    assert set(found.silent) == set(VOICES), "unnamed: nobody's voice is heard apart in it"
    assert not set_aside(five, today=TODAY).pool


@given(st.lists(facts, max_size=8), facts, sizes)
def test_what_is_given_to_learn_from_changes_nothing(known: list[Known], more: Known, size: Size) -> None:
    learn = Known(**{**more.__dict__, "use": "learn"})
    assert rich([*known, learn], size) == rich(known, size)


@given(st.lists(facts, max_size=8), facts, sizes)
def test_one_more_that_counts_never_makes_it_poorer(known: list[Known], more: Known, size: Size) -> None:
    before, after = rich(known, size), rich([*known, more], size)
    assert after.lacking <= before.lacking
    assert set(after.silent) <= set(before.silent)
    assert after.sources >= before.sources
    assert after.kinds >= before.kinds
    assert (after.newest or date.min) >= (before.newest or date.min)
    for was, now in zip(before.heard, after.heard, strict=True):
        assert ORDER.index(now.ear) >= ORDER.index(was.ear)


@given(st.lists(facts, max_size=8))
def test_a_smaller_thing_never_needs_more(known: list[Known]) -> None:
    small, year, years = (rich(known, size).lacking for size in (Size.SMALL, Size.YEAR, Size.YEARS))
    assert small <= year <= years


@given(st.lists(st.tuples(st.text(max_size=20), st.dates()), max_size=5), st.text(max_size=40))
def test_what_is_frozen_reads_as_it_was_kept(lines: list[tuple[str, date]], words: str) -> None:
    kept = RestedOn(
        size="year",
        criterion=words,
        grounds=tuple(
            KeptGround(line=n, kind="hard", source="figure", day=day, layer=1, words=text)
            for n, (text, day) in enumerate(lines)
        ),
    )
    assert RestedOn.read(kept.stored()) == kept
    assert RestedOn.read({**kept.stored(), "later": 1}).stored() == kept.stored()


def test_fewer_than_five_sources_are_not_counted_in_words() -> None:
    for n, says in ((1, "Eén bron"), (2, "Een paar bronnen"), (4, "Een paar bronnen"), (5, "5 bronnen")):
        assert there(replace(rich([]), sources=n)).startswith(says)
