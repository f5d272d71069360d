import { Component, onWillDestroy, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { Dialog } from "@web/core/dialog/dialog";
import { registry } from "@web/core/registry";
import { _t } from "@web/core/l10n/translation";
import { session } from "@web/session";
import { endSession } from "./end_session";

const LEFT = 30;
const SIGNS = ["pointerdown", "keydown", "touchstart", "wheel"];

/** « Toujours là ? »: half a minute to say so, on a tablet that everybody uses. */
export class StillThere extends Component {
    static template = "mairie_social.StillThere";
    static components = { Dialog };
    static props = { close: { type: Function }, onOver: { type: Function } };

    setup() {
        this.state = useState({ left: LEFT });
        this.timer = browser.setInterval(() => this.count(), 1000);
        onWillDestroy(() => browser.clearInterval(this.timer));
    }

    get title() {
        return _t("Still there?");
    }

    count() {
        this.state.left -= 1;
        if (this.state.left <= 0) {
            browser.clearInterval(this.timer);
            this.props.onOver();
        }
    }
}

/** On a shared tablet, whoever walks away is signed out. */
export const kioskService = {
    dependencies: ["dialog"],
    start(env, { dialog }) {
        const seconds = session.mairie_kiosk_seconds;
        if (!seconds) {
            return { isKiosk: false };
        }
        const over = () => endSession("/borne");
        const wait = Math.max(seconds - LEFT, 5) * 1000;
        let timer = null;
        let isAsking = false;
        const ask = () => {
            isAsking = true;
            dialog.add(StillThere, { onOver: over }, { onClose: start });
        };
        const start = () => {
            isAsking = false;
            browser.clearTimeout(timer);
            timer = browser.setTimeout(ask, wait);
        };
        for (const sign of SIGNS) {
            document.addEventListener(sign, () => !isAsking && start(), { passive: true });
        }
        start();
        return { isKiosk: true };
    },
};

registry.category("services").add("mairie_social_kiosk", kioskService);
