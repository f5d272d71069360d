/** Who is called: read again every few seconds; the last good screen stays, with its age. */
const list = document.getElementById("calls");
const empty = document.getElementById("empty");
const age = document.getElementById("age");
const EVERY = 4000;
const STALE = 20000;
let shown = list.textContent.replace(/\s+/g, "");
let readAt = Date.now();

function draw(calls) {
    const text = calls
        .map(({ code, desk }) => `${code}→${desk}`)
        .join("")
        .replace(/\s+/g, "");
    if (text === shown) {
        return;
    }
    shown = text;
    list.replaceChildren(
        ...calls.map(({ code, desk }, index) => {
            const line = document.createElement("li");
            const strong = document.createElement("strong");
            const arrow = document.createElement("span");
            const place = document.createElement("span");
            strong.textContent = code;
            arrow.textContent = "→";
            arrow.setAttribute("aria-hidden", "true");
            place.textContent = desk;
            line.append(strong, arrow, place);
            line.classList.toggle("m-changed", index === 0);
            return line;
        }),
    );
    empty.hidden = calls.length > 0;
}

async function read() {
    try {
        const answer = await fetch(list.dataset.url, { cache: "no-cache" });
        if (answer.ok) {
            draw((await answer.json()).calls);
            readAt = Date.now();
        }
    } catch {
        // The network will come back: what is shown stays.
    }
    age.hidden = Date.now() - readAt < STALE;
    const hour = new Date(readAt).toLocaleTimeString("fr-FR", { timeStyle: "short" });
    document.getElementById("hour").textContent = hour;
    setTimeout(read, EVERY);
}

setTimeout(read, EVERY);
