from . import actes, dossier, elus, elus_room, elus_space, exports
