"""What the tests of the hub share: a small town hall, and posts for it."""

from datetime import timedelta

from odoo import Command, fields
from odoo.addons.mairie_base.tests.common import MairieCase

PIXEL = (
    b"iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9"
    b"i18U1AAAAABJRU5ErkJggg=="
)


class SocialMixin:
    """Two services, a site, agents, an élu, communication and HR."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Audience = cls.env["mairie.social.audience"]
        cls.Post = cls.env["mairie.social.post"]
        cls._create_places()
        cls._create_people()

    @classmethod
    def _create_places(cls):
        cls.technique = cls._new_service("Services techniques")
        cls.voirie = cls._new_service("Voirie", parent=cls.technique)
        cls.culture = cls._new_service("Culture")
        cls.depot = cls._new_site("Centre technique")

    @classmethod
    def _create_people(cls):
        users = cls._new_users(
            {
                "karim": [],
                "lea": [],
                "rose": ["mairie_base.group_elu"],
                "contributor": ["mairie_social.group_contributor"],
                "communication_": ["mairie_social.group_communication"],
                "rh_": ["mairie_social.group_hr"],
                "gestion_": ["mairie_base.group_manager"],
            }
        )
        cls.karim, cls.lea, cls.rose, cls.contributor = users[:4]
        cls.communication, cls.hr, cls.manager = users[4:]
        cls._employ(cls.karim, cls.voirie, cls.depot)
        cls._employ(cls.lea, cls.culture)
        cls._employ(cls.contributor, cls.voirie)

    @classmethod
    def _new_member(cls, login, service, site=None, groups=(), **vals):
        """Create an agent with an account, in a service and on a site."""
        user = cls._new_user(login, *groups, **vals)
        cls._employ(user, service, site)
        return user

    @classmethod
    def _employ(cls, users, service, site=None):
        """Make agents of these users, in a service and on a site."""
        return cls._new_agents(
            [
                {
                    "name": user.name,
                    "user_id": user.id,
                    "department_id": service.id,
                    "work_location_id": site.id if site else False,
                }
                for user in users
            ]
        )

    @classmethod
    def _new_people(cls, number, prefix="lecteur"):
        """Create many agents' accounts at once."""
        return cls._new_users({f"{prefix}{rank}": [] for rank in range(number)})

    @classmethod
    def _audience(cls, kind, **vals):
        """Find the audience of a service or a site, or of all; create any other."""
        if kind in ("role", "manual"):
            return cls.Audience.create({"kind": kind, "name": kind, **vals})
        domain = [("kind", "=", kind), ("company_id", "=", cls.commune.id)]
        domain += [(key, "=", value) for key, value in vals.items()]
        return cls.Audience.search(domain)

    @classmethod
    def _create_post(cls, audiences, author=None, **vals):
        """Create a post as data would: published an hour ago unless told otherwise."""
        now = fields.Datetime.now()
        values = {
            "name": "Collecte décalée",
            "body": "<p>Les bacs sortent jeudi.</p>",
            "author_id": (author or cls.communication).id,
            "audience_ids": [Command.set(audiences.ids)],
            "state": "published",
            "published_at": now - timedelta(hours=1),
            "company_id": cls.commune.id,
            **vals,
        }
        return cls.Post.sudo().create(values)

    @classmethod
    def _create_draft(cls, user, audiences, **vals):
        """Create a draft as its author would, from the dialog."""
        Post = cls.Post.with_user(user)
        post_id = Post.save_draft(
            None, {"name": "Brouillon", "audience_ids": audiences.ids, **vals}
        )
        return Post.browse(post_id)


class SocialCase(SocialMixin, MairieCase):
    """Test case of the hub's models and rules."""
