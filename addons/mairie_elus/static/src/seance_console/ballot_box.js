import { Component, onWillStart, useEffect, useRef, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { useDebounced } from "@web/core/utils/timing";

import { judge } from "./verdict";

const SIDES = ["pour", "contre", "abstention"];

/** One vote: how, how many, who. The server says what it decides before it is closed. */
export class BallotBox extends Component {
    static template = "mairie_elus.BallotBox";
    static props = {
        item: Object,
        people: Array,
        subject: { type: String, optional: true },
        vote: [Object, Boolean],
        isOpen: Boolean,
        preview: Function,
        onVote: Function,
        onOpenDevices: Function,
        onCloseDevices: Function,
    };
    static defaultProps = { subject: "" };

    setup() {
        this.sides = SIDES;
        this.root = useRef("root");
        this.state = useState({
            open: !this.props.vote,
            mode: "ordinary",
            contre: 0,
            abstention: 0,
            pour: this.props.item.voters,
            blanc: 0,
            nul: 0,
            names: {},
            president_vote: false,
            tie_ruling: false,
            asked_public: 0,
            asked_secret: 0,
            reason: "",
            verdict: null,
        });
        this.locked = this.device ? this.device.names : {};
        this.restore();
        this.judgeLater = useDebounced(() => this.judge(), 200);
        onWillStart(() => this.state.open && !this.isRunning && this.judge());
        this.room = this.roomKey;
        useEffect(
            () => this.followRoom(),
            () => [this.roomKey],
        );
    }

    get roomKey() {
        return this.voters.map(({ id }) => id).join();
    }

    /** Somebody came, left or stands aside while the vote was being typed. */
    followRoom() {
        if (this.room === this.roomKey || !this.state.open || this.isRunning) {
            return;
        }
        const before = this.room.split(",");
        this.room = this.roomKey;
        const now = this.room.split(",");
        for (const id of Object.keys(this.state.names)) {
            if (!now.includes(id)) {
                delete this.state.names[id];
            }
        }
        if (this.state.mode === "public") {
            for (const id of this.device ? [] : now.filter((one) => !before.includes(one))) {
                this.state.names[id] = "pour";
            }
            this.countNames();
        } else {
            this.fill();
        }
        this.judgeSoon();
    }

    /** The vote on the devices that concerns this box, if there is one. */
    get device() {
        const { device } = this.props.item;
        return device && device.subject === this.props.subject ? device : null;
    }

    get isRunning() {
        return Boolean(this.device && !this.device.closed_at);
    }

    get draftKey() {
        return `mairie_elus.vote/${this.props.item.id}/${this.props.subject}`;
    }

    /**
     * What was typed survives a reload. After a vote on the devices nobody is counted but
     * those who cast it: the others have yet to speak.
     */
    restore() {
        if (this.device) {
            this.state.mode = "public";
            this.state.names = { ...this.locked };
            this.countNames();
            return;
        }
        const kept = browser.sessionStorage.getItem(this.draftKey);
        if (kept && this.state.open) {
            Object.assign(this.state, JSON.parse(kept));
        }
    }

    keepDraft() {
        const { mode, names, reason, asked_public, asked_secret } = this.state;
        const counts = {};
        for (const side of [...SIDES, "blanc", "nul"]) {
            counts[side] = this.state[side];
        }
        const draft = { mode, names, reason, asked_public, asked_secret, ...counts };
        browser.sessionStorage.setItem(this.draftKey, JSON.stringify(draft));
    }

    get waitingText() {
        const names = this.device.waiting.map((id) => this.personName(id));
        return names.length ? _t("Have not voted yet: %s", names.join(", ")) : "";
    }

    get castText() {
        return _t("%(cast)s of %(voters)s have voted", this.device);
    }

    get canOpenDevices() {
        return this.state.mode === "public" && this.props.isOpen && !this.device;
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

    /** Who has a vote: in the room, or by the pouvoir that somebody there carries. */
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
        const room = { voters, present: present_voters, pouvoirs };
        return pouvoirs === 1
            ? _t("%(voters)s voters: %(present)s present, 1 pouvoir. The count is right.", room)
            : _t(
                  "%(voters)s voters: %(present)s present, %(pouvoirs)s pouvoirs. The count is right.",
                  room,
              );
    }

    get requestsText() {
        return _t(
            "By names if %(due_public)s members present ask, secret if %(due_secret)s do.",
            this.props.item,
        );
    }

    get vals() {
        const { mode, names, president_vote, tie_ruling, reason } = this.state;
        const counts = {};
        for (const side of [...SIDES, "blanc", "nul"]) {
            counts[side] = this.state[side];
        }
        return {
            mode,
            ...counts,
            names: { ...names },
            president_vote,
            tie_ruling,
            subject: this.props.subject,
            reason,
            asked_public: this.state.asked_public,
            asked_secret: this.state.asked_secret,
        };
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

    /** What was judged is not what is typed now: the button waits for its words. */
    judgeSoon() {
        this.state.verdict = null;
        this.judgeLater();
    }

    async judge() {
        this.keepDraft();
        await judge(this, (vals) => this.props.preview(vals));
    }

    setMode(mode) {
        this.state.mode = mode;
        this.state.names = {};
        this.state.president_vote = false;
        this.state.tie_ruling = false;
        if (mode === "public") {
            for (const { id } of this.voters) {
                this.state.names[id] = "pour";
            }
            this.countNames();
        } else {
            this.fill();
        }
        this.judgeSoon();
    }

    /** @param {string} side typed; those for are what is left */
    onCount(side, ev) {
        this.state[side] = Math.max(0, parseInt(ev.target.value, 10) || 0);
        if (side !== "pour") {
            this.fill();
        }
        this.judgeSoon();
    }

    fill() {
        const { contre, abstention, blanc, nul } = this.state;
        const rest = this.props.item.voters - contre - abstention - blanc - nul;
        this.state.pour = Math.max(0, rest);
    }

    /** @param {string} mode that members present ask for */
    onAsked(mode, ev) {
        this.state[`asked_${mode}`] = Math.max(0, parseInt(ev.target.value, 10) || 0);
        this.judgeSoon();
    }

    /** p, c, a: to the number of votes for, against, abstention. */
    onKeydown(ev) {
        const side = { p: "pour", c: "contre", a: "abstention" }[ev.key.toLowerCase()];
        const isText = ev.target.matches("select, textarea, input:not([inputmode], [type=radio])");
        if (!side || isText || ev.altKey || ev.ctrlKey || ev.metaKey) {
            return;
        }
        const field = this.root.el.querySelector(`input[data-side=${side}]`);
        if (field) {
            ev.preventDefault();
            field.focus();
            field.select();
        }
    }

    /** Those who have not said anything abstain. */
    onRestAbstains() {
        for (const { id } of this.voters) {
            this.state.names[id] = this.state.names[id] || "abstention";
        }
        this.countNames();
        this.judgeSoon();
    }

    get hasRest() {
        return this.voters.some(({ id }) => !this.state.names[id]);
    }

    onName(id, side) {
        if (this.locked[id] && !this.state.reason) {
            return;
        }
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
        this.judgeSoon();
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
        const person = this.props.people.find((row) => row.id === Number(id));
        return person ? this.voterName(person) : "";
    }

    voterName(person) {
        return person.represented ? _t("%s (by pouvoir)", person.name) : person.name;
    }

    /** What a tie asks: how the president voted, or what the body's own rules say. */
    get tieAnswers() {
        return this.state.verdict.asks === "ruling"
            ? [
                  ["adopted", _t("Adopted")],
                  ["rejected", _t("Not adopted")],
              ]
            : SIDES.map((side) => [side, this.labels[side]]);
    }

    /** @param {string} answer */
    onTie(answer) {
        const asked = this.state.verdict.asks === "ruling" ? "tie_ruling" : "president_vote";
        this.state[asked] = answer;
        this.judge();
    }

    async onRecord() {
        await this.props.onVote(this.vals);
        browser.sessionStorage.removeItem(this.draftKey);
    }

    onAgain() {
        this.state.open = true;
        this.judge();
    }
}
