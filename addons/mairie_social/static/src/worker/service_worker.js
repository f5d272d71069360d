// Whoever signs out leaves nothing behind for the next person on this device.
self.addEventListener("message", (event) => {
    if (event.data === "user_logout") {
        event.waitUntil(
            caches.keys().then((names) => Promise.all(names.map((name) => caches.delete(name)))),
        );
    }
});
