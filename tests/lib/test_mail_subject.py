"""A subject arrives with all its spaces, whatever its length and its accents."""

import email.policy
from email import message_from_bytes
from email.message import EmailMessage

import pytest
from mairie_base.lib.mail_subject import Subject

SUBJECTS = [
    "Une place plus tôt : lundi 14 décembre à 14\u00a0h",
    "Rendez-vous en mairie : jeudi 17 décembre à 9\u00a0h\u00a020",
    "Convocation : conseil municipal du jeudi 17 décembre 2026, à 19\u00a0h",
    "Your appointment has a new date: Wednesday, December 23 at 2:00 PM, town hall of X",
    *(f"{'é ' * length}décembre à 14 h, mairie" for length in range(40)),
]


def sent(subject):
    message = EmailMessage(policy=email.policy.SMTP)
    message["Subject"] = Subject(subject)
    message.set_content("x")
    return message.as_bytes()


@pytest.mark.parametrize("subject", SUBJECTS)
def test_a_subject_comes_back_as_it_was_written(subject):
    raw = sent(subject)
    assert message_from_bytes(raw, policy=email.policy.default)["Subject"] == subject
    assert all(len(line) <= 78 for line in raw.split(b"\r\n\r\n")[0].split(b"\r\n"))


def test_a_subject_cannot_add_a_header():
    raw = sent("Bonjour\r\nBcc: autre@exemple.fr")
    assert b"\r\nBcc:" not in raw
