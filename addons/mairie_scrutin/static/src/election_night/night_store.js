import { reactive } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";

const { DateTime } = luxon;
const MODEL = "mairie.scrutin.tour";
const HEARTBEAT = 10000;
const BURST = 700;

/**
 * What the night room shows. The bus only says which round changed; one method is read
 * again with the version that is here. A server that does not answer leaves the screen as
 * it is: its age shows, and reading goes on every ten seconds.
 */
export class NightStore {
    /** @param {{orm: Object, bus: Object}} services */
    constructor({ orm, bus }) {
        this.orm = orm;
        this.bus = bus;
        this.state = reactive({
            rounds: [],
            data: null,
            other: null,
            updated: DateTime.now(),
            skew: 0,
            failed: false,
        });
        this.onNews = ({ tour }) => {
            if ([this.tourId, this.otherId].includes(tour)) {
                this.readSoon();
            }
        };
    }

    async start(tourId) {
        this.state.rounds = await this.orm.call(MODEL, "get_night_rounds", []);
        const known = this.state.rounds.find(({ id }) => id === tourId);
        const round = known || this.state.rounds[0];
        this.tourId = round?.id;
        this.bus.subscribe("mairie_scrutin/night", this.onNews);
        if (this.tourId) {
            await this.read();
        }
        this.beat = browser.setInterval(() => this.read(), HEARTBEAT);
    }

    stop() {
        browser.clearInterval(this.beat);
        browser.clearTimeout(this.soon);
        this.bus.unsubscribe("mairie_scrutin/night", this.onNews);
    }

    async choose(tourId) {
        this.tourId = tourId;
        this.state.data = null;
        this.state.other = null;
        await this.read();
    }

    get otherId() {
        return this.state.data?.head.concomitant?.id;
    }

    /** Several stations may come at once: one reading for all, and none puts it off. */
    readSoon() {
        this.soon ||= browser.setTimeout(() => {
            this.soon = null;
            this.read();
        }, BURST);
    }

    /** One reading at a time; whoever asks meanwhile gets the next one. */
    async read() {
        if (!this.tourId) {
            return;
        }
        if (this.reading) {
            this.isWanted = true;
            return this.reading;
        }
        this.reading = this.readNow();
        await this.reading;
        this.reading = null;
        if (this.isWanted) {
            this.isWanted = false;
            await this.read();
        }
    }

    async readNow() {
        try {
            this.state.data = await this.fetch(this.tourId, this.state.data);
            if (this.otherId) {
                this.state.other = await this.fetch(this.otherId, this.state.other);
            }
            this.state.updated = DateTime.now();
            this.state.failed = false;
        } catch {
            // kept on screen: the chip tells its age, the next beat tries again
            this.state.failed = true;
        }
    }

    async fetch(tourId, before) {
        const version = before?.head.id === tourId ? before.version : null;
        const fresh = await this.orm.silent.call(MODEL, "get_night", [[tourId], version]);
        const server = DateTime.fromSQL(fresh.now, { zone: "utc" });
        this.state.skew = server.toMillis() - Date.now();
        return fresh.head ? fresh : before;
    }
}
