/**
 * Sends what the phone keeps, in order, until each sending has its answer. A cut line,
 * a 404 or an error of the server means "later", never "refused".
 */
const FIRST_WAIT = 2000;
const LONGEST_WAIT = 60000;
const PATIENCE = 20000;
const MANY = 40; // sendings in one request
const LARGE = 48000; // its characters

/** crypto.randomUUID needs a secure address, which a test in a school may lack. */
function newUuid() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    const text = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return text.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export class Sender extends EventTarget {
    constructor(store) {
        super();
        this.store = store;
        this.wait = FIRST_WAIT;
        this.timer = null;
        this.running = null;
        this.online = true;
        this.channel = new BroadcastChannel("mairie-bureau");
        this.channel.onmessage = () => this.tell();
        window.addEventListener("online", () => this.kick());
        document.addEventListener("visibilitychange", () => {
            if (!document.hidden) {
                this.kick();
            }
        });
    }

    tell() {
        this.dispatchEvent(new Event("change"));
    }

    shout() {
        this.tell();
        this.channel.postMessage("change");
    }

    /** Keep a sending; it leaves as soon as it can. */
    async add(operation) {
        const seq = await this.store.nextSeq();
        const row = {
            uuid: newUuid(),
            seq,
            sent_at: new Date().toISOString(),
            status: "queued",
            ...operation,
        };
        // a newer figure for the same task takes the place of one that was not received
        for (const other of row.task ? await this.store.operations() : []) {
            if (other.task === row.task && other.status !== "received" && other.kind !== "photo") {
                await this.store.forget(other.uuid);
            }
        }
        await this.store.save(row);
        this.shout();
        this.kick();
        return row;
    }

    kick() {
        clearTimeout(this.timer);
        this.wait = FIRST_WAIT;
        return this.flush();
    }

    /** One tab at a time: the others would only repeat. */
    flush() {
        this.running ||= this.lock(() => this.sendAll()).finally(() => {
            this.running = null;
        });
        return this.running;
    }

    lock(act) {
        return navigator.locks ? navigator.locks.request("mairie-bureau-send", act) : act();
    }

    async sendAll() {
        const token = await this.store.get("device");
        if (!token) {
            return;
        }
        let batch = await this.nextBatch();
        while (batch.length) {
            if (!(await this.sendBatch(batch, token))) {
                this.later();
                return;
            }
            batch = await this.nextBatch();
        }
    }

    /** The oldest sendings that wait, as many as go together; a photo goes alone. */
    async nextBatch() {
        const rows = (await this.store.operations()).filter((row) => row.status === "queued");
        const batch = [];
        let size = 0;
        for (const row of rows.slice(0, MANY)) {
            size += row.kind === "photo" ? LARGE : JSON.stringify(this.bodyOf(row)).length;
            if (batch.length && size > LARGE) {
                break;
            }
            batch.push(row);
        }
        return batch;
    }

    later() {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.flush(), this.wait);
        this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
    }

    setOnline(online) {
        if (this.online !== online) {
            this.online = online;
            this.tell();
        }
    }

    /** @returns {Promise<boolean>} whether each sending has its answer */
    async sendBatch(rows, token) {
        if (rows.length === 1) {
            return this.sendOne(rows[0], token);
        }
        const text = JSON.stringify(rows.map((row) => this.bodyOf(row)));
        const answer = await this.call("/bureau/api/ops", text, "application/json", token);
        const answers = answer?.body.answers || [];
        if (answer && answers.length !== rows.length) {
            // together they could not be read: each alone gets its own answer
            return this.sendEach(rows, token);
        }
        if (answer) {
            rows.forEach((row, rank) => this.note(row, answers[rank]));
            await this.store.saveAll(rows);
            this.shout();
        }
        return Boolean(answer);
    }

    async sendEach(rows, token) {
        for (const row of rows) {
            if (!(await this.sendOne(row, token))) {
                return false;
            }
        }
        return true;
    }

    /** @returns {Promise<boolean>} whether the sending has its answer */
    async sendOne(row, token) {
        const answer = await this.call(...this.prepare(row), token);
        if (answer) {
            this.note(row, answer);
            await this.store.save(row);
            this.shout();
        }
        return Boolean(answer);
    }

    /** What the town hall said of a sending. */
    note(row, { status, body }) {
        if (status === 200) {
            row.status = "received";
            row.received = body.received;
            // what is large or private does not stay on the phone
            delete row.blob;
            row.data?.people?.forEach((person) => delete person.birth_date);
        } else if (status === 409) {
            row.status = "conflict";
            row.current = body.current;
        } else {
            row.status = "refused";
            row.errors = body.errors || [];
        }
    }

    prepare(row) {
        if (row.kind === "photo") {
            const query = new URLSearchParams({ tour: row.tour, uuid: row.uuid, kind: "pv" });
            return [`/bureau/api/photo?${query}`, row.blob, "image/jpeg"];
        }
        return ["/bureau/api/op", JSON.stringify(this.bodyOf(row)), "application/json"];
    }

    bodyOf({ uuid, seq, sent_at, kind, tour, data, base_version }) {
        return { uuid, seq, sent_at, kind, tour, data, base_version };
    }

    /** POST or GET; null when the answer says nothing about the sending itself. */
    async call(url, body, type, token) {
        try {
            const answer = await fetch(url, {
                method: body ? "POST" : "GET",
                body: body || undefined,
                headers: { "X-Mairie-Device": token, ...(body ? { "Content-Type": type } : {}) },
                credentials: "omit",
                cache: "no-store",
                signal: AbortSignal.timeout(PATIENCE),
            });
            if (answer.status === 401) {
                this.setOnline(true);
                this.dispatchEvent(new Event("put-out"));
                return null;
            }
            if (![200, 400, 409, 413, 422].includes(answer.status)) {
                this.setOnline(false);
                return null;
            }
            const result = { status: answer.status, body: await answer.json() };
            this.setOnline(true);
            return result;
        } catch {
            this.setOnline(false);
            return null;
        }
    }

    async fetchState() {
        const token = await this.store.get("device");
        const answer = token && (await this.call("/bureau/api/state", null, null, token));
        if (answer?.status !== 200) {
            return null;
        }
        const state = { ...answer.body, skew: Date.parse(answer.body.server_time) - Date.now() };
        await this.store.set("state", state);
        return state;
    }
}
