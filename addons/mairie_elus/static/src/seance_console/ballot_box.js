import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useDebounced } from "@web/core/utils/timing";

const SIDES = ["pour", "contre", "abstention"];

/** One vote: how, how many, who. The server says what it decides before it is closed. */
export class BallotBox extends Component {
    static template = "mairie_elus.BallotBox";
    static props = {
        item: Object,
        people: Array,
        preview: Function,
        onVote: Function,
    };

    setup() {
        this.sides = SIDES;
        this.state = useState({
            open: !this.props.item.vote,
            mode: "ordinary",
            contre: 0,
            abstention: 0,
            pour: this.props.item.voters,
            blanc: 0,
            nul: 0,
            names: {},
            president_vote: false,
            subject: "",
            reason: "",
            verdict: null,
        });
        this.judgeLater = useDebounced(() => this.judge(), 200);
        onWillStart(() => this.state.open && this.judge());
    }

    get modes() {
        return [
            ["ordinary", _t("by hands")],
            ["public", _t("by names")],
            ["secret", _t("secret")],
        ];
    }

    get labels() {
        return { pour: _t("For"), contre: _t("Against"), abstention: _t("Abstention") };
    }

    get voters() {
        return this.props.people.filter(({ votes }) => votes);
    }

    get sum() {
        const { pour, contre, abstention, blanc, nul } = this.state;
        return pour + contre + abstention + blanc + nul;
    }

    get sumText() {
        const { voters, present_voters, pouvoirs } = this.props.item;
        const missing = voters - this.sum;
        if (missing > 0) {
            return _t("%(missing)s votes are missing for %(voters)s voters.", {
                missing,
                voters,
            });
        }
        if (missing < 0) {
            return _t("%(extra)s votes too many for %(voters)s voters.", {
                extra: -missing,
                voters,
            });
        }
        return _t(
            "%(voters)s voters: %(present)s present, %(pouvoirs)s pouvoirs. The count is right.",
            { voters, present: present_voters, pouvoirs },
        );
    }

    get requestsText() {
        return _t(
            "By names if %(due_public)s members present ask, secret if %(due_secret)s do.",
            this.props.item,
        );
    }

    get vals() {
        const { mode, names, president_vote, subject, reason } = this.state;
        const counts = {};
        for (const side of [...SIDES, "blanc", "nul"]) {
            counts[side] = this.state[side];
        }
        return { mode, ...counts, names: { ...names }, president_vote, subject, reason };
    }

    get buttonText() {
        const { verdict } = this.state;
        if (!verdict || verdict.problem) {
            return _t("Record the vote");
        }
        return verdict.adopted
            ? _t("Record: adopted, %(pour)s for, %(contre)s against", this.state)
            : _t("Record: not adopted, %(pour)s for, %(contre)s against", this.state);
    }

    async judge() {
        this.state.verdict = await this.props.preview(this.vals);
    }

    setMode(mode) {
        this.state.mode = mode;
        this.state.names = {};
        this.state.president_vote = false;
        if (mode === "public") {
            for (const { id } of this.voters) {
                this.state.names[id] = "pour";
            }
            this.countNames();
        } else {
            this.fill();
        }
        this.judgeLater();
    }

    /** @param {string} side typed; those for are what is left */
    onCount(side, ev) {
        this.state[side] = Math.max(0, parseInt(ev.target.value, 10) || 0);
        if (side !== "pour") {
            this.fill();
        }
        this.judgeLater();
    }

    fill() {
        const { contre, abstention, blanc, nul } = this.state;
        const rest = this.props.item.voters - contre - abstention - blanc - nul;
        this.state.pour = Math.max(0, rest);
    }

    onName(id, side) {
        if (side) {
            this.state.names[id] = side;
        } else {
            delete this.state.names[id];
        }
        if (this.state.mode === "public") {
            this.countNames();
        } else {
            for (const key of ["contre", "abstention"]) {
                const named = this.namesOf(key).length;
                this.state[key] = Math.max(this.state[key], named);
            }
            this.fill();
        }
        this.judgeLater();
    }

    countNames() {
        for (const side of SIDES) {
            this.state[side] = this.namesOf(side).length;
        }
    }

    namesOf(side) {
        const { names } = this.state;
        return Object.keys(names).filter((id) => names[id] === side);
    }

    personName(id) {
        return this.props.people.find((person) => person.id === Number(id))?.name;
    }

    onPresident(side) {
        this.state.president_vote = side;
        this.judge();
    }

    onRecord() {
        return this.props.onVote(this.vals);
    }

    onAgain(subject) {
        this.state.open = true;
        this.state.subject = subject;
        this.judge();
    }
}
