from . import test_council, test_sms, test_town
