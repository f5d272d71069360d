from . import test_public_page
