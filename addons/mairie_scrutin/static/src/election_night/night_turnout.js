import { Component } from "@odoo/owl";

const WIDTH = 300;
const HEIGHT = 110;

/** Turnout hour by hour beside the past, of the same stations; the table says it too. */
export class NightTurnout extends Component {
    static template = "mairie_scrutin.NightTurnout";
    static props = { points: { type: Array }, reference: { type: String } };
    width = WIDTH;
    height = HEIGHT;

    get last() {
        return this.props.points[this.props.points.length - 1];
    }

    get hasPast() {
        return this.props.points.some(({ past_share }) => past_share);
    }

    get top() {
        const values = this.props.points.flatMap(({ value, past_value }) => [
            value,
            past_value || 0,
        ]);
        return Math.max(10, ...values);
    }

    place({ hour }, value) {
        const hours = this.props.points.map((point) => point.hour);
        const start = Math.min(8, ...hours);
        const end = Math.max(18, ...hours);
        const x = ((hour - start) / (end - start || 1)) * (WIDTH - 16) + 8;
        const y = HEIGHT - 8 - (value / this.top) * (HEIGHT - 16);
        return [Math.round(x), Math.round(y)];
    }

    get now() {
        return this.props.points.map((point) => this.place(point, point.value));
    }

    get past() {
        const known = this.props.points.filter(({ past_share }) => past_share);
        return known.map((point) => this.place(point, point.past_value));
    }

    line(points) {
        return points.map((point) => point.join(",")).join(" ");
    }
}
