/* Opens what a member has kept on his device when there is no network. Nothing is kept
   without his tap: the page does it, here it is only read. */
const PATIENCE = 6000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
    const { request } = event;
    const url = new URL(request.url);
    if (request.method !== "GET" || url.origin !== self.location.origin) {
        return;
    }
    event.respondWith(read(request));
});

/* The network first, not for long; what was kept when it fails. A link that is dead for
   the server takes its copy with it. */
async function read(request) {
    const kept = await caches.match(request, { ignoreSearch: true, ignoreVary: true });
    if (!kept) {
        return fetch(request);
    }
    try {
        const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
        if (answer.status === 404 && request.mode === "navigate") {
            await forget(request);
            return answer;
        }
        return answer.status >= 500 ? kept : answer;
    } catch {
        return kept;
    }
}

async function forget(request) {
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        if (await cache.match(request, { ignoreSearch: true, ignoreVary: true })) {
            await caches.delete(name);
        }
    }
}
