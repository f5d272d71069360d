"""Rights: written tables against what is there; then each right is taken away in turn.

A table that nobody compares says nothing, a comparison that no fault moves proves
nothing: every access line, every rule and every guard of a field of an addon is taken
away once, and the comparison must see it. Then every method that a client may call is
called by people who may not read its row.
"""

import contextlib
import inspect
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.models import BaseModel
from odoo.service.model import get_public_method

LETTERS = {"r": "read", "w": "write", "c": "create", "u": "unlink"}
PERMS = [f"perm_{verb}" for verb in LETTERS.values()]
#: a text that stands in every row, and in no answer to who may not read it
SECRET = "Zanzibarova"
#: what a required field gets that nobody told
MADE_UP = {
    "binary": b"JVBERi0=",
    "boolean": False,
    "date": fields.Date.to_date("2026-03-15"),
    "datetime": fields.Datetime.to_datetime("2026-03-15 12:00:00"),
    "float": 0.0,
    "image": False,
    "integer": 0,
    "json": False,
    "many2one_reference": False,
    "one2many": [],
}
#: methods of every model: the table of verbs answers for them
ORM = {"create", "write", "unlink", "read", "fetch", "copy", "copy_data", "init"}
PREFIX = "mairie."


def read_table(text):
    """Read a table written as text, "-" for an empty cell; an empty line, a new head.

    :return: row -> column -> cell
    """
    table = {}
    for block in text.strip().split("\n\n"):
        head, *lines = (line.split() for line in block.splitlines())
        for name, *cells in lines:
            cells = [cell.strip("-") for cell in cells]
            table.setdefault(name, {}).update(zip(head[1:], cells, strict=True))
    return table


