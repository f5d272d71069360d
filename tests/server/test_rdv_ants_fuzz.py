"""The addresses of France Titres under schemathesis, from the description we publish.

What the description allows is answered as it says; what it forbids gets a 4xx with a
sentence; nothing ever gets a 5xx. `make bench T=rdv` runs many times as many cases.
"""

import re
import subprocess
import sys
from pathlib import Path

import requests

TOKEN = "demo-hub-ants"  # of the demo town
HEADER = "X-HUB-RDV-AUTH-TOKEN"
CHECKS = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "ignored_auth",
]
#: (address, parameters, the one that is named)
MALFORMED = [
    ("searchApplicationIds", [], "application_ids"),
    ("searchApplicationIds", [("application_ids", "AB12")], "application_ids"),
    (
        "searchApplicationIds",
        [("application_ids", "AB12CD34E\u0660")],
        "application_ids",
    ),
    ("availableTimeSlots", [], "meeting_point_ids"),
    ("availableTimeSlots", [("meeting_point_ids", "x")] * 201, "meeting_point_ids"),
    ("availableTimeSlots", [("meeting_point_ids", "")], "meeting_point_ids"),
    ("availableTimeSlots", [("meeting_point_ids", "x")], "start_date"),
]


def fuzz(url, examples, *options):
    """Run schemathesis on the addresses of a town. :return: (exit code, its words)"""
    command = [
        Path(sys.executable).with_name("schemathesis"),
        "run",
        f"{url}/rdv/api/ants/openapi.json",
        f"--url={url}/rdv/api/ants",
        f"--header={HEADER}: {TOKEN}",
        f"--checks={','.join(CHECKS)}",
        f"--max-examples={examples}",
        "--seed=20260601",
        "--generation-database=none",
        "--no-color",
        *options,
    ]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd="/tmp"
    )
    return done.returncode, done.stdout + done.stderr


def cases_of(words):
    """How many requests schemathesis made."""
    found = re.search(r"(\d[\d,]*) generated", words)
    return int(found[1].replace(",", "")) if found else 0


def test_description_holds_under_schemathesis(live_server):
    code, words = fuzz(live_server.url, examples=15)
    assert code == 0, words[-6000:]
    assert cases_of(words) >= 50, words[-2000:]
    assert not live_server.complaints()


def test_what_is_malformed_is_named_in_a_sentence(live_server):
    for path, params, name in MALFORMED:
        answer = requests.get(
            f"{live_server.url}/rdv/api/ants/{path}",
            params=params,
            headers={HEADER: TOKEN},
            timeout=30,
        )
        assert answer.status_code == 400, (path, params)
        assert answer.json()["parameter"] == name
        assert " " in answer.json()["detail"]


def test_log_keeps_no_number_and_no_token_of_what_the_hub_asked(live_server):
    asked = [("application_ids", "CANAR1XY99"), ("application_ids", "CANAR2XY99")]
    answer = requests.get(
        f"{live_server.url}/rdv/api/ants/searchApplicationIds",
        params=asked,
        headers={HEADER: TOKEN},
        timeout=30,
    )
    assert answer.json() == {"CANAR1XY99": [], "CANAR2XY99": []}
    log = live_server.log_text()
    assert "/rdv/api/ants/searchApplicationIds?***" in log, "the log is on"
    assert "CANAR" not in log
    assert TOKEN not in log
