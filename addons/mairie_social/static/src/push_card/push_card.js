import { Component, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { useBus, useService } from "@web/core/utils/hooks";
import { session } from "@web/session";

const ACTED = "mairie_social.acted";
const LATER = "mairie_social.push_later";
const LATER_DAYS = 30;

/**
 * Somebody reacted, commented or signed: from now on they may be asked about pushes.
 *
 * @param {import("@web/env").OdooEnv} env
 */
export function noteUsefulAct(env) {
    browser.localStorage.setItem(ACTED, "1");
    env.bus.trigger("MAIRIE_SOCIAL:ACTED");
}

/** « Être prévenu sur ce téléphone ? », asked once, after a first useful act. */
export class PushCard extends Component {
    static template = "mairie_social.PushCard";
    static props = {};

    setup() {
        this.permission = useState(useService("mail.notification.permission"));
        this.state = useState({ isDue: this.isDue() });
        useBus(this.env.bus, "MAIRIE_SOCIAL:ACTED", () => {
            this.state.isDue = this.isDue();
        });
    }

    /** Never on a shared tablet: it belongs to nobody. */
    isDue() {
        const later = Number(browser.localStorage.getItem(LATER) || 0);
        return (
            !session.mairie_kiosk_seconds &&
            browser.localStorage.getItem(ACTED) === "1" &&
            later < Date.now()
        );
    }

    onYes() {
        return this.permission.requestPermission();
    }

    onLater() {
        const until = Date.now() + LATER_DAYS * 24 * 3600 * 1000;
        browser.localStorage.setItem(LATER, String(until));
        this.state.isDue = false;
    }
}
