import { Component, onMounted, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { envelopeGap, sum, toNumber, voteGap } from "../phone/tally";

const FIGURES = [
    ["inscrits", _t("Registered Voters")],
    ["emargements", _t("Signatures on the List")],
    ["votants", _t("Voters (envelopes)")],
    ["blancs", _t("Blank")],
    ["nuls", _t("Void")],
    ["exprimes", _t("Valid Votes")],
    ["annexes", _t("Ballots Annexed")],
];

/**
 * The report of a station as one column of figures, typed without a mouse: Enter and the
 * arrows move, Shift and the arrow down write what is missing to the total.
 */
export class ReportEntry extends Component {
    static template = "mairie_scrutin.ReportEntry";
    static props = { ...standardFieldProps };

    setup() {
        this.root = useRef("root");
        this.state = useState({ typed: this.proposed() });
        onMounted(() => {
            this.tellBlanks();
            const first = this.root.el.querySelector("input");
            first?.focus();
            first?.select();
        });
    }

    get record() {
        return this.props.record;
    }

    get lines() {
        return this.record.data[this.props.name].records;
    }

    get rows() {
        const figures = FIGURES.filter(([name]) => name in this.record.data).map(
            ([name, label]) => ({ key: name, label, kind: "figure" }),
        );
        const votes = this.lines.map((line) => ({
            key: `votes.${line.id}`,
            label: line.data.candidature_id.display_name,
            kind: "vote",
            line,
        }));
        return [...figures, ...votes];
    }

    /** Figures known before, as text; a report that was never typed starts empty. */
    proposed() {
        const { data } = this.record;
        const known = data.is_proposed;
        const isKnown = {
            inscrits: known || data.inscrits,
            annexes: known && data.has_annexes, // a phone call may not tell them
        };
        const typed = {};
        for (const [name] of FIGURES) {
            typed[name] = (isKnown[name] ?? known) ? String(data[name] ?? "") : "";
        }
        for (const line of this.lines) {
            typed[`votes.${line.id}`] = known ? String(line.data.voix) : "";
        }
        return typed;
    }

    get numbers() {
        return Object.fromEntries(
            Object.entries(this.state.typed).map(([key, text]) => [key, toNumber(text)]),
        );
    }

    get votes() {
        const { numbers } = this;
        return Object.fromEntries(
            Object.entries(numbers).filter(([key]) => key.startsWith("votes.")),
        );
    }

    /** The running difference, as a sentence and whether the count is right. */
    get difference() {
        const figures = this.numbers;
        const parts = envelopeGap(figures);
        if (parts) {
            return {
                even: false,
                text: _t("Blank, void and valid make %(sum)s for %(votants)s envelopes.", {
                    sum: figures.votants + parts,
                    votants: figures.votants,
                }),
            };
        }
        const gap = voteGap(figures, this.votes);
        if (gap === null) {
            return { even: false, text: "" };
        }
        const total = sum(Object.values(this.votes));
        const told = { votes: total, exprimes: figures.exprimes, gap: Math.abs(gap) };
        if (gap > 0) {
            return {
                even: false,
                text: _t("%(votes)s of %(exprimes)s: %(gap)s votes too many.", told),
            };
        }
        if (gap < 0) {
            return {
                even: false,
                text: _t("%(votes)s of %(exprimes)s: %(gap)s votes are missing.", told),
            };
        }
        return { even: true, text: _t("The count is right: %s votes.", total) };
    }

    async onInput(row, text) {
        this.state.typed[row.key] = text;
        const number = toNumber(text);
        if (row.kind === "vote") {
            await row.line.update({ voix: number || 0 });
        } else {
            await this.record.update({ [row.key]: number || 0 });
        }
        this.tellBlanks();
    }

    /** The server refuses a report with an empty line: 0 is typed, not supposed. */
    tellBlanks() {
        const blank = this.rows.filter(
            (row) => row.key !== "annexes" && this.numbers[row.key] === null,
        );
        this.record.update({
            blank_count: blank.length,
            has_annexes: this.numbers.annexes !== null,
        });
    }

    onKeydown(row, event) {
        const moves = { ArrowDown: 1, Enter: 1, ArrowUp: -1 };
        if (event.shiftKey && event.key === "ArrowDown") {
            event.preventDefault();
            this.complete(row);
        } else if (moves[event.key] && !event.ctrlKey && !event.altKey) {
            event.preventDefault();
            event.stopPropagation();
            this.move(event.target, moves[event.key]);
        }
    }

    move(input, by) {
        const inputs = [...this.root.el.querySelectorAll("input")];
        const next = inputs[inputs.indexOf(input) + by];
        if (next) {
            next.focus();
            next.select();
        } else if (by > 0) {
            // in a dialog the buttons are outside the form
            const { el } = this.root;
            const around = el.closest(".modal") || el.closest(".o_form_view");
            around?.querySelector("button.btn-primary")?.focus();
        }
    }

    /** Write in this line what is missing to the total. */
    complete(row) {
        const figures = this.numbers;
        const others = { ...figures, [row.key]: 0 };
        let value = null;
        if (row.kind === "vote" && figures.exprimes !== null) {
            const votes = { ...this.votes, [row.key]: 0 };
            value = figures.exprimes - sum(Object.values(votes));
        } else if (["blancs", "nuls", "exprimes"].includes(row.key) && figures.votants !== null) {
            value = figures.votants - sum([others.blancs, others.nuls, others.exprimes]);
        } else if (row.key === "annexes") {
            value = sum([figures.blancs, figures.nuls]);
        } else if (row.key === "votants") {
            value = sum([figures.blancs, figures.nuls, figures.exprimes]);
        }
        if (value !== null && value >= 0) {
            this.onInput(row, String(value));
        }
    }
}

registry.category("fields").add("mairie_report_entry", {
    component: ReportEntry,
    supportedTypes: ["one2many"],
    relatedFields: [
        { name: "candidature_id", type: "many2one" },
        { name: "voix", type: "integer" },
    ],
});
