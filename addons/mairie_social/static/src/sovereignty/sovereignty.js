import { Component, onWillStart, useState } from "@odoo/owl";
import { StatusChip } from "@mairie_base/status_chip/status_chip";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

const MODEL = "mairie.social.sovereignty";

/** One line for each third party: cut, or leaving the town hall. */
export class MairieSovereignty extends Component {
    static template = "mairie_social.Sovereignty";
    static components = { StatusChip };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ checks: [] });
        onWillStart(async () => {
            this.state.checks = await this.orm.call(MODEL, "get_checks", []);
        });
    }

    get leaving() {
        return this.state.checks.filter((check) => !check.is_cut).length;
    }

    get sentence() {
        if (!this.leaving) {
            return _t("Nothing leaves for a third party.");
        }
        return this.leaving === 1
            ? _t("1 thing leaves for a third party.")
            : _t("%s things leave for a third party.", this.leaving);
    }

    label(check) {
        return check.is_cut ? _t("cut") : _t("leaves France");
    }

    async onCut(check) {
        this.state.checks = await this.orm.call(MODEL, "cut", [check.key]);
    }
}

registry.category("actions").add("mairie_social.sovereignty", MairieSovereignty);
