/* « Signaler » : photo, place, words. What finds no network waits here, and leaves once. */
const DATABASE = "mairie-signaler";
const STORE = "reports";
const MAX_SIDE = 1280;

function openDatabase() {
    return new Promise((resolve, reject) => {
        const request = indexedDB.open(DATABASE, 1);
        request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "key" });
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
}

async function withStore(mode, work) {
    const database = await openDatabase();
    return new Promise((resolve, reject) => {
        const transaction = database.transaction(STORE, mode);
        const request = work(transaction.objectStore(STORE));
        transaction.oncomplete = () => resolve(request.result);
        transaction.onerror = () => reject(transaction.error);
    });
}

const keepReport = (report) => withStore("readwrite", (store) => store.put(report));
const dropReport = (key) => withStore("readwrite", (store) => store.delete(key));
const keptReports = () => withStore("readonly", (store) => store.getAll());

async function shrink(file) {
    const bitmap = await createImageBitmap(file);
    const scale = Math.min(1, MAX_SIDE / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(bitmap.width * scale);
    canvas.height = Math.round(bitmap.height * scale);
    canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL("image/jpeg", 0.8);
}

/** Send one report. @returns {Promise<Object|null>} the answer, null without a network */
async function sendReport(report) {
    let token = null;
    try {
        const answer = await fetch("/signaler/jeton", { redirect: "error" });
        ({ token } = await answer.json());
    } catch {
        return null; // no network, or signed out: it stays here
    }
    const body = new FormData();
    body.set("csrf_token", token);
    body.set("report", JSON.stringify(report));
    const response = await fetch("/signaler", { method: "POST", body });
    if (response.status >= 500) {
        return null;
    }
    const answer = await response.json();
    return response.ok ? answer : { refused: answer.error };
}

const form = document.querySelector(".m-field-report");
const said = document.getElementById("said");
const waiting = document.getElementById("waiting");
const preview = form.querySelector(".m-field-photo");
let position = {};
let photo = null;

function say(element, values) {
    let text = element.dataset.text;
    for (const [name, value] of Object.entries(values)) {
        text = text.replace(`{${name}}`, value);
    }
    said.textContent = text;
    said.hidden = false;
    said.focus();
}

async function showWaiting() {
    const reports = await keptReports();
    waiting.hidden = !reports.length;
    waiting.querySelector("strong").textContent = reports.length;
}

let isFlushing = false;

async function flush() {
    if (isFlushing) {
        return;
    }
    isFlushing = true;
    try {
        for (const report of await keptReports()) {
            const answer = await sendReport(report);
            if (!answer) {
                break;
            }
            await dropReport(report.key);
            if (answer.refused) {
                say(document.getElementById("say_refused"), { reason: answer.refused });
            } else {
                say(document.getElementById("say_sent"), answer);
            }
        }
    } finally {
        isFlushing = false;
        await showWaiting();
    }
}

form.elements.photo.addEventListener("change", async (ev) => {
    const [file] = ev.target.files;
    try {
        photo = file ? await shrink(file) : null;
    } catch {
        photo = null;
        say(document.getElementById("say_unread"), {});
    }
    preview.hidden = !photo;
    preview.src = photo || "";
});

form.querySelector("[name=here]").addEventListener("click", () => {
    const onFound = ({ coords }) => {
        position.latitude = coords.latitude.toFixed(6);
        position.longitude = coords.longitude.toFixed(6);
        if (!form.elements.place.value) {
            form.elements.place.value = `${position.latitude}, ${position.longitude}`;
        }
    };
    const onLost = () => say(document.getElementById("say_nowhere"), {});
    navigator.geolocation?.getCurrentPosition(onFound, onLost);
});

form.addEventListener("submit", async (ev) => {
    ev.preventDefault();
    const { kind, words, place, site_id } = form.elements;
    if (!photo && !words.value.trim()) {
        say(document.getElementById("say_empty"), {});
        return;
    }
    const report = {
        key: crypto.randomUUID ? crypto.randomUUID() : `${Date.now()}-${Math.random()}`,
        kind: kind.value,
        words: words.value,
        place: place.value,
        site_id: site_id.value,
        photo: photo && photo.slice(photo.indexOf(",") + 1),
        ...position,
    };
    await keepReport(report);
    form.reset();
    photo = null;
    position = {}; // the next report is seen elsewhere
    preview.hidden = true;
    await flush();
    const kept = await keptReports();
    if (kept.some(({ key }) => key === report.key)) {
        say(document.getElementById("say_kept"), {});
    }
});

form.querySelector("[name=here]").hidden = !navigator.geolocation;
window.addEventListener("online", flush);
navigator.serviceWorker?.register("/signaler/ouvrier.js", { scope: "/signaler" });
flush();
