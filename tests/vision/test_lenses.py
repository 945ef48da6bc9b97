"""Lenses come from files, and come in twice without doubling."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from lemniscaat.vision.lenses import FOLDER, LensFile, load_lens, load_shipped, read_lens
from lemniscaat.vision.models import Framework, FrameworkNode, Mapping
from tests.cast import World

pytestmark = pytest.mark.django_db


def test_the_shipped_lenses_read_and_the_waarborgen_come_first() -> None:
    load_shipped()
    before = FrameworkNode.objects.count()
    load_shipped()
    assert FrameworkNode.objects.count() == before
    assert Framework.objects.count() == len(list(FOLDER.glob("*.yaml"))) == 4
    first = Framework.objects.earliest("id")
    assert first.key == "waarborgen"
    roots = FrameworkNode.objects.filter(framework=first, parent=None)
    assert [node.key for node in roots] == [
        "lerende-leraar",
        "leeromgeving",
        "organisatie",
        "kwaliteitscultuur",
    ]
    assert FrameworkNode.objects.filter(framework=first, parent__key="leeromgeving").count() == 2
    for key, count in (("sleutelfactoren", 4), ("kernactiviteiten", 4), ("werkende-elementen", 5)):
        assert FrameworkNode.objects.filter(framework__key=key).count() == count


def test_a_renewed_lens_keeps_what_hangs_on_it(world: World) -> None:
    lens = LensFile.model_validate({"key": "eigen", "name": "Eigen", "nodes": [{"key": "a", "name": "A"}]})
    load_lens(lens)
    Mapping.objects.create(criterion=world.criterion, node=FrameworkNode.objects.get(key="a"))
    load_lens(
        LensFile.model_validate({"key": "eigen", "name": "Nieuw", "nodes": [{"key": "a", "name": "Beter"}]})
    )
    assert Mapping.objects.get().node.name == "Beter"


@pytest.mark.parametrize(
    ("nodes", "told"),
    [
        ("[{key: a, name: A}, {key: a, name: B}]", "twice"),
        ("[{key: leren, name: A}, {key: b, name: B, under: lern}]", "did you mean 'leren'"),
        ("[{key: a, naam: A}]", "naam"),
    ],
)
def test_a_wrong_file_is_refused_with_a_hint(tmp_path: Path, nodes: str, told: str) -> None:
    file = tmp_path / "lens.yaml"
    file.write_text(f"key: x\nname: X\nnodes: {nodes}\n")
    with pytest.raises(ValidationError, match=told):
        read_lens(file)
