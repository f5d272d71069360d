from . import mairie_social_post
