from . import (
    common,
    test_access,
    test_booking,
    test_closure,
    test_confirm,
    test_desk,
    test_messages,
    test_offer,
    test_outbox,
    test_public_pages,
    test_waiting,
)
