import { _t } from "@web/core/l10n/translation";
import { deserializeDate, deserializeDateTime } from "@web/core/l10n/dates";

const { DateTime } = luxon;
const DAY = { weekday: "long", day: "numeric", month: "long" };
const UNITS = [
    [1024 * 1024, "MB"],
    [1024, "kB"],
];

/**
 * Say when something happened, in words: "20 minutes ago", "Thursday 17 December, 19:04".
 *
 * @param {string} value UTC, as the server writes it
 * @returns {string}
 */
export function formatMoment(value) {
    if (!value) {
        return "";
    }
    const moment = deserializeDateTime(value);
    const hours = DateTime.now().diff(moment, "hours").hours;
    return hours >= 0 && hours < 12 ? moment.toRelative() : formatDay(value);
}

/**
 * @param {string} value UTC, as the server writes it
 * @returns {string} day and hour in full; the year only when it is not this one
 */
export function formatDay(value) {
    if (!value) {
        return "";
    }
    const moment = deserializeDateTime(value);
    const options = moment.year === DateTime.now().year ? DAY : { ...DAY, year: "numeric" };
    return _t("%(day)s, %(hour)s", {
        day: moment.toLocaleString(options),
        hour: moment.toFormat("H:mm"),
    });
}

/**
 * @param {string} value a date, as the server writes it
 * @returns {string} the day in full
 */
export function formatDate(value) {
    if (!value) {
        return "";
    }
    const day = deserializeDate(value);
    return day.toLocaleString(day.year === DateTime.now().year ? DAY : { ...DAY, year: "numeric" });
}

/**
 * @param {string} value UTC, as the server writes it
 * @returns {{weekday: string, day: string, hour: string}} the parts of a line of the agenda
 */
export function formatAgenda(value) {
    const moment = deserializeDateTime(value);
    return {
        weekday: moment.toLocaleString({ weekday: "short" }),
        day: moment.toFormat("d"),
        hour: moment.toFormat("H:mm"),
    };
}

/**
 * @param {number} bytes
 * @returns {string} a size for people
 */
export function formatSize(bytes) {
    const [unit, label] = UNITS.find(([size]) => bytes >= size) || [1024, "kB"];
    const number = bytes / unit;
    const digits = number < 10 && unit > 1024 ? 1 : 0;
    return `${number.toFixed(digits)} ${label === "MB" ? _t("MB") : _t("kB")}`;
}
