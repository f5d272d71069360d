import { Component, useState } from "@odoo/owl";
import { useService } from "@web/core/utils/hooks";
import { session } from "@web/session";

/**
 * « Garder la mairie à portée de main ? »: an icon on the telephone, asked once. On an
 * iPhone it is also what lets pushes in. Never on a shared tablet.
 */
export class InstallCard extends Component {
    static template = "mairie_social.InstallCard";
    static props = {};

    setup() {
        this.pwa = useState(useService("pwa"));
    }

    get isDue() {
        return !session.mairie_kiosk_seconds && this.pwa.canPromptToInstall;
    }
}
