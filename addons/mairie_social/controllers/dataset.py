from odoo.addons.web.controllers.dataset import DataSet
from odoo.http import request, route


class MairieDataSet(DataSet):
    """A device that asks for pushes is tied to the session that asked."""

    @route()
    def call_kw(self, model, method, args, kwargs, path=None):
        result = super().call_kw(model, method, args, kwargs, path=path)
        if (model, method) == ("mail.push.device", "register_devices"):
            self._keep_device(kwargs.get("endpoint"))
        return result

    def _keep_device(self, endpoint):
        if endpoint:
            devices = request.env["mail.push.device"]
            devices._keep_session(endpoint, request.session.sid)
