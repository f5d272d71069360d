import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { formatFloat } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/**
 * The four colour pairs of the public pages with their contrast, computed by the server:
 * a json field holding [{key, foreground, background, ratio, required}].
 */
export class ContrastPairsField extends Component {
    static template = "mairie_base.ContrastPairsField";
    static props = { ...standardFieldProps };

    get pairs() {
        return this.props.record.data[this.props.name] || [];
    }

    label(pair) {
        return {
            text: _t("Text on the colour"),
            link: _t("Links on white"),
            link_dark: _t("Links in the dark"),
            line: _t("Lines and focus"),
        }[pair.key];
    }

    figure(pair) {
        return formatFloat(pair.ratio, { digits: [0, 1] });
    }
}

registry.category("fields").add("mairie_contrast_pairs", {
    component: ContrastPairsField,
    supportedTypes: ["json"],
});
