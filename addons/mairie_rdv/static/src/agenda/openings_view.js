import { registry } from "@web/core/registry";
import { calendarView } from "@web/views/calendar/calendar_view";
import { CalendarCommonRenderer } from "@web/views/calendar/calendar_common/calendar_common_renderer";
import { CalendarRenderer } from "@web/views/calendar/calendar_renderer";
import { byDayOnPhone } from "./by_day_on_phone";
import { WideCalendarController } from "./wide_calendar";

/** Desks that open together stand side by side: none hides the name of another. */
export class OpeningsCommonRenderer extends CalendarCommonRenderer {
    get options() {
        return { ...super.options, slotEventOverlap: false };
    }
}

export class OpeningsRenderer extends CalendarRenderer {
    static components = {
        ...CalendarRenderer.components,
        day: OpeningsCommonRenderer,
        week: OpeningsCommonRenderer,
    };
}

/** The calendar of openings: stock, but for names that wrap instead of being cut. */
export const openingsView = {
    ...calendarView,
    Controller: WideCalendarController,
    Renderer: OpeningsRenderer,
    props: (props, view) => ({
        ...byDayOnPhone(calendarView.props(props, view)),
        className: `${props.className || ""} o_mairie_openings`,
    }),
};

registry.category("views").add("mairie_rdv_openings", openingsView);
