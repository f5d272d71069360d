from . import actes, elus, elus_room, elus_space, exports
