from . import (
    test_access_log,
    test_commune,
    test_document_engine,
    test_hoot,
    test_i18n,
    test_integrity,
    test_live,
    test_public_page,
    test_rights,
    test_sign_in,
    test_strong_login,
    test_traitement,
)
