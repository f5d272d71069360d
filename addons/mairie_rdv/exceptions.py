"""What may refuse a booking, each with what the page needs to answer well."""

from odoo.exceptions import UserError


class SlotTaken(UserError):
    """Somebody else has the time that was asked, or it is no longer on offer."""


class TooManyBookings(UserError):
    """A limit is reached; ``retry_after`` seconds from now it will be worth trying."""

    def __init__(self, message, retry_after):
        super().__init__(message)
        self.retry_after = retry_after


class FormRefused(UserError):
    """Answers to correct: ``errors`` maps the name of a field to its sentence.

    ``details`` maps some fields to what the page offers beside the sentence.
    """

    def __init__(self, message, errors, details=None):
        super().__init__(message)
        self.errors = errors
        self.details = details or {}


class SmsRefused(UserError):
    """The operator will never take this message: wrong number, no credit, bad keys."""


class SmsUnsure(UserError):
    """The operator did not answer in time: the message may have left."""
