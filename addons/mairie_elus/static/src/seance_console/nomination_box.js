import { Component, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { useDebounced } from "@web/core/utils/timing";

/** One election of a person or a list: candidates, rounds, who is elected. */
export class NominationBox extends Component {
    static template = "mairie_elus.NominationBox";
    static props = {
        election: Object,
        item: Object,
        people: Array,
        preview: Function,
        onAct: Function,
    };

    setup() {
        this.state = useState({
            counts: {},
            blanc: 0,
            nul: 0,
            reason: "",
            list: [],
            name: "",
            correct: false,
            verdict: null,
            ...JSON.parse(browser.sessionStorage.getItem(this.draftKey) || "{}"),
        });
        this.judgeLater = useDebounced(() => this.judge(), 200);
    }

    get draftKey() {
        const { id, round } = this.props.election;
        return `mairie_elus.round/${id}/${round}`;
    }

    get isList() {
        return this.props.election.kind === "adjoints";
    }

    get isCounting() {
        const { elected, candidates } = this.props.election;
        return candidates.length > 0 && (!elected || this.state.correct);
    }

    get roundText() {
        const { round } = this.props.election;
        const { voters } = this.props.item;
        if (round > 3) {
            return _t("Three rounds were held.");
        }
        return round < 3
            ? _t("Round %(round)s: the absolute majority elects. %(voters)s voters.", {
                  round,
                  voters,
              })
            : _t("Third round: the most votes elect, then age. %s voters.", voters);
    }

    get free() {
        const taken = new Set(this.state.list);
        return this.props.people.filter(({ id }) => !taken.has(id));
    }

    listName(id) {
        return this.props.people.find((person) => person.id === id)?.name;
    }

    get vals() {
        const { counts, blanc, nul, reason } = this.state;
        return { counts: { ...counts }, blanc, nul, reason: this.state.correct ? reason : "" };
    }

    onPick(ev) {
        const id = Number(ev.target.value);
        ev.target.value = "";
        if (!id) {
            return;
        }
        if (this.isList) {
            this.state.list.push(id);
        } else {
            this.props.onAct("add_candidate", this.props.election.id, [id]);
        }
    }

    async onAddList() {
        const { list, name } = this.state;
        await this.props.onAct("add_candidate", this.props.election.id, [...list], name);
        this.state.list = [];
        this.state.name = "";
    }

    onCount(key, ev) {
        const count = Math.max(0, parseInt(ev.target.value, 10) || 0);
        if (key === "blanc" || key === "nul") {
            this.state[key] = count;
        } else {
            this.state.counts[key] = count;
        }
        const { counts, blanc, nul } = this.state;
        browser.sessionStorage.setItem(this.draftKey, JSON.stringify({ counts, blanc, nul }));
        this.judgeLater();
    }

    async judge() {
        this.state.verdict = await this.props.preview(this.props.election.id, this.vals);
    }

    async onRecord() {
        await this.props.onAct("round", this.props.election.id, this.vals);
        browser.sessionStorage.removeItem(this.draftKey);
        Object.assign(this.state, {
            counts: {},
            blanc: 0,
            nul: 0,
            verdict: null,
            correct: false,
            reason: "",
        });
    }
}
