from . import test_guards
from . import test_import
from . import test_public
from . import test_roles
from . import test_seats
from . import test_stations
from . import test_tours
from . import test_proof
