/** The citizen chose his time on another site: take it at once, by the same form. */
document.querySelector("form[data-continue]")?.requestSubmit();
