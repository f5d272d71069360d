import { Component, onWillUnmount, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";

import { StatusChip } from "../status_chip/status_chip";

const { DateTime } = luxon;

/**
 * The age of what is on the screen: "up to date 09:21", then "not up to date since 09:21"
 * once nothing has arrived for `staleAfter` seconds.
 */
export class LastUpdated extends Component {
    static template = "mairie_base.LastUpdated";
    static components = { StatusChip };
    static props = {
        date: { type: DateTime },
        staleAfter: { type: Number, optional: true },
    };
    static defaultProps = { staleAfter: 15 };

    setup() {
        this.clock = useState({ now: DateTime.now() });
        const timer = browser.setInterval(() => (this.clock.now = DateTime.now()), 1000);
        onWillUnmount(() => browser.clearInterval(timer));
    }

    get isStale() {
        const age = this.clock.now.diff(this.props.date, "seconds").seconds;
        return age > this.props.staleAfter;
    }

    get label() {
        const time = this.props.date.toFormat("HH:mm");
        return this.isStale ? _t("not up to date since %s", time) : _t("up to date %s", time);
    }
}
