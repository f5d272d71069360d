import { registry } from "@web/core/registry";
import { calendarView } from "@web/views/calendar/calendar_view";
import { byDayOnPhone } from "./by_day_on_phone";
import { WideCalendarController } from "./wide_calendar";

/** The calendar of openings: stock, but for names that wrap instead of being cut. */
export const openingsView = {
    ...calendarView,
    Controller: WideCalendarController,
    props: (props, view) => ({
        ...byDayOnPhone(calendarView.props(props, view)),
        className: `${props.className || ""} o_mairie_openings`,
    }),
};

registry.category("views").add("mairie_rdv_openings", openingsView);
