/**
 * Sends what the phone keeps, in order, until each sending has its answer. A cut line,
 * a 404 or an error of the server means "later", never "refused".
 */
const FIRST_WAIT = 2000;
const LONGEST_WAIT = 60000;
const PATIENCE = 20000;

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
        for (const other of await this.store.operations()) {
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
        let again = true;
        while (again) {
            again = false;
            for (const row of await this.store.operations()) {
                if (row.status !== "queued") {
                    continue;
                }
                if (!(await this.sendOne(row, token))) {
                    this.later();
                    return;
                }
                again = true;
            }
        }
        this.setOnline(true);
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

    /** @returns {Promise<boolean>} whether the sending has its answer */
    async sendOne(row, token) {
        const answer = await this.call(...this.prepare(row), token);
        if (!answer) {
            return false;
        }
        const { status, body } = answer;
        if (status === 200) {
            row.status = "received";
            row.received = body.received;
            delete row.blob;
        } else if (status === 409) {
            row.status = "conflict";
            row.current = body.current;
        } else {
            row.status = "refused";
            row.errors = body.errors || [];
        }
        await this.store.save(row);
        this.shout();
        return true;
    }

    prepare(row) {
        if (row.kind === "photo") {
            const query = new URLSearchParams({ tour: row.tour, uuid: row.uuid, kind: "pv" });
            return [`/bureau/api/photo?${query}`, row.blob, "image/jpeg"];
        }
        const { uuid, seq, sent_at, kind, tour, data, base_version } = row;
        const body = { uuid, seq, sent_at, kind, tour, data, base_version };
        return ["/bureau/api/op", JSON.stringify(body), "application/json"];
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
