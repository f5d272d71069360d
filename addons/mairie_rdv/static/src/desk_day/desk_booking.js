import { Component, onMounted, onWillStart, useRef, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { useAutofocus, useService } from "@web/core/utils/hooks";

const MODEL = "mairie.rdv";
const DEMARCHE = "mairie_rdv.demarche";

/** Book for somebody at the desk or on the telephone, or give another time. */
export class DeskBooking extends Component {
    static template = "mairie_rdv.DeskBooking";
    static components = { Dialog };
    static props = {
        close: { type: Function },
        day: { type: Object },
        desk: { type: Object, optional: true },
        start: { type: String, optional: true },
        time: { type: String, optional: true },
        demarcheIds: { type: Array, optional: true },
        rdv: { type: Object, optional: true },
        onBooked: { type: Function, optional: true },
        onMoved: { type: Function, optional: true },
    };

    setup() {
        this.orm = useService("orm");
        this.form = useRef("form");
        this.state = useState({
            demarcheId: this.firstDemarche,
            persons: this.props.rdv?.persons || 1,
            origin: "guichet",
            places: [],
            start: this.props.start || "",
            other: "",
            isExtra: false,
            message: "",
            error: "",
            isSending: false,
        });
        useAutofocus({ refName: "name" });
        // A field of hours has no selection, which useAutofocus would set.
        const hour = useRef("hour");
        onMounted(() => this.isMove && hour.el?.focus());
        onWillStart(() => this.search());
    }

    get isMove() {
        return Boolean(this.props.rdv);
    }

    get title() {
        return this.isMove
            ? _t("Another time for %s", this.props.rdv.name || this.props.rdv.code)
            : _t("Without appointment, or by telephone");
    }

    get demarches() {
        const { demarcheIds, day } = this.props;
        return demarcheIds
            ? day.demarches.filter(({ id }) => demarcheIds.includes(id))
            : day.demarches;
    }

    get firstDemarche() {
        const known = Number(browser.localStorage.getItem(DEMARCHE));
        const found = this.demarches.find(({ id }) => id === known) || this.demarches[0];
        return found?.id || false;
    }

    get personsMax() {
        const found = this.demarches.find(({ id }) => id === this.state.demarcheId);
        return found?.persons_max || 1;
    }

    /** The free time that was clicked on comes first: it is not told twice. */
    get otherPlaces() {
        return this.state.places.filter(({ start }) => start !== this.props.start);
    }

    /** The first place is chosen already: most often it is the one. */
    async search() {
        const { day, rdv, start } = this.props;
        const { demarcheId, persons } = this.state;
        if (rdv) {
            this.state.places = await this.orm.call(MODEL, "get_move_places", [[rdv.id]]);
        } else if (demarcheId) {
            const args = [day.lieu.id, demarcheId, persons];
            this.state.places = await this.orm.call(MODEL, "get_next_places", args, {
                day: day.day,
            });
        }
        if (!start) {
            this.state.start = this.state.places[0]?.start || "";
        }
    }

    onDemarche(ev) {
        this.state.demarcheId = Number(ev.target.value);
        this.state.persons = Math.min(this.state.persons, this.personsMax);
        browser.localStorage.setItem(DEMARCHE, ev.target.value);
        return this.search();
    }

    onPersons(ev) {
        this.state.persons = Math.max(1, Number(ev.target.value) || 1);
        return this.search();
    }

    onPlace(start) {
        this.state.start = start;
        this.state.other = "";
        this.state.isExtra = false;
        this.state.message = "";
    }

    /** Another hour of the day on the screen, even outside the offer. */
    onOther(ev) {
        this.state.other = ev.target.value;
        this.state.isExtra = false;
    }

    async onSubmit() {
        if (this.state.isSending) {
            return;
        }
        this.state.isSending = true;
        this.state.error = "";
        try {
            const result = await (this.isMove ? this.move() : this.book());
            this.finish(result);
        } catch (error) {
            this.state.error =
                error.data?.message || _t("It was not recorded. Try again in a minute.");
        } finally {
            this.state.isSending = false;
        }
    }

    async when() {
        if (!this.state.other) {
            return this.state.start;
        }
        const { lieu, day } = this.props.day;
        return this.orm.call(MODEL, "read_desk_time", [lieu.id, day, this.state.other]);
    }

    async book() {
        const data = new FormData(this.form.el);
        const vals = {
            demarche_id: this.state.demarcheId,
            persons: this.state.persons,
            origin: this.state.origin,
            start: await this.when(),
            guichet_id: this.props.desk?.id || false,
            first_name: data.get("first_name"),
            last_name: data.get("last_name"),
            phone: data.get("phone"),
            email: data.get("email"),
        };
        const args = [this.props.day.lieu.id, vals, this.state.isExtra];
        return this.orm.call(MODEL, "book_at_desk", args);
    }

    async move() {
        const args = [[this.props.rdv.id], await this.when(), false, this.state.isExtra];
        return this.orm.call(MODEL, "move_at_desk", args);
    }

    finish(result) {
        if (result.extra) {
            this.state.isExtra = true;
            this.state.message = result.message;
            return;
        }
        this.props.close();
        if (this.isMove) {
            this.props.onMoved(result);
        } else {
            this.props.onBooked(result.message);
        }
    }

    get submitLabel() {
        if (this.state.isExtra) {
            return _t("Add as an extra appointment");
        }
        return this.isMove ? _t("Move the appointment") : _t("Book");
    }
}
