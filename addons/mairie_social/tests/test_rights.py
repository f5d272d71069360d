"""Every right of the hub: who reaches what, and nothing that nobody notices."""

from odoo.addons.mairie_base.tests.rights_case import SECRET, RightsMixin
from odoo.fields import Command, Datetime
from odoo.tests import tagged

from .common import PIXEL, SocialCase

#: int: whoever has an account; agt: an agent of the service Culture; elu; con: a
#: contributor of the service Voirie; com, hr; amb: the ambassador of Culture; dpo; man:
#: who sets the commune up; sys: administrator of Odoo. mem and mod are agents: member
#: and moderator of a secret group. ama is amb and man at once.
JOBS = {
    "int": "base.group_user",
    "agt": "mairie_base.group_agent",
    "elu": "mairie_base.group_elu",
    "con": "mairie_social.group_contributor",
    "com": "mairie_social.group_communication",
    "hr": "mairie_social.group_hr",
    "amb": "mairie_social.group_ambassador",
    "dpo": "mairie_social.group_dpo",
    "man": "mairie_base.group_manager",
    "sys": "base.group_system",
    "mem": "mairie_base.group_agent",
    "mod": "mairie_base.group_agent",
    "ama": "mairie_base.group_manager",
}

#: int stands for agt, elu, mem and mod too: what they may do more is a question of rows
VERBS = """
model                       int  con  com  hr   amb  dpo  man  sys
social.audience             r    r    rwcu r    r    r    rwcu r
social.post                 r    rwcu rwcu rwcu r    r    r    r
social.picture              r    r    r    r    r    r    r    r
social.reaction             rcu  rcu  rcu  rcu  rcu  rcu  rcu  rcu
social.seen                 r    r    r    r    r    r    r    r
social.report               rw   rw   rw   rw   rw   rw   rw   rw
social.moderation.log       -    -    r    r    -    -    -    -
social.post.version         -    -    -    r    -    -    -    -
social.ack.line             r    r    r    r    r    r    r    r
social.ack.paper            rwcu rwcu rwcu rwcu rwcu rwcu rwcu rwcu
social.ack.paper.line       rwcu rwcu rwcu rwcu rwcu rwcu rwcu rwcu
social.poll                 r    r    r    r    r    r    r    r
social.poll.option          r    r    r    r    r    r    r    r
social.poll.participation   r    r    r    r    r    r    r    r
social.poll.vote            r    r    r    r    r    r    r    r
social.doc                  -    -    -    -    -    -    -    -
social.suggestion           rc   rc   rwc  rc   rc   rc   rc   rc
social.kudos                rc   rc   rc   rc   rc   rc   rc   rc
social.group                rwcu rwcu rwcu rwcu rwcu rwcu rwcu rwcu
social.group.member         rwcu rwcu rwcu rwcu rwcu rwcu rwcu rwcu
social.group.leave          rwcu rwcu rwcu rwcu rwcu rwcu rwcu rwcu
social.lockout              -    -    -    -    -    -    ru   -
social.invitation           -    -    -    -    r    -    r    -
social.access               -    -    -    -    r    -    r    -
social.import               -    -    -    -    -    -    rwcu -
social.import.line          -    -    -    -    -    -    rwcu -
social.push.job             -    -    -    -    -    -    -    ru
social.field.report         rwc  rwc  rwc  rwc  rwc  rwc  rwc  rwc
social.field.route          -    -    -    -    -    -    rwcu -
social.break.glass          -    -    -    -    -    r    -    r
social.break.glass.ask      -    -    -    -    -    -    -    rwcu
social.data.log             -    -    -    -    -    r    -    -
social.retention            -    -    -    -    -    rw   rw   -
social.newsletter           -    -    rwcu -    -    -    -    -
social.newsletter.line      -    -    rwcu -    -    -    -    -
social.newsletter.receipt   -    -    r    -    -    -    -    -
social.duty                 r    r    r    rwcu r    r    rwcu r
social.template             -    r    rwcu r    -    -    -    -
social.page                 rwcu rwcu rwcu rwcu rwcu rwcu rwcu rwcu
social.document             rwcu rwcu rwcu rwcu rwcu rwcu rwcu rwcu
social.registration         r    r    r    r    r    r    r    r
social.person.data          -    -    -    -    -    rwcu -    -
"""

