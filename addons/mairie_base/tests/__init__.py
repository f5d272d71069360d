from . import test_document_engine, test_public_page
