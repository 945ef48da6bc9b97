"""Words of an instrument in a template: `{% load cabinet %}`, then `{{ instrument.titles|said }}`."""

from django import template
from django.utils.translation import get_language

from lemniscaat.instruments.items import Text
from lemniscaat.instruments.wording import minutes_in_words

register = template.Library()


@register.filter
def said(words: Text | None) -> str:
    """A text of an instrument in the language of the page; '' where there is none."""
    return words.say(get_language() or "nl") if words else ""


@register.filter
def minutes(number: int) -> str:
    """'1 minuut', '20 minuten'."""
    return minutes_in_words(number)
