from . import mairie_social_ack_paper
from . import mairie_social_ack_paper_line
