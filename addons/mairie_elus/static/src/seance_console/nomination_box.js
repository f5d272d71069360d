import { Component, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";

import { judge } from "./verdict";

/** One election of a person or a list: candidates, rounds, who is elected. */
export class NominationBox extends Component {
    static template = "mairie_elus.NominationBox";
    static props = {
        election: Object,
        item: Object,
        people: Array,
        bodies: Array,
        preview: Function,
        previewInstall: Function,
        onAct: Function,
    };

    setup() {
        this.dialog = useService("dialog");
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

    /** Who the counts are typed for: the next round, or the last one when it is corrected. */
    get counting() {
        const { candidates, counted } = this.props.election;
        return this.state.correct ? counted : candidates;
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
        const { candidates } = this.props.election;
        const names = new Set(candidates.map(({ name }) => name));
        const taken = new Set(this.state.list);
        return this.props.people.filter(({ id, name }) => !taken.has(id) && !names.has(name));
    }

    /** What was typed for whoever withdraws is forgotten, and judged again. */
    async onWithdraw(id) {
        delete this.state.counts[id];
        this.state.verdict = null;
        await this.props.onAct("withdraw_candidate", this.props.election.id, id);
    }

    withdrawLabel({ name }) {
        return _t("%s withdraws", name);
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

    onBody(ev) {
        const id = Number(ev.target.value);
        if (id) {
            this.props.onAct("nomination_body", this.props.election.id, id);
        }
    }

    /** What changes in the mandates is read first, then confirmed. */
    async onInstall() {
        const { id } = this.props.election;
        const lines = await this.props.previewInstall(id);
        this.dialog.add(ConfirmationDialog, {
            title: _t("Note it in the mandates?"),
            body: lines.length ? lines.join("\n") : _t("The mandates say so already."),
            confirmLabel: _t("Note it"),
            cancelLabel: _t("Go back"),
            confirm: () => this.props.onAct("install", id),
            cancel: () => {},
        });
    }

    onUninstall() {
        const { id } = this.props.election;
        this.dialog.add(ConfirmationDialog, {
            title: _t("Take it back?"),
            body: _t("The mandates will be as they were before this election."),
            confirmLabel: _t("Take it back"),
            cancelLabel: _t("Go back"),
            confirm: () => this.props.onAct("uninstall", id),
            cancel: () => {},
        });
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
        this.state.verdict = null;
        this.judgeLater();
    }

    async judge() {
        await judge(this, (vals) => this.props.preview(this.props.election.id, vals));
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
