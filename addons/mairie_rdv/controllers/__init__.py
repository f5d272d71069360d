from . import ants, day, more, public, room
