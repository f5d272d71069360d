import { utils } from "@web/core/ui/ui_service";

/**
 * A week on 360 pixels has 45 of them for each day: a phone opens on one day.
 *
 * @param {Object} props of a calendar
 * @returns {Object} the same, with the scale that the screen has room for
 */
export function byDayOnPhone(props) {
    if (!utils.isSmall()) {
        return props;
    }
    return { ...props, archInfo: { ...props.archInfo, scale: "day" } };
}
