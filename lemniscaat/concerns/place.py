"""Signed values for who has no account: where somebody stands, and which call somebody picks up."""

from dataclasses import dataclass

from django.core import signing

_PLACE, _CALL = "concerns.place", "concerns.call"
CALL_LINK_DAYS = 30


@dataclass(frozen=True)
class SignedPlace:
    """A layer of a partnership."""

    organisation_id: int
    partnership_id: int


def signed_place(organisation_id: int, partnership_id: int) -> str:
    """The value for `?plek=`: lets a participant without an account see the names at the layer of a round."""
    return signing.dumps([organisation_id, partnership_id], salt=_PLACE)


def read_place(value: str) -> SignedPlace | None:
    """The place in such a value; None when it is not one of ours."""
    try:
        organisation_id, partnership_id = signing.loads(value, salt=_PLACE)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return SignedPlace(int(organisation_id), int(partnership_id))


def signed_call(call_id: int) -> str:
    """The value in a mail with which somebody without an account says: I am calling."""
    return signing.dumps(call_id, salt=_CALL)


def read_call(value: str) -> int | None:
    """The number of the call in such a value; None when it is too old or not one of ours."""
    try:
        return int(signing.loads(value, salt=_CALL, max_age=CALL_LINK_DAYS * 24 * 3600))
    except (signing.BadSignature, ValueError, TypeError):
        return None
