/** What the phone keeps: the sendings not answered yet, the drafts, the last state. */
const VERSION = 1;

function asPromise(request) {
    return new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
}

export class Store {
    /** @param {string} name one for each access, which a new QR code does not change */
    constructor(name) {
        const request = indexedDB.open(`mairie-bureau-${name}`, VERSION);
        request.onupgradeneeded = () => {
            request.result.createObjectStore("outbox", { keyPath: "uuid" });
            request.result.createObjectStore("kept");
        };
        this.db = asPromise(request);
    }

    async run(store, mode, act) {
        const transaction = (await this.db).transaction(store, mode);
        const done = new Promise((resolve, reject) => {
            transaction.oncomplete = resolve;
            transaction.onerror = () => reject(transaction.error);
            transaction.onabort = () => reject(transaction.error);
        });
        const result = await asPromise(act(transaction.objectStore(store)));
        await done;
        return result;
    }

    get(key) {
        return this.run("kept", "readonly", (store) => store.get(key));
    }

    set(key, value) {
        return this.run("kept", "readwrite", (store) => store.put(value, key));
    }

    remove(key) {
        return this.run("kept", "readwrite", (store) => store.delete(key));
    }

    async operations() {
        const rows = await this.run("outbox", "readonly", (store) => store.getAll());
        return rows.sort((one, other) => one.seq - other.seq);
    }

    save(operation) {
        return this.run("outbox", "readwrite", (store) => store.put(operation));
    }

    /** @param {object[]} operations at least one; all of them are kept, or none */
    saveAll(operations) {
        return this.run("outbox", "readwrite", (store) =>
            operations.map((operation) => store.put(operation)).pop(),
        );
    }

    forget(uuid) {
        return this.run("outbox", "readwrite", (store) => store.delete(uuid));
    }

    /** Next number of this phone: two tabs never take the same one. */
    async nextSeq() {
        const transaction = (await this.db).transaction("kept", "readwrite");
        const store = transaction.objectStore("kept");
        const seq = ((await asPromise(store.get("seq"))) || 0) + 1;
        await asPromise(store.put(seq, "seq"));
        return seq;
    }
}
