"""Text from a file that somebody saved somewhere."""


def decoded(raw: bytes) -> str:
    """The text of a file: UTF-8 with or without a mark, else Windows-1252, as spreadsheets in Dutch schools save."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")
