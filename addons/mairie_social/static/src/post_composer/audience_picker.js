import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { KeepLast } from "@web/core/utils/concurrency";
import { formatDay } from "../format/format";

const { DateTime } = luxon;

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
        this.state = useState({ count: null, told: null });
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
            Object.assign(this.state, { count: null, told: null });
            this.props.onCount(null);
            return;
        }
        const count = await this.ask("count_readers", value);
        Object.assign(this.state, { count, told: null });
        this.props.onCount(count);
        this.foresee(value);
    }

    /** Telephones are counted after the people: their hours take longer to work out. */
    async foresee(value) {
        this.state.told = await this.ask("foresee_push", value);
    }

    ask(method, value) {
        return this.keepLast.add(this.orm.silent.call("mairie.social.post", method, [value]));
    }

    /** What their authors should know: who is reached by telephone, and not before when. */
    get toldSentence() {
        const { by_push, later, first } = this.state.told;
        const parts = [
            by_push === 1
                ? _t("1 person is told on a telephone.")
                : _t("%s people are told on their telephones.", by_push),
        ];
        if (later) {
            parts.push(
                _t("It is %(now)s: %(later)s of them not before %(moment)s.", {
                    now: DateTime.now().toFormat("H:mm"),
                    later,
                    moment: formatDay(first),
                }),
            );
        }
        return parts.join(" ");
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
