import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { normalize } from "@web/core/l10n/utils";

/** Who is there, who votes for whom, who stands aside. */
export class PeopleRoll extends Component {
    static template = "mairie_elus.PeopleRoll";
    static props = {
        people: Array,
        last: [String, Boolean],
        hasItem: Boolean,
        isVoted: Boolean,
        presiding: [Number, Boolean],
        secretaries: Array,
        clerks: Array,
        onPreside: Function,
        onSecretary: Function,
        onMove: Function,
        onUndo: Function,
        onDeport: Function,
        onPouvoir: Function,
    };

    setup() {
        this.state = useState({ search: "", open: null, reason: "" });
    }

    get shown() {
        const words = normalize(this.state.search);
        return this.props.people.filter(({ name }) => normalize(name).includes(words));
    }

    get present() {
        return this.props.people.filter(({ present, spare }) => present && !spare);
    }

    get grounds() {
        return [
            ["personal", _t("personal interest")],
            ["contract", _t("represents the body that gets the contract")],
            ["barred", _t("barred by law")],
        ];
    }

    get everybody() {
        return this.props.people.filter(({ present }) => !present).map(({ id }) => id);
    }

    get presentText() {
        return _t("%(present)s present of %(total)s", {
            present: this.present.length,
            total: this.props.people.length,
        });
    }

    get chairText() {
        const { people, clerks, presiding, secretaries } = this.props;
        const names = [...people, ...clerks]
            .filter(({ id }) => secretaries.includes(id))
            .map(({ name }) => name);
        const president = people.find(({ id }) => id === presiding)?.name || "…";
        return names.length
            ? _t("%(president)s presides, %(secretary)s is secretary", {
                  president,
                  secretary: names.join(", "),
              })
            : _t("%s presides, the secretary is to be named", president);
    }

    get everybodyText() {
        return _t("Everybody is there (%s)", this.everybody.length);
    }

    moveText(person) {
        if (person.present) {
            return _t("Leaves");
        }
        return person.left ? _t("Comes back") : _t("Here");
    }

    note(person) {
        const parts = [];
        if (person.gave) {
            parts.push(_t("pouvoir to %s", person.gave));
        }
        if (person.carries) {
            parts.push(_t("carries the pouvoir of %s", person.carries));
        }
        if (person.aside) {
            parts.push(_t("stands aside"));
        }
        return parts.join(" · ");
    }

    status(person) {
        if (person.spare) {
            return _t("substitute, sits for nobody");
        }
        if (person.present) {
            return _t("here");
        }
        return person.left ? _t("has left") : _t("not here");
    }

    toggle(person) {
        this.state.reason = "";
        this.state.open = this.state.open === person.id ? null : person.id;
    }

    onKeydown(person, ev) {
        if (ev.key === " ") {
            ev.preventDefault();
            this.props.onMove([person.id], !person.present);
        }
    }

    /** What a template calls: `Number` is not known there. */
    onPreside(ev) {
        this.props.onPreside(Number(ev.target.value));
    }

    onSecretary(ev) {
        this.props.onSecretary(Number(ev.target.value) || false);
    }

    onHolder(person, ev) {
        const holder = Number(ev.target.value) || false;
        this.props.onPouvoir(person.id, holder, this.state.reason || false);
    }
}
