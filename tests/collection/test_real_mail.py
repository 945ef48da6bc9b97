"""A round, its test mail and its reminder through a real mail server, named by the environment."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, empty_sqlite: bytes) -> Any:
    place = tmp_path_factory.mktemp("post")
    (place / "house.sqlite3").write_bytes(empty_sqlite)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith(("EMAIL_", "LEMNISCAAT_", "TEST_"))},
        "DATABASE_URL": f"sqlite:///{place / 'house.sqlite3'}",
        "LEMNISCAAT_VAR": str(place),
        "SECRET_KEY": "post",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(port),
        "EMAIL_TIMEOUT": "5",
        "MAIL_FROM": "Lemniscaat <post@brug.example.org>",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "tests.collection.mail_world", str(place / "told.json")],
        cwd=HERE, env=environment, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads((place / "told.json").read_text())


def test_the_test_mail_leads_to_the_preview(told: Any) -> None:
    (mail,) = told["test"]
    assert mail["to"] == "noor@example.org"
    assert mail["Subject"] == "[Proef] Halverwege: hoe leer jij hier?"
    assert mail["List-Unsubscribe"] == ""
    assert "Dit is een voorproef." in told["preview"]


def test_everybody_gets_one_mail_and_the_link_works(told: Any) -> None:
    went = sorted(mail["to"] for mail in told["firsts"])
    everybody = {"samira@example.org", *(f"student{n}@example.org" for n in range(14))}
    assert went == sorted(everybody - {"student3@example.org"})
    assert told["bounced"] == ["student3@example.org"]
    assert {mail["From"] for mail in told["firsts"]} == {"Noor via De Brug <post@brug.example.org>"}
    assert all(mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click" for mail in told["firsts"])
    assert told["sent"] == 303


def test_the_reminder_passes_over_who_answered_or_wants_none(told: Any) -> None:
    went = [mail["to"] for mail in told["reminders"]]
    assert len(went) == len(set(went)) == 12
    assert not {"samira@example.org", "student1@example.org", "student3@example.org"} & set(went)
    assert {mail["Subject"] for mail in told["reminders"]} == {"Nog even: Halverwege: hoe leer jij hier?"}
    assert "Niemand ziet jouw antwoord apart" in told["again"]
    assert told["home"] == 200
