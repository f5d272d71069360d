import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { StatusChip } from "../status_chip/status_chip";

const { DateTime } = luxon;
const SOON_DAYS = 3;

/**
 * A day that the law sets: which one, how long until then, in one chip.
 *
 * `deadline` is the last lawful day (luxon DateTime); `done` when what had to be done
 * has been done, on `doneOn` if known; `label` says what: "send".
 */
export class LegalClock extends Component {
    static template = "mairie_base.LegalClock";
    static components = { StatusChip };
    static props = {
        deadline: { type: DateTime },
        label: { type: String, optional: true },
        done: { type: Boolean, optional: true },
        doneOn: { type: [DateTime, { value: false }], optional: true },
    };
    static defaultProps = { label: "", done: false };

    get daysLeft() {
        const today = DateTime.now().setZone(this.props.deadline.zone).startOf("day");
        return Math.round(this.props.deadline.startOf("day").diff(today, "days").days);
    }

    get role() {
        if (this.props.done) {
            return "done";
        }
        if (this.daysLeft < 0) {
            return "blocked";
        }
        return this.daysLeft <= SOON_DAYS ? "todo" : "upcoming";
    }

    get text() {
        const { label, deadline, done, doneOn } = this.props;
        if (done) {
            return doneOn ? _t("done on %s", this.format(doneOn)) : _t("done");
        }
        const date = this.format(deadline);
        if (this.daysLeft < 0) {
            return label
                ? _t("%(label)s: the last day was %(date)s", { label, date })
                : _t("the last day was %s", date);
        }
        return label ? _t("%(label)s by %(date)s", { label, date }) : _t("by %s", date);
    }

    get hint() {
        const days = this.daysLeft;
        if (this.props.done || days < 0) {
            return "";
        }
        if (days === 0) {
            return _t("last day: today");
        }
        return days === 1 ? _t("last day: tomorrow") : _t("%s days left", days);
    }

    /** "ven. 11/12", with the year when it is another one. */
    format(date) {
        const sameYear = date.year === DateTime.now().year;
        return date.toFormat(sameYear ? "ccc dd/MM" : "ccc dd/MM/yyyy");
    }
}

/** A date field as a legal clock. options="{'label': 'send', 'done_field': 'notice_date'}" */
export class LegalClockField extends Component {
    static template = "mairie_base.LegalClockField";
    static components = { LegalClock };
    static props = {
        ...standardFieldProps,
        label: { type: String, optional: true },
        doneField: { type: String, optional: true },
    };

    get deadline() {
        return this.props.record.data[this.props.name];
    }

    get done() {
        return this.props.doneField ? this.props.record.data[this.props.doneField] : false;
    }

    get doneOn() {
        return this.done instanceof DateTime ? this.done : false;
    }
}

registry.category("fields").add("mairie_legal_clock", {
    component: LegalClockField,
    displayName: _t("Legal deadline"),
    supportedTypes: ["date", "datetime"],
    supportedOptions: [
        { label: _t("What is due"), name: "label", type: "string" },
        { label: _t("Done field"), name: "done_field", type: "field" },
    ],
    extractProps: ({ attrs, options }) => ({
        // An attribute is translated, an option is not.
        label: attrs.string || options.label,
        doneField: options.done_field,
    }),
    fieldDependencies: ({ options }) =>
        options.done_field ? [{ name: options.done_field, type: "date", readonly: true }] : [],
});
