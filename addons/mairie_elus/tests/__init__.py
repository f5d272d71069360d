from . import (
    test_access,
    test_convening,
    test_dossier,
    test_mandat,
    test_notice_clock,
    test_pages,
    test_seal,
    test_sending_cost,
    test_tours,
)
