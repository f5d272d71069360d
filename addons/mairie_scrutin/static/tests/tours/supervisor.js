import { registry } from "@web/core/registry";
import { proclaimFrom, shareSeats } from "./council_steps";
import { inputFiles } from "@web/../tests/utils";

const BOARD = ".o_kanban_record:contains('Essai du soir')";
const FILE = [
    "1;MN;2026;1;49;999;0001;I;800;300;500;500;5;5;490;2;001;300;002;190",
    "2;MN;2026;1;49;999;0002;I;900;350;550;549;6;4;540;2;001;310;002;230",
    "3;MN;2026;1;49;999;0003;I;beaucoup",
].join("\r\n");

registry.category("web_tour.tours").add("mairie_scrutin_supervisor", {
    steps: () => [
        {
            content: "validate what is right from the board",
            trigger: `${BOARD} button[name='action_validate_clear']`,
            run: "click",
        },
        {
            content: "one station is left with an alert",
            trigger: `${BOARD}:not(:has(button[name='action_validate_clear'])) button[name='action_view_to_check']`,
            run: "click",
        },
        {
            content: "open it",
            trigger: ".o_list_view .o_data_row td[name='code']:contains('0002')",
            run: "click",
        },
        {
            content: "write the reason",
            trigger: ".o_field_widget[name='controle_ids'] td[name='reason']",
            run: "click",
        },
        {
            content: "as in the report",
            trigger: ".o_field_widget[name='controle_ids'] td[name='reason'] input",
            run: "edit Écart au PV",
        },
        {
            content: "validate the station",
            trigger: ".o_form_view button[name='action_validate']",
            run: "click",
        },
        {
            content: "validated",
            trigger: ".o_form_view button[name='action_reopen']",
        },
        {
            content: "back to the board",
            trigger: ".o_menu_brand, .breadcrumb-item a, .o_back_button",
        },
        {
            content: "first step of the trail",
            trigger: ".breadcrumb-item:first a, .o_breadcrumb a:first",
            run: "click",
        },
        {
            content: "open the round",
            trigger: `${BOARD} .fw-bold`,
            run: "click",
        },
        ...shareSeats(),
        {
            content: "the reasons and the averages are there",
            trigger: ".o_form_view .o_mairie_explanation li",
        },
        {
            content: "averages",
            trigger: ".o_form_view .o_mairie_tabular tbody tr",
        },
        ...proclaimFrom("Essai du soir"),
        {
            content: "proclaimed",
            trigger: ".o_form_view:not(:has(button[name='action_proclaim'])) .o_statusbar_status",
        },
    ],
});

registry.category("web_tour.tours").add("mairie_scrutin_import", {
    steps: () => [
        {
            content: "import from the board",
            trigger: `${BOARD} button[name='action_import']`,
            run: "click",
        },
        {
            content: "choose the file",
            trigger: ".modal .o_field_widget[name='data'] input[type='file']",
            async run() {
                const file = new File([FILE], "prefecture.csv", { type: "text/csv" });
                await inputFiles(".modal .o_field_widget[name='data'] input[type='file']", [file]);
            },
        },
        {
            content: "see what it changes",
            trigger:
                ".modal:has(.o_field_widget[name='data'] p:contains('prefecture.csv')) button[name='action_preview']",
            run: "click",
        },
        {
            content: "one line is refused and told",
            trigger: ".modal .o_field_widget[name='problem_ids'] .o_data_row:contains('beaucoup')",
        },
        {
            content: "import",
            trigger: ".modal button[name='action_import']",
            run: "click",
        },
        {
            content: "see the stations",
            trigger: ".modal button[name='action_view_stations']",
            run: "click",
        },
        {
            content: "they are there",
            trigger: ".o_list_view .o_data_row:contains('0002')",
        },
    ],
});
