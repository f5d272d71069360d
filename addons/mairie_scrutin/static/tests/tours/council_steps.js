/** From a round to its councils and to its proclamation: steps that tours share. */

export function shareSeats() {
    return [
        {
            content: "share the seats",
            trigger: ".o_form_view button[name='action_allocate']",
            run: "click",
        },
        openCouncil(),
    ];
}

export function openCouncil() {
    return {
        content: "open the council",
        trigger: ".o_list_view .o_data_row:first td[name='organe']",
        run: "click",
    };
}

/** @param {string} name what the breadcrumb says of the round */
export function proclaimFrom(name) {
    return [
        {
            content: "back to the round",
            trigger: `.o_breadcrumb a:contains('${name}')`,
            run: "click",
        },
        {
            content: "proclaim",
            trigger: ".o_form_view button[name='action_proclaim']",
            run: "click",
        },
        {
            content: "confirm",
            trigger: ".modal .btn-primary",
            run: "click",
        },
    ];
}
