/**
 * Ask what is typed in a box would decide, and keep it unless something else is typed by then.
 *
 * @param {Object} box a component with `vals`, what is typed, and `state.verdict`
 * @param {Function} ask takes the values, promises the verdict
 */
export async function judge(box, ask) {
    const { vals } = box;
    const verdict = await ask(vals);
    if (JSON.stringify(vals) === JSON.stringify(box.vals)) {
        box.state.verdict = verdict;
    }
}
