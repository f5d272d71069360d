from . import common
from . import test_audience
from . import test_exchange
from . import test_feed
from . import test_leaks
from . import test_matrix
from . import test_publish
from . import test_tours