#: f: for all agents; d: a draft of con; k: published by con for his service Voirie; h: an
#: HR note for Culture, by hr; i: one by a colleague of hr; g: in a secret group; o: in an
#: open one; c: of the service Culture; s: asked by sys; t: by another administrator; x:
#: of another commune
ROWS = """
model                       int agt elu con  com   hr    amb dpo man  sys mem mod
social.post                 f   fhi -   fdk  fk    fhi   fhi f   f    f   fg  fg
social.post/w               -   -   -   dk   fk    hi    -   -   -    -   -   -
social.post/u               -   -   -   dk   fk    hi    -   -   -    -   -   -
social.post/c               -   -   -   dk   f     h     -   -   -    -   -   -
social.picture              f   fh  -   f    f     fh    fh  f   f    f   fg  fg
social.reaction             f   fh  -   f    f     fh    fh  f   f    f   fg  fg
social.reaction/u           -   f   -   -    -     h     -   -   -    -   g   -
social.poll                 f   fh  -   f    f     fh    fh  f   f    f   fg  fg
social.poll.option          f   fh  -   f    f     fh    fh  f   f    f   fg  fg
social.poll.participation   -   f   -   -    -     h     -   -   -    -   g   -
social.poll.vote            -   f   -   -    -     h     -   -   -    -   g   -
social.audience             f   fc  -   fk   fkc   fkc   fc  f   fkc  f   fg  fg
social.audience/w           -   -   -   -    fkc   -     -   -   fkc  -   -   -
social.seen                 -   f   -   -    -     h     -   -   -    -   g   -
social.report               -   -   -   -    f     h     -   -   -    -   -   g
social.moderation.log       -   -   -   -    f     h     -   -   -    -   -   -
social.post.version         -   -   -   -    -     fh    -   -   -    -   -   -
social.ack.line             -   f   -   -    -     fh    -   -   -    -   g   -
social.suggestion           f   f   f   f    f     f     f   f   f    f   f   f
social.kudos                -   f   -   f    -     -     -   -   -    -   g   g
social.group                o   o   o   o    o     o     o   o   o    o   og  og
social.group/w              -   -   -   -    -     -     -   -   -    -   -   g
social.group/u              -   -   -   -    -     -     -   -   -    -   -   g
social.group.member         o   o   o   o    o     o     o   o   o    o   og  og
social.group.member/w       -   -   -   -    -     -     -   -   -    -   -   g
social.group.member/c       -   -   -   -    -     -     -   -   -    -   -   g
social.group.member/u       -   -   -   -    -     -     -   -   -    -   -   g
social.access               -   -   -   -    -     -     c   -   ck   -   -   -
social.invitation           -   -   -   -    -     -     c   -   ck   -   -   -
social.field.report         -   k   -   k    -     -     -   -   kg   -   g   -
social.field.report/w       -   -   -   k    -     -     -   -   kg   -   -   -
social.field.route          -   -   -   -    -     -     -   -   c    -   -   -
social.break.glass          -   -   -   -    -     -     -   st  -    s   -   -
social.data.log             -   -   -   -    -     -     -   s   -    -   -   -
social.newsletter           -   -   -   -    f     -     -   -   -    -   -   -
social.newsletter.line      -   -   -   -    f     -     -   -   -    -   -   -
social.newsletter.receipt   -   -   -   -    f     -     -   -   -    -   -   -
social.duty                 f   f   f   f    f     f     f   f   f    f   f   f
social.page                 o   o   o   o    o     o     o   o   o    o   og  og
social.page/w               -   -   -   -    -     -     -   -   -    -   g   g
social.document             o   o   o   o    o     o     o   o   o    o   og  og
social.document/w           -   -   -   -    -     -     -   -   -    -   g   g
social.registration         -   fk  -   k    fk    -     -   -   -    -   g   g

model                       ama
social.invitation           ck
"""
#: who is asked to read, who is in an audience, what a letter or a device is known by
FIELDS = {
    ("com", "man"): {"social.audience": {"member_ids"}},
    ("hr",): {"social.post": {"ack_line_ids"}},
    ("sys",): {
        "social.invitation": {"token_hash", "code_hash"},
        "mail.push.device": {"mairie_session"},
        "res.users": {"mairie_digest_at"},
    },
    (): {
        "social.poll.option": {"secret_count", "is_right"},
        "social.suggestion": {"supporter_ids"},
        "res.users": {"mairie_audience_ids"},
    },
}
#: what answers whoever has an account, of his own feed; then those who hold a role
OPEN = {
    *("social.post.count_new", "social.post.count_readers", "social.post.get_composer"),
    *("social.post.get_feed", "social.post.get_group_feed", "social.post.get_home"),
    *("social.post.get_pinned", "social.post.get_report_reasons"),
    *("social.post.foresee_push", "social.post.pass_welcome"),
    *("social.post.get_to_read", "social.doc.search_all", "social.field.report.send"),
}
ROLES_OPEN = {
    *("social.adoption.get_board", "social.sovereignty.get_checks"),
    "social.disconnection.get_meter",
    *("social.sovereignty.cut", "social.break.glass.ask"),
}


