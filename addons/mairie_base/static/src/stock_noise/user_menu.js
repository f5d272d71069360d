import { registry } from "@web/core/registry";
import "@web/webclient/user_menu/user_menu_items";

// Neither an account at the publisher's nor its help page: both would take agents and
// members of the council out of the town hall.
for (const item of ["support", "odoo_account"]) {
    registry.category("user_menuitems").remove(item);
}