class RightsMixin:
    """The tests of one addon's rights: a subclass writes the tables and makes the rows.

    Models are named without their prefix ``mairie.``.
    """

    ADDON = None
    #: text: model, then the verbs (r, w, c, u) of each role
    VERBS = ""
    #: text: model or model/verb letter, then the worlds that each role reaches
    ROWS = ""
    #: role -> roles that one person holds together: their verbs add up
    HELD = {}
    #: roles that read a field -> model -> fields kept for some
    FIELDS = {}
    #: models without a rule: what they hold is of no commune and of nobody
    SHARED = set()
    #: roles that read and do not write: no method makes up for it
    READERS = ()
    #: worlds that strangers read or are of: their words are no secret
    TOLD = {"x"}
    #: dialog -> what a stranger types in it; by default a word everywhere
    DIALOGS = {}
    #: role -> model.method that answers him without a row: his own affairs, nothing of
    #: what he may not read
    OPEN = {}
    #: model.method that writes what is the caller's own
    OWN = set()
    #: whether its methods ask ``check_access``
    CHECKS = True
    #: roles that call the methods of rows that they may not read
    STRANGERS = ("internal", "foreign")
    #: name of an argument -> what a stranger gives
    ARGUMENTS = {}

    maxDiff = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        #: role -> user
        cls.users = {}
        #: letter of a world -> model -> its rows
        cls.worlds = {}
        #: letter of a world -> its commune
        cls.communes = {}

    @classmethod
    def _get_model(cls, name):
        return cls.env[PREFIX + name if PREFIX + name in cls.env else name]

    # -- rows --------------------------------------------------------------------------

    @classmethod
    def _add(cls, world, model, author=None, **vals):
        """Put a row into a world, see ``_make``. :return: the row"""
        row = cls._make(world, model, author, **vals)
        rows = cls.worlds.setdefault(world, {})
        rows[model] = rows.get(model, row.browse()) | row
        return row

    @classmethod
    def _make(cls, world, model, author=None, **vals):
        """Make a row; what it needs and is not told is found in its world or made up.

        All that can be told in a dialog is.

        No rule of the trade is asked: a row that can be there is there.

        :param author: the user who made it, by default the superuser
        """
        Model = cls._get_model(model).with_company(cls.communes[world])
        Model = Model.with_user(author).sudo() if author else Model
        known = Model.default_get(list(Model._fields))
        for name, field in Model._fields.items():
            if field.compute or field.related or name in vals:
                continue
            if name == "company_id":
                vals[name] = cls.communes[world].id
            elif (field.required or Model._transient) and not known.get(name):
                word = "x" if Model._transient or world in cls.TOLD else SECRET
                vals[name] = cls._make_up(world, field, word)
        with patch.object(BaseModel, "_validate_fields"):
            return BaseModel.create(Model, [vals]).with_env(cls.env)

    @classmethod
    def _make_up(cls, world, field, word):
        """Return the value of a field: a row of the same world, else a word."""
        if field.relational:
            rows = cls.worlds.get(world, {}).get(_short(field.comodel_name))
            if rows is None and field.required:
                rows = cls.env[field.comodel_name].search([], limit=1)
            ids = rows[:1].ids if rows else []
            return next(iter(ids), False) if field.type == "many2one" else ids
        if field.type == "selection":
            return field.get_values(cls.env)[0]
        return MADE_UP.get(field.type, word)

    # -- what is compared --------------------------------------------------------------

    def _get_models(self):
        """Return the models of the addon, and those that its access lines open."""
        lines = self._get_own("ir.model.access").model_id.mapped("model")
        own = {
            name
            for name, model in self.env.registry.items()
            if model._original_module == self.ADDON
            and not model._abstract
            and name.startswith(PREFIX)
        }
        return own | set(lines)

    def _get_verbs(self):
        """Return the table of verbs, with those of people who hold several roles."""
        table = self._read_verbs()
        for cells in table.values():
            for role, roles in self.HELD.items():
                held = "".join(cells[one] for one in roles)
                cells[role] = "".join(letter for letter in LETTERS if letter in held)
        return table

    def _read_verbs(self):
        """Return the table of verbs as it is written. Hook: where it is a file."""
        return read_table(self.VERBS)

    def _find_verb_faults(self, names=None, roles=None):
        """Yield where the verbs of a role differ from the table."""
        table = self._get_verbs()
        for name in names or set(table) | set(map(_short, self._get_models())):
            for role in roles or self.users:
                user = self.users[role]
                model = self._get_model(name).with_user(user)
                found = "".join(
                    letter for letter, verb in LETTERS.items() if model.has_access(verb)
                )
                if found != table.get(name, {}).get(role, ""):
                    yield f"{role} on {name}: {found or 'nothing'}"

    def _find_row_faults(self, models=None, roles=None):
        """Yield where the rows that a role reaches differ from the table."""
        for name, cells in read_table(self.ROWS).items():
            model, _slash, letter = name.partition("/")
            if models and model not in models:
                continue
            for role in cells.keys() & roles if roles else cells:
                wanted = cells[role]
                rows = self._get_reached(model, LETTERS[letter or "r"], role)
                found = self._get_worlds(rows)
                if found != set(wanted):
                    yield f"{role} on {name}: {''.join(sorted(found)) or '-'}"

    def _get_ruled(self):
        """Return the models whose rows the table tells of."""
        return {name.partition("/")[0] for name in read_table(self.ROWS)}

    def _get_rows(self, model):
        """Return the rows of all worlds."""
        rows = [models[model] for models in self.worlds.values() if model in models]
        return self._get_model(model).union(*rows)

    def _get_reached(self, model, verb, role):
        """Return those of the rows that a role reaches."""
        return self._get_rows(model).with_user(self.users[role])._filtered_access(verb)

    def _get_worlds(self, rows):
        """Return the letters of the worlds in which some of these rows are."""
        model, ids = _short(rows._name), set(rows.ids)
        return {
            world
            for world, models in self.worlds.items()
            if model in models and ids.intersection(models[model].ids)
        }

    def _get_guarded(self):
        """Return the fields of the addon that are kept for some: (model, field)."""
        return [
            (_short(name), field)
            for name, model in self.env.registry.items()
            for field in model._fields.values()
            if field.groups and not model._abstract and self._is_own(model, field)
        ]

    def _is_own(self, model, field):
        """Tell whether a field is of a model of the addon, or added by it to Odoo's."""
        if model._original_module.startswith("mairie_"):
            # A glue addon adds fields of its own, which its tests look at.
            ours = field._module in (self.ADDON, "mairie_base")
            return ours and model._original_module == self.ADDON
        return field._module == self.ADDON

    def _find_field_faults(self):
        """Yield where the readers of a field differ from the table."""
        for readers, models in self.FIELDS.items():
            for role, user in self.users.items():
                reads = bool({role, *self.HELD.get(role, ())} & {*readers})
                for model, names in models.items():
                    rows = self._get_model(model).with_user(user)
                    for name in names:
                        field = rows._fields[name]
                        if rows._has_field_access(field, "read") != reads:
                            yield f"{role} on {model}.{name}"

    # -- the tables hold ---------------------------------------------------------------

    def test_each_role_has_the_verbs_of_the_table_and_no_other(self):
        self.assertEqual([*self._find_verb_faults()], [])

    def test_each_role_reaches_the_rows_of_the_table_and_no_other(self):
        self.assertEqual([*self._find_row_faults()], [])

    def test_reading_searching_and_counting_say_the_same(self):
        for model in self._get_ruled():
            for role, user in self.users.items():
                reached = self._get_reached(model, "read", role)
                rows = reached.browse().with_context(active_test=False)
                if rows.has_access("read"):
                    domain = [("id", "in", self._get_rows(model).ids)]
                    with self.subTest(model=model, role=user.login):
                        self.assertEqual(rows.search(domain), reached)
                        self.assertEqual(rows.search_count(domain), len(reached))

    def test_another_commune_reaches_no_row(self):
        """Its people, whatever their roles, and whatever commune they say they are of."""
        forged = {"allowed_company_ids": self.commune.ids}
        for model in self._get_ruled():
            with self.subTest(model=model):
                rows = self._get_reached(model, "read", "foreign")
                self.assertLessEqual(self._get_worlds(rows), {"x"})
                rows = self._get_model(model).with_user(self.users["foreign"])
                with contextlib.suppress(AccessError):
                    self.assertFalse(rows.with_context(**forged).search([]))

    def test_what_has_no_rule_is_of_no_commune(self):
        models = map(self.env.registry.get, self._get_models())
        names = {model._name for model in models if not model._transient}
        ruled = self.env["ir.rule"].search([("model_id.model", "in", list(names))])
        self.assertEqual(
            set(map(_short, names - set(ruled.model_id.mapped("model")))), self.SHARED
        )

    def test_guarded_fields_are_read_by_those_of_the_table_and_nobody_else(self):
        listed = {
            (model, name)
            for models in self.FIELDS.values()
            for model, names in models.items()
            for name in names
        }
        guarded = {(model, field.name) for model, field in self._get_guarded()}
        self.assertEqual(guarded, listed)
        self.assertEqual([*self._find_field_faults()], [])

    # -- each of them matters ----------------------------------------------------------

    def test_no_access_line_can_go_unseen(self):
        self._assert_all_seen("ir.model.access", self._find_verb_faults)

    def test_no_rule_can_go_unseen(self):
        self._assert_all_seen("ir.rule", self._find_row_faults)

    def test_no_guard_of_a_field_can_go_unseen(self):
        survivors = []
        for model, field in self._get_guarded():
            with patch.object(field, "groups", None):
                if not any(self._find_field_faults()):
                    survivors.append(f"{model}.{field.name}")
        self.assertEqual(survivors, [])

    def _assert_all_seen(self, rights, compare):
        """Take each right of the addon away: the comparison of its model must see it.

        :param compare: names of models, roles -> faults
        """
        survivors = []
        for right in self._get_own(rights):
            if rights == "ir.model.access" and not any(right[verb] for verb in PERMS):
                continue  # says that nobody has a right, lest Odoo warns
            with self._taken_away(right):
                roles = self._get_holders(right)
                if not any(compare({_short(right.model_id.model)}, roles)):
                    survivors.append(right.name)
        self.assertEqual(survivors, [])

    def _get_holders(self, right):
        """Return the roles that a right is given to: all of them, by a global rule."""
        groups = right.groups if right._name == "ir.rule" else right.group_id
        holders = [r for r, u in self.users.items() if u.all_group_ids & groups]
        return holders if groups else [*self.users]

    def _get_own(self, model):
        data = self.env["ir.model.data"].search(
            [("module", "=", self.ADDON), ("model", "=", model)]
        )
        return self.env[model].browse(data.mapped("res_id")).exists()

    @contextlib.contextmanager
    def _taken_away(self, right):
        right.active = False
        self.env.flush_all()
        self.env.invalidate_all()
        try:
            yield
        finally:
            right.active = True
            self.env.flush_all()
            self.env.invalidate_all()

    # -- methods that a client may call ------------------------------------------------

    def test_no_method_answers_who_may_not_read_its_row(self):
        self.assertEqual([*self._find_open_doors()], [])

    def test_without_the_checks_of_access_doors_stand_open(self):
        if not self.CHECKS:
            return
        with patch.object(BaseModel, "check_access"):
            self.assertTrue(any(self._find_open_doors()))

    def test_who_only_reads_a_row_changes_nothing_by_its_methods(self):
        changes = []
        for model, names in self._get_public_methods().items():
            for role in self.READERS:
                readable = self._get_reached(model, "read", role)
                row = (readable - self._get_reached(model, "write", role))[:1]
                for name in sorted(names) if row else ():
                    door = f"{model}.{name}"
                    _answer, written = self._call(row, role, name) or (None, 0)
                    if written and door not in self.OWN:
                        changes.append(f"{role} by {door}: {written} written")
        self.assertEqual(changes, [])

    def _find_open_doors(self):
        """Call each method as each stranger; yield those who got an answer."""
        for model, names in self._get_public_methods().items():
            for role in self.STRANGERS:
                for name in sorted(names):
                    if answer := self._knock(model, role, name):
                        yield f"{role} on {model}.{name}: {answer}"

    def _knock(self, model, role, name):
        """Return what a stranger got or did by a method; None when he was refused."""
        row, door = self._get_target(model, role), f"{model}.{name}"
        is_api_model = getattr(getattr(row, name), "_api_model", False)
        if not row and not is_api_model:
            return None
        # first steps are an empty list to who does not set the module up
        steps = ("get_mairie_setup", "get_mairie_first_hour")
        open_ = name in steps or door in self.OPEN.get(role, ())
        allowed = is_api_model and open_
        called = self._call(row, role, name)
        if not called:
            return None
        answer, written = called
        if isinstance(answer, UserError) and (allowed or row._transient):
            return None  # what he typed of his own is wrong
        told = SECRET in str(answer) if allowed else self._tells(answer)
        wrote = written and door not in self.OWN
        return f"{answer!r:.120}, {written} written" if told or wrote else None

    def _get_target(self, model, role):
        """Return a row that a role may not read, or his own dialog about such rows."""
        if self._get_model(model)._transient:
            home = next(iter(self.worlds))
            vals = self.DIALOGS.get(model, {})
            return self._make(home, model, self.users[role], **vals)
        return (self._get_rows(model) - self._get_reached(model, "read", role))[:1]

    def _call(self, row, role, name):
        """Call a method as from outside, then undo it.

        :return: (answer or error, number of our rows written); None when refused
        """
        self.env.flush_all()
        self.env.invalidate_all()
        method = getattr(type(row), name)
        arguments = self._get_arguments(method, row)
        if getattr(method, "_api_model", False):
            row = row.browse()
        row = row.with_env(self.env(user=self.users[role], context={"lang": "en_US"}))
        before = self._count_written()
        try:
            with self.env.cr.savepoint():
                answer = method(row, **arguments)
                row.env.flush_all()
                raise _Answered(answer, self._count_written() - before)
        except (AccessError, MissingError):
            return None
        except _Answered as answered:
            return answered.args
        except Exception as error:  # pylint: disable=broad-except
            return error, 0

    def _tells(self, answer):
        """An action without a word of the row tells nothing: what it opens asks again."""
        action = isinstance(answer, dict) and str(answer.get("type"))
        return SECRET in str(answer) or not str(action).startswith("ir.actions.")

    def _count_written(self):
        """Return how many rows of our tables this transaction has written so far."""
        self.env.cr.execute(
            "SELECT COALESCE(SUM(n_tup_ins + n_tup_upd + n_tup_del), 0)"
            " FROM pg_stat_xact_user_tables WHERE relname LIKE 'mairie_%'"
        )
        return int(self.env.cr.fetchone()[0])

    def _get_arguments(self, method, row):
        """Return what a stranger gives: names of rows that are not his, words."""
        parameters = list(inspect.signature(method).parameters.values())[1:]
        return {
            parameter.name: self._get_argument(parameter.name, row)
            for parameter in parameters
            if parameter.kind is parameter.POSITIONAL_OR_KEYWORD
            and (
                parameter.default is parameter.empty
                or parameter.name.endswith(("_id", "_ids"))
            )
        }

    def _get_argument(self, name, row):
        if name in self.ARGUMENTS:
            return self.ARGUMENTS[name]
        stem, _mark, ids = name.rpartition("_id")
        if not stem:
            return "x"
        named = [
            rows[:1].id
            for models in self.worlds.values()
            for model, rows in models.items()
            if model.rpartition(".")[2] == stem
        ]
        found = named[0] if named else row.id
        return [found] if ids else found

    def _get_public_methods(self):
        """Return the methods of the addon that a client may call: model -> names."""
        found = {}
        for model, cls in self.env.registry.items():
            names = {
                name
                for base in cls.mro()
                if self._is_written_here(base, cls)
                for name in vars(base)
                if self._is_public(model, name)
            }
            if cls._abstract:
                names = {n for n in names if getattr(getattr(cls, n), "_api_model", 0)}
            if names:
                found[_short(model)] = names
        return found

    def _is_written_here(self, base, cls):
        """Tell whether a class of a model is the addon's: mixins follow their models."""
        if cls._original_module == self.ADDON:
            return base.__module__.startswith("odoo.addons.mairie_")
        here = base.__module__.startswith(f"odoo.addons.{self.ADDON}.")
        return here and base._name == cls._name

    def _is_public(self, model, name):
        method = getattr(self.env.registry[model], name, None)
        if name in ORM or not inspect.isfunction(method):
            return False
        try:
            return bool(get_public_method(self.env[model], name))
        except AccessError:
            return False


class _Answered(Exception):
    """A method answered a stranger: (answer, rows written)."""


def _short(model):
    return model.removeprefix(PREFIX)
