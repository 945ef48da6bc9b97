"""What is wrong with a page for whoever uses it: barriers that axe finds, and what is wider than the screen."""

from pathlib import Path

from tests.browser.conftest import Visitor

AXE = (Path(__file__).resolve().parents[1] / "vendor" / "axe.min.js").read_text()
RULES = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
WIDTHS = (390, 1280)


def faults(visitor: Visitor) -> list[str]:
    """In words; nothing where all is well."""
    page = visitor.page
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(AXE)
    # only what is wrong comes back: the whole of what axe looked at is as large as the page
    found = page.evaluate("rules => axe.run(document, rules).then(told => told.violations)", RULES)
    # it leaves empty marks behind that the page itself never had
    page.evaluate("document.querySelectorAll('[style=\"\"]').forEach(one => one.removeAttribute('style'))")
    return [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found] + _too_wide(visitor)


def _too_wide(visitor: Visitor) -> list[str]:
    width = visitor.page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return [f"{width} px too wide"] if width > 0 else []


def looked_at(visitor: Visitor, name: str) -> None:
    """Take a picture of a page, see that it does for everybody, and that it fits on a phone and on a laptop."""
    visitor.shot(name)
    wrong = faults(visitor)
    before = visitor.page.viewport_size
    assert before
    for width in WIDTHS:
        if width != before["width"]:
            visitor.page.set_viewport_size({"width": width, "height": before["height"]})
            wrong += [f"at {width}: {fault}" for fault in _too_wide(visitor)]
    visitor.page.set_viewport_size(before)
    assert not wrong, f"{name}: " + "\n".join(wrong)


def on_the_wall(visitor: Visitor, name: str) -> None:
    """Take a picture of the projector, and see that it holds what it shows: nobody can scroll there."""
    visitor.shot(name, whole=False)
    wrong = faults(visitor)
    over = visitor.page.evaluate("document.documentElement.scrollHeight - window.innerHeight")
    assert not wrong, f"{name}: " + "\n".join(wrong)
    assert over <= 0, f"{name}: {over} px too high"
