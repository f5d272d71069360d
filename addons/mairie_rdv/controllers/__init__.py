from . import more, public
