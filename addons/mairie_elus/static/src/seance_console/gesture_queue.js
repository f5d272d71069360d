import { browser } from "@web/core/browser/browser";

/**
 * Gestures that could not leave: kept on this device, in their order, until the network is
 * back. Nothing that was done at the table is lost by a cut.
 */
export class GestureQueue {
    /** @param {number} seanceId */
    constructor(seanceId) {
        this.key = `mairie_elus.gestures/${seanceId}`;
        this.rows = JSON.parse(browser.localStorage.getItem(this.key) || "[]");
    }

    get size() {
        return this.rows.length;
    }

    add(method, args) {
        this.rows.push({ method, args });
        this.save();
    }

    save() {
        if (this.rows.length) {
            browser.localStorage.setItem(this.key, JSON.stringify(this.rows));
        } else {
            browser.localStorage.removeItem(this.key);
        }
    }

    /**
     * Send what waits, one after the other; stop at the first that cannot leave.
     *
     * @param {(method: string, args: any[]) => Promise} send
     * @param {(error: Error) => boolean} isCut tells a cut from a refusal
     * @returns {Promise<Error[]>} refusals, in their order
     */
    async flush(send, isCut) {
        const refused = [];
        while (this.rows.length) {
            const [{ method, args }] = this.rows;
            try {
                await send(method, args);
            } catch (error) {
                if (isCut(error)) {
                    break;
                }
                refused.push(error);
            }
            this.rows.shift();
            this.save();
        }
        return refused;
    }
}
