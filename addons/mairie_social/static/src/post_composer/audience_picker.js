import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { KeepLast } from "@web/core/utils/concurrency";

const GROUPS = [
    { label: _t("The whole town hall"), kinds: ["all", "agents", "elus"] },
    { label: _t("Services"), kinds: ["service"] },
    { label: _t("Sites"), kinds: ["site"] },
    { label: _t("My groups"), kinds: ["group"] },
    { label: _t("Other lists"), kinds: ["role", "manual"] },
];

/** « Qui lira ? »: chips, one list to add from, and the sentence that counts. */
export class AudiencePicker extends Component {
    static template = "mairie_social.AudiencePicker";
    static props = {
        audiences: { type: Array },
        value: { type: Array },
        onChange: { type: Function },
        onCount: { type: Function },
    };

    setup() {
        this.orm = useService("orm");
        this.keepLast = new KeepLast();
        this.state = useState({ count: null });
        onWillStart(() => this.count(this.props.value));
        onWillUpdateProps(({ value }) => {
            if (value.join() !== this.props.value.join()) {
                this.count(value);
            }
        });
    }

    get chosen() {
        return this.props.audiences.filter(({ id }) => this.props.value.includes(id));
    }

    get groups() {
        const left = this.props.audiences.filter(({ id }) => !this.props.value.includes(id));
        return GROUPS.map(({ label, kinds }) => ({
            label,
            options: left.filter(({ kind }) => kinds.includes(kind)),
        })).filter(({ options }) => options.length);
    }

    /** @param {number[]} value ids of the chosen audiences */
    async count(value) {
        if (!value.length) {
            this.state.count = null;
            this.props.onCount(null);
            return;
        }
        const args = [value];
        const promise = this.orm.silent.call("mairie.social.post", "count_readers", args);
        const count = await this.keepLast.add(promise);
        this.state.count = count;
        this.props.onCount(count);
    }

    get sentence() {
        const { total, without_email, elus, agents } = this.state.count;
        const people = total === 1 ? _t("1 person") : _t("%s people", total);
        const parts = [
            without_email
                ? _t("%(people)s, %(number)s of them without e-mail.", {
                      people,
                      number: without_email,
                  })
                : `${people}.`,
        ];
        if (!elus) {
            parts.push(_t("The elected members will not read."));
        } else if (!agents) {
            parts.push(_t("The agents will not read."));
        } else {
            parts.push(_t("Agents and elected members will read."));
        }
        return parts.join(" ");
    }

    optionLabel({ name, count }) {
        return `${name} (${count})`;
    }

    removeLabel(audience) {
        return _t("Remove %s", audience.name);
    }

    onAdd(ev) {
        const id = Number(ev.target.value);
        ev.target.value = "";
        if (id) {
            this.props.onChange([...this.props.value, id]);
        }
    }

    onRemove(id) {
        this.props.onChange(this.props.value.filter((other) => other !== id));
    }
}
