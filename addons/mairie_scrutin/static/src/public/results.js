// Reads the page again every ten seconds and replaces the figures that changed.
// Without this file the page stays complete: the visitor reloads it.
const PERIOD = 10000;
const figures = document.getElementById("resultats");
let tag = null;

async function refresh() {
    const headers = tag ? { "If-None-Match": tag } : {};
    const answer = await fetch(location.href.split("#")[0], { headers, cache: "no-store" });
    if (!answer.ok) {
        return;
    }
    tag = answer.headers.get("ETag");
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("resultats");
    const current = document.getElementById("resultats");
    if (fresh && current.innerHTML !== fresh.innerHTML) {
        if (!current.querySelector("table") && fresh.querySelector("table")) {
            location.reload();
            return;
        }
        current.replaceWith(document.importNode(fresh, true));
    }
}

if (figures && figures.dataset.live) {
    setInterval(() => {
        if (!document.hidden) {
            refresh().catch(() => {});
        }
    }, PERIOD);
}
