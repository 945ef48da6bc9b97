"""What one layer lets another read, and what that layer answers."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class AnswerKind(models.TextChoices):
    """What a layer does with what was shared with it."""

    TAKE_UP = "take_up", _("We pakken dit op")
    NOT_NOW = "not_now", _("Nu niet, want ...")
    WORDS = "words", _("We reageren alleen in woorden")


class Share(models.Model):
    """An act by which one layer lets another see a meaning, agreement, point, example or record; revocable, answered.

    The words are those of the day it was shared; they follow nothing. `changed_on`: since when the source reads
    otherwise at home; `renewed_on`: when the source put its newer words in the place of these. Where `target` is the
    `source` itself it was made known to everybody in the layers below.
    """

    partnership = models.ForeignKey("people.Partnership", on_delete=models.CASCADE, related_name="+")
    noun = models.CharField(max_length=30)
    noun_id = models.BigIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField()
    dissent = models.TextField(blank=True)
    source = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    target = models.ForeignKey("people.Organisation", on_delete=models.CASCADE, related_name="+")
    shared_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    shared_on = models.DateField()
    revoked_on = models.DateField(null=True, blank=True)
    changed_on = models.DateField(null=True, blank=True)
    renewed_on = models.DateField(null=True, blank=True)
    answer_kind = models.CharField(max_length=10, choices=AnswerKind.choices, blank=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey("people.Person", null=True, on_delete=models.SET_NULL, related_name="+")
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-shared_on", "-id"]

    @property
    def for_all_below(self) -> bool:
        """Whether it was made known to everybody in the layers below."""
        return self.target_id == self.source_id

    @property
    def before_these_words(self) -> bool:
        """Whether the answer was given on words that the source has put others in the place of."""
        return bool(self.answered_on and self.renewed_on and self.answered_on < self.renewed_on)

    @property
    def words(self) -> str:
        """What it says in one line: of a meaning its own words, for its title is that of a vision point."""
        return self.text if self.noun == "interpretation" else self.title

    def reads(self, *, title: str, text: str, dissent: str) -> bool:
        """Whether it says just this. The title of a meaning is not its own words."""
        titled = self.noun == "interpretation" or self.title == title[:200]
        return titled and (self.text, self.dissent) == (text, dissent)

    @property
    def answer_told(self) -> str:
        """The whole answer in words: 'Nu niet, want de formatie is rond.'; empty when there is none."""
        if self.answer_kind == AnswerKind.TAKE_UP:
            return str(_("We pakken dit op. %(text)s") % {"text": self.answer}).strip()
        if self.answer_kind == AnswerKind.NOT_NOW:
            return str(_("Nu niet, want %(text)s") % {"text": self.answer})
        return self.answer
