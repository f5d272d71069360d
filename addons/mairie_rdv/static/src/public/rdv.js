/** Comfort only: the page works without. Counts the held place down, in minutes, puts the
 * focus on the list of errors, and prints. */
(() => {
    for (const element of document.querySelectorAll(".r-needs-script")) {
        element.hidden = false;
    }
    for (const button of document.querySelectorAll(".r-print")) {
        button.addEventListener("click", () => window.print());
    }
    const errors = document.getElementById("erreurs");
    if (errors) {
        errors.focus();
    }
    const hold = document.querySelector(".r-hold[data-seconds]");
    if (!hold) {
        return;
    }
    const [long, short, over] = hold.children;
    const minutes = long.querySelector(".r-hold__minutes");
    const end = Date.now() + Number(hold.dataset.seconds) * 1000;
    const timer = setInterval(() => {
        const left = Math.max(Math.ceil((end - Date.now()) / 60000), 0);
        if (left > 1 && String(left) !== minutes.textContent) {
            minutes.textContent = left;
        }
        hold.classList.toggle("r-hold--short", left <= 2);
        long.hidden = left <= 1;
        short.hidden = left !== 1;
        over.hidden = left > 0;
        if (!left) {
            clearInterval(timer);
        }
    }, 1000);
})();
