from . import mairie_social_ack_paper
