/** The kiosk waits for a reader, and forgets whoever has left. */
const field = document.getElementById("code");
if (field) {
    field.focus();
    document.addEventListener("click", () => field.focus());
    // What somebody began and left is not shown to the next one.
    let idle = 0;
    field.addEventListener("input", () => {
        clearTimeout(idle);
        idle = setTimeout(() => (field.value = ""), 30000);
    });
}
const done = document.querySelector("[data-reset]");
if (done) {
    setTimeout(() => location.assign(location.pathname), Number(done.dataset.reset) * 1000);
}
