from . import ants, day, more, public
