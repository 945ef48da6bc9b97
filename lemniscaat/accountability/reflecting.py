"""Putting a critical reflection on one page: choose among the sentences of an account, in own words where that reads
better. What a sentence rests on stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lemniscaat.accountability import one_page
from lemniscaat.accountability.actions import ClashError
from lemniscaat.accountability.models import Account
from lemniscaat.accountability.one_page import Chosen
from lemniscaat.accountability.shared import readable
from lemniscaat.base.writing import writing
from lemniscaat.people.access import Access
from lemniscaat.people.policy import Noun, Verb
from lemniscaat.people.trail import note_change


class TooLongError(Exception):
    """It does not fit on one sheet; `over` is how many lines are too many."""

    def __init__(self, over: int) -> None:
        super().__init__(over)
        self.over = over


def choose_page(*, access: Access, row: Account, words: Mapping[str, str], version: int) -> Account:
    """Keep which sentences stand on the page of a draft, by their keys, each with own words or ''. A frozen account
    does not change.

    Raises TooLongError when they do not fit on one sheet, ClashError when `version` is no longer the newest.
    """
    access.need(Verb.DO, Noun.ACCOUNT, row.organisation_id)
    with writing():
        current = Account.objects.select_for_update().get(pk=row.pk)
        if current.frozen_on is not None:
            return current
        if version != current.version:
            raise ClashError(current)
        content = readable(access, current)
        known = [line.key for line in one_page.every(content)]
        chosen = Chosen({key: words[key].strip() for key in known if key in words})
        over = _over(current, content, chosen)
        if over > 0:
            raise TooLongError(over)
        current.page = chosen.kept()
        current.version += 1
        current.save(update_fields=["page", "version"])
        note_change(access, verb="revised", thing=current)
    return current


def _over(row: Account, content: Mapping[str, Any], chosen: Chosen) -> int:
    lines = one_page.on_page(content, chosen)
    around = one_page.around(row.foreword, row.lessons)
    return one_page.height(lines) + around - one_page.LINES
