from . import elus
