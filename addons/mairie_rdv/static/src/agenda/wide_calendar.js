import { browser } from "@web/core/browser/browser";
import { SIZES, utils } from "@web/core/ui/ui_service";
import { CalendarController } from "@web/views/calendar/calendar_controller";

/** On a tablet the panel of filters takes half of the week: it opens when asked for. */
export class WideCalendarController extends CalendarController {
    setup() {
        super.setup();
        const isChosen = browser.sessionStorage.getItem("calendar.showSideBar") !== null;
        if (!isChosen && utils.getSize() <= SIZES.MD) {
            this.state.showSideBar = false;
        }
    }
}
