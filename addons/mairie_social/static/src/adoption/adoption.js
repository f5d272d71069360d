import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

const STEPS = [
    { key: "invited", label: _t("Invited") },
    { key: "came", label: _t("Came") },
    { key: "equipped", label: _t("Equipped") },
    { key: "active", label: _t("Active in 30 days") },
    { key: "contributed", label: _t("Contributed") },
];

/** « Adoption »: the funnel of a launch, by service, never by person. */
export class MairieAdoption extends Component {
    static template = "mairie_social.Adoption";
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.steps = STEPS;
        this.state = useState({ board: null, meter: null });
        onWillStart(async () => {
            [this.state.board, this.state.meter] = await Promise.all([
                this.orm.call("mairie.social.adoption", "get_board", []),
                this.orm.call("mairie.social.disconnection", "get_meter", []),
            ]);
        });
    }

    /** @param {number|null} count @returns {string} */
    show(count) {
        return count === null ? "–" : String(count);
    }

    /** @returns {string} how many services are counted on a line besides its own */
    countOthers({ others }) {
        return others.length === 1
            ? _t("and 1 other service")
            : _t("and %s other services", others.length);
    }

    /** @returns {number} width of a bar, 0 to 100 */
    width(line, step) {
        return line.invited ? Math.round((100 * (line[step] || 0)) / line.invited) : 0;
    }
}

registry.category("actions").add("mairie_social.adoption", MairieAdoption);
