/** Words of the page, in the language of the town: the server wrote them in it. */
const element = document.getElementById("texts");
const TEXTS = element ? JSON.parse(element.textContent) : {};

/** The sentence of a key, its %(names)s replaced. */
export function t(key, values = {}) {
    return (TEXTS[key] || key).replace(/%\((\w+)\)s/g, (_all, name) => values[name] ?? "");
}
