import { registry } from "@web/core/registry";
import { CalendarCommonRenderer } from "@web/views/calendar/calendar_common/calendar_common_renderer";
import { CalendarRenderer } from "@web/views/calendar/calendar_renderer";
import { calendarView } from "@web/views/calendar/calendar_view";

/** Office hours in a grid fine enough for appointments of ten minutes. */
export class AgendaCommonRenderer extends CalendarCommonRenderer {
    get options() {
        return {
            ...super.options,
            allDaySlot: false,
            slotDuration: { minutes: 15 },
            slotLabelInterval: { hours: 1 },
            slotMinTime: "07:00",
            slotMaxTime: "20:00",
            snapDuration: { minutes: 5 },
        };
    }
}

export class AgendaRenderer extends CalendarRenderer {
    static components = {
        ...CalendarRenderer.components,
        day: AgendaCommonRenderer,
        week: AgendaCommonRenderer,
    };
}

registry.category("views").add("mairie_rdv_agenda", { ...calendarView, Renderer: AgendaRenderer });
