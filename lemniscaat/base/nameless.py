"""Log lines without the links and addresses of people: an error on a participant's page would name his own link."""

import logging
import re

_TOKEN = re.compile(r"/(mee|terug|samen|stroom|code)/[^/\s'\"?]+")
# behind a way in the question says what else was shown at the door
_QUESTION = re.compile(r"(/(?:mee|terug|samen|stroom|code)/[^\s'\"?]*\?)[^\s'\"]*")
_MAIL = re.compile(r"[^\s@'\"<>(]+@[^\s@'\"<>),]+\.\w+")


class Nameless(logging.Formatter):
    """Formats a record, its traceback included, and takes out what leads to somebody."""

    def format(self, record: logging.LogRecord) -> str:
        """The line with an ellipsis for each link of a participant and each mail address."""
        line = _QUESTION.sub(r"\1…", super().format(record))
        return _MAIL.sub("…@…", _TOKEN.sub(r"/\1/…", line))