@tagged("post_install", "-at_install")
class TestRights(RightsMixin, SocialCase):
    ADDON = "mairie_social"
    VERBS = VERBS
    ROWS = ROWS
    FIELDS = FIELDS
    HELD = {
        **dict.fromkeys(("agt", "elu", "mem", "mod"), ("int",)),
        "ama": ("amb", "man"),
        "foreign": ("int", "con", "com", "hr", "amb", "dpo", "man", "sys"),
    }
    STRANGERS = ("int", "foreign")
    TOLD = {"f", "x"}
    OPEN = {"int": OPEN, "foreign": OPEN | ROLES_OPEN}
    OWN = {"social.post.get_home", "social.field.report.send"}
    ARGUMENTS = {"since": ["2026-03-15 12:00:00", 0], "vals": {"words": "Trou"}}
    SHARED = {
        *("social.doc", "social.lockout", "social.push.job", "social.retention"),
        "social.template",
    }

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        services = {"agt": cls.culture, "amb": cls.culture, "con": cls.voirie}
        services["ama"] = cls.culture
        for job, group in JOBS.items():
            user = cls.users[job] = cls._new_user(f"{job}.droits", group)
            if job in services:
                vals = {"user_id": user.id, "department_id": services[job].id}
                cls._new_agent(user.name, **vals)
        ambassadors = cls.env.ref("mairie_social.group_ambassador")
        cls.users["ama"].group_ids += ambassadors
        abroad = cls.env["res.company"].create({"name": "Autre commune"})
        cls.users["foreign"] = cls._new_user(
            "foreign.droits", *set(JOBS.values()), company_id=abroad.id,
            company_ids=[Command.set(abroad.ids)],
        )  # fmt: skip
        cls.communes = {**dict.fromkeys("fdkhigocst", cls.commune), "x": abroad}
        cls._add_posts(abroad)
        cls._add_around_posts()
        cls._add_groups()
        cls._add_services()
        cls._add_commune()
        cls.env.flush_all()

    @classmethod
    def _add_posts(cls, abroad):
        """Posts of each kind, and the audiences that they are for."""
        cls.secret = cls._found_group("secret")
        audiences = {
            "f": cls._audience("agents"),
            "k": cls._audience("service", department_id=cls.voirie.id),
            "c": cls._audience("service", department_id=cls.culture.id),
            "g": cls.secret.audience_id,
            "x": cls.Audience.search(
                [("kind", "=", "agents"), ("company_id", "=", abroad.id)]
            ),
        }
        cls.worlds = {
            world: {"social.audience": rows} for world, rows in audiences.items()
        }
        users, note = cls.users, {"kind": "hr_note"}
        cls.worlds["f"]["res.users"] = users["agt"]
        posts = (
            ("f", "f", users["com"], {}),
            ("d", "k", users["con"], {"state": "draft", "published_at": False}),
            ("k", "k", users["con"], {}),
            ("h", "c", users["hr"], note),
            ("i", "c", cls.hr, note),
            ("g", "g", users["mod"], {"group_id": cls.secret.id}),
            ("x", "x", users["foreign"], {"company_id": abroad.id}),
        )
        for world, audience, author, vals in posts:
            name = "Collecte" if world in cls.TOLD else SECRET
            post = cls._create_post(
                audiences[audience], author=author, name=name, **vals
            )
            cls.worlds.setdefault(world, {})["social.post"] = post

    @classmethod
    def _found_group(cls, privacy):
        """A group that mod moderates, with mem."""
        users = cls.users
        group = cls.env["mairie.social.group"].with_user(users["mod"])
        group = group.create({"name": privacy, "privacy": privacy})
        member = {"group_id": group.id, "user_id": users["mem"].id}
        cls.env["mairie.social.group.member"].create(member)
        return group.sudo().with_user(cls.env.user)

    @classmethod
    def _add_around_posts(cls):
        """What hangs on a post, each of somebody who reads it."""
        readers = {"f": "agt", "h": "hr", "g": "mem", "x": "foreign"}
        for world, role in readers.items():
            user = {"user_id": cls.users[role].id}
            cls._add(world, "social.picture", image=PIXEL)
            for model in ("reaction", "ack.line", "report", "seen"):
                cls._add(world, f"social.{model}", **user)
            for model in ("poll", "poll.option", "post.version"):
                cls._add(world, f"social.{model}")
            for model in ("poll.participation", "poll.vote"):
                cls._add(world, f"social.{model}", **user)
            post = cls.worlds[world]["social.post"]
            log = cls.env["mairie.social.moderation.log"]._add(post, "hide")
            cls.worlds[world]["social.moderation.log"] = log
        cls._add("x", "social.ack.line", user_id=cls.users["agt"].id)
        for world, role in (("f", "agt"), ("k", "agt"), ("g", "mem"), ("x", "agt")):
            cls._add(world, "social.registration", user_id=cls.users[role].id)

    @classmethod
    def _add_groups(cls):
        Member = cls.env["mairie.social.group.member"]
        opened = (
            cls.env["mairie.social.group"]
            .with_user(cls.karim)
            .create({"name": "open", "privacy": "open"})
        )
        opened = opened.sudo().with_user(cls.env.user)
        for world, group in (("o", opened), ("g", cls.secret)):
            cls.worlds.setdefault(world, {})["social.group"] = group
            own = [("group_id", "=", group.id)]
            cls.worlds[world]["social.group.member"] = Member.search(own)
            cls._add(world, "social.page")
            cls._add(world, "social.document", name="Plan.txt", file=PIXEL)
        cls._add("x", "social.group")
        cls._add("x", "social.page")
        cls._add("x", "social.document", name="Plan.txt", file=PIXEL)
        cls._add("x", "social.group.member", user_id=cls.users["foreign"].id)

    @classmethod
    def _add_services(cls):
        """Letters, accesses and field reports, each of a service."""
        users, now = cls.users, Datetime.now()
        accesses = cls.env["mairie.social.access"]
        for world, role in (("c", "agt"), ("k", "con"), ("x", "foreign")):
            user = users[role]
            cls._add(world, "social.invitation", user_id=user.id, expires_at=now)
            cls.worlds[world]["social.access"] = accesses.browse(user.id)
        for world, role, service in (
            ("k", "agt", cls.voirie), ("g", "mem", cls.technique), ("x", "foreign", cls.voirie),
        ):  # fmt: skip
            vals = {"user_id": users[role].id, "department_id": service.id}
            cls._add(world, "social.field.report", **vals)
        cls.env["mairie.social.field.route"].search([]).unlink()
        for world in "cx":
            cls._add(world, "social.field.route", department_id=cls.culture.id)

    @classmethod
    def _add_commune(cls):
        """What people of the whole commune did."""
        users = cls.users
        for world in "fx":
            cls._add(world, "social.suggestion")
            cls._add(world, "social.duty", start="2026-03-15", end="2026-03-16")
            for model in ("newsletter", "newsletter.line", "newsletter.receipt"):
                cls._add(world, f"social.{model}")
        for world, author, receiver in (
            ("f", "agt", "con"), ("g", "mem", "mod"), ("x", "foreign", "foreign"),
        ):  # fmt: skip
            cls._add(world, "social.kudos", author_id=users[author].id,
                     receiver_ids=[Command.set(users[receiver].ids)])  # fmt: skip
        for world, asker in (
            ("s", users["sys"]),
            ("t", cls.env.user),
            ("x", users["foreign"]),
        ):
            people = [Command.set(asker.partner_id.ids)]
            cls._add(world, "social.break.glass", asked_by_id=asker.id,
                     partner_ids=people)  # fmt: skip
        for world, by in (("s", users["dpo"]), ("x", users["foreign"])):
            cls._add(world, "social.data.log", by_id=by.id)
