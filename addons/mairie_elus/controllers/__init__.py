from . import elus, elus_room, elus_space
